import { carryOutSoon } from "../membership/carry-out.ts";
import { endGuest } from "../table/ended-guests.ts";
import { isOver } from "../table/guests.ts";
import { newIntent } from "../table/intents.ts";
import type { GuestInvitation } from "../table/invitations.ts";
import { asMembership, getPersonChannels } from "../table/memberships.ts";
import type { Table } from "../table/table.ts";
import type { AcceptRequest, Arrival } from "./arrival.ts";
import { openChannels } from "./open-channels.ts";

/** GINV-8: the channels of the invitation that are still there, and those of them that the person is in already. */
export async function channelsLeft(table: Table, invitation: GuestInvitation, userId: string) {
  const { organizationId: org, channelIds } = invitation;
  const [given, rows] = await Promise.all([
    openChannels(table, org, channelIds),
    getPersonChannels(table, org, userId, channelIds),
  ]);
  const isIn = (channelId: string): boolean => rows.get(channelId)?.kind === "guest";
  const wasIn = [...rows.values()].some((row) => asMembership(row) !== undefined);
  return { given, joins: given.filter((channelId) => !isIn(channelId)), wasIn };
}

/** Clears away what is left of somebody who was a guest before: an access that is over (GINV-10), lines in channels. */
export async function clearedTheWay(
  table: Table,
  { found, existing }: Arrival<"guest">,
  wasIn: boolean,
  { person, now }: AcceptRequest,
): Promise<boolean> {
  if (existing?.kind === "guest" && isOver(existing, now)) {
    const intent = await endGuest(table, existing, now);
    await carryOutSoon(table, intent === undefined ? [] : [intent]);
    return true;
  }
  if (existing !== undefined || !wasIn) return false;
  const org = found.invitation.organizationId;
  const intent = newIntent(org, { kind: "align", userId: person.userId, join: [], groupIds: [] }, now);
  await carryOutSoon(table, [intent]);
  return true;
}
