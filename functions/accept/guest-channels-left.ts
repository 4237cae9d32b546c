import type { GuestInvitation } from "../table/invitations.ts";
import { getPersonChannels } from "../table/memberships.ts";
import type { Table } from "../table/table.ts";
import { openChannels } from "./open-channels.ts";

/** GINV-8: the channels of the invitation that are still there, and those of them that the person is not in yet. */
export async function channelsLeft(table: Table, invitation: GuestInvitation, userId: string) {
  const { organizationId: org, channelIds } = invitation;
  const [given, rows] = await Promise.all([
    openChannels(table, org, channelIds),
    getPersonChannels(table, org, userId, channelIds),
  ]);
  const isIn = (channelId: string): boolean => rows.get(channelId)?.kind === "guest";
  return { given, joins: given.filter((channelId) => !isIn(channelId)) };
}
