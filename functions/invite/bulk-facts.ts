import type { GuestAddressFacts } from "@vestibule/domain/guests";
import { inParallel } from "../realtime/in-parallel.ts";
import type { Address } from "../table/addresses.ts";
import { type Guest, isOver } from "../table/guests.ts";
import type { Invitation } from "../table/invitations.ts";
import { getInvitations } from "../table/invitations-by-id.ts";
import { getPersonChannels } from "../table/memberships.ts";
import { getAddresses } from "../table/new-invitations.ts";
import { getPeople } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";
import type { GuestTerms, MemberTerms } from "./outcome.ts";

/**
 * What is known of an address: as the rules ask about it, the invitation it waits for, and what is only in the way until
 * it is cleared: an invitation past its date (SEAT-4), a guest past their end (GINV-10).
 */
export type KnownAddress = {
  readonly address: GuestAddressFacts;
  readonly pending?: Invitation | undefined;
  readonly expired?: Invitation;
  readonly ended?: Guest;
};

/** Guests whose channels are read at the same time. */
const AT_ONCE = 10;

/** What all addresses of a request are, read strongly and in batches: as many requests to the table as for one address. */
export async function loadAddresses(
  table: Table,
  org: string,
  { kind, channelIds }: MemberTerms | GuestTerms,
  wanted: readonly string[],
  now: number,
): Promise<(key: string) => KnownAddress> {
  const [members, guests] = await Promise.all([
    getAddresses(table, org, "member", wanted),
    kind === "guest" ? getAddresses(table, org, "guest", wanted) : new Map<string, Address>(),
  ]);
  const slots = kind === "guest" ? guests : members;
  const ids = (name: "invitationId" | "userId") =>
    [...slots.values()].flatMap((slot) => (slot[name] === undefined ? [] : [slot[name]]));
  const [invitations, people] = await Promise.all([
    getInvitations(table, org, ids("invitationId")),
    getPeople(table, org, kind === "guest" ? ids("userId") : []),
  ]);
  const held = new Map<string, string[]>();
  await inParallel([...people.values()], AT_ONCE, async ({ userId }) => {
    const rows = await getPersonChannels(table, org, userId, channelIds);
    held.set(
      userId,
      channelIds.filter((id) => rows.get(id)?.kind === "guest"),
    );
  });

  return (key) => {
    if (members.get(key)?.userId !== undefined) return { address: { kind: "member" } };
    const { invitationId, userId = "" } = slots.get(key) ?? {};
    if (invitationId !== undefined) {
      const pending = invitations.get(invitationId);
      if (pending !== undefined && pending.endsAt <= now)
        return { address: { kind: "free" }, expired: pending };
      return { address: { kind: "pending", invitationId }, pending };
    }
    const person = people.get(userId);
    if (person?.kind !== "guest") return { address: { kind: "free" } };
    if (isOver(person, now)) return { address: { kind: "free" }, ended: person };
    return { address: { kind: "guest", channelIds: held.get(userId) ?? [] } };
  };
}
