import { expect } from "vitest";
import type { LocalStack } from "../../infra/local/contracts.ts";
import { everyPage } from "./every-page.ts";
import type { Person } from "./person.ts";
import { storedItem } from "./stored-items.ts";

/**
 * SEAT-3, SEAT-6, SEAT-10: the dashboard, the lists behind it, and the counters as they lie in the table say the same.
 * @returns the figures
 */
export async function countersEqualLists(stack: LocalStack, manager: Person, org: string) {
  const { client } = manager;
  const usage = await client.getUsage(org);
  const members = await everyPage((page) => client.listMembers(org, page));
  const pending = await everyPage((page) => client.listPendingMembers(org, page));
  const invitations = await everyPage((page) =>
    client.listInvitations(org, { kind: "member", state: "pending", ...page }),
  );
  const active = members.filter(({ state }) => state === "active");
  const representatives = active.filter(({ orgRole }) => orgRole === "legal_representative");
  const guests = await everyPage((page) => client.listGuests(org, page));
  const pendingGuests = await everyPage((page) =>
    client.listInvitations(org, { kind: "guest", state: "pending", ...page }),
  );
  const publicChannels = await everyPage((page) =>
    client.listChannels(org, { type: "public", archived: "false", ...page }),
  );
  const held = active.length;
  const reserved = pending.length;

  expect(invitations.map(({ id }) => id)).toEqual(pending.map(({ id }) => id));
  expect(usage).toMatchObject({ members: held, pendingMembers: reserved, seats: { held, reserved } });
  expect(usage).toMatchObject({
    guests: guests.length,
    pendingGuests: pendingGuests.length,
    publicChannels: publicChannels.length,
  });
  expect(await storedItem(stack, { pk: `O#${org}`, sk: "ORG" })).toMatchObject({
    seatsHeld: held,
    seatsReserved: reserved,
    seatsUsed: held + reserved,
    legalRepresentatives: representatives.length,
    guests: guests.length,
    pendingGuests: pendingGuests.length,
    guestsUsed: guests.length + pendingGuests.length,
    publicChannels: publicChannels.length,
    privateChannels: usage.privateChannels,
  });
  return { held, reserved, representatives: representatives.length };
}
