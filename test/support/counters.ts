import { expect } from "vitest";
import type { LocalStack } from "../../infra/local/contracts.ts";
import { everyPage } from "./every-page.ts";
import type { Person } from "./person.ts";
import { storedItem } from "./stored-items.ts";

/**
 * SEAT-3, SEAT-10: the dashboard, the lists behind it, and the counters as they lie in the table say the same.
 * @returns the figures
 */
export async function countersEqualLists(stack: LocalStack, manager: Person, org: string) {
  const { client } = manager;
  const usage = await client.getUsage(org);
  const members = await everyPage((page) => client.listMembers(org, page));
  const pending = await everyPage((page) => client.listPendingMembers(org, page));
  const invitations = await everyPage((page) => client.listInvitations(org, { state: "pending", ...page }));
  const active = members.filter(({ state }) => state === "active");
  const representatives = active.filter(({ orgRole }) => orgRole === "legal_representative");
  const held = active.length;
  const reserved = pending.length;

  expect(invitations.map(({ id }) => id)).toEqual(pending.map(({ id }) => id));
  expect(usage).toMatchObject({ members: held, pendingMembers: reserved, seats: { held, reserved } });
  expect(await storedItem(stack, { pk: `O#${org}`, sk: "ORG" })).toMatchObject({
    seatsHeld: held,
    seatsReserved: reserved,
    seatsUsed: held + reserved,
    legalRepresentatives: representatives.length,
  });
  return { held, reserved, representatives: representatives.length };
}
