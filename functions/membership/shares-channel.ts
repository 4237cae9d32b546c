import { generalChannelId } from "../table/keys.ts";
import { asMembership, getPersonChannels, membershipsIn } from "../table/memberships.ts";
import type { PersonRecord } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";

/** The channels that a guest was given. */
export async function givenChannels(table: Table, guest: PersonRecord): Promise<string[]> {
  const rows = await membershipsIn(table, guest.organizationId, guest.userId);
  return rows.filter(({ kind }) => kind === "guest").map(({ channelId }) => channelId);
}

/** Whether somebody is in one of the channels that a guest was given (GST-16); all members are in General (CH-1). */
export async function isInOneOf(
  table: Table,
  channelIds: readonly string[],
  { organizationId: org, userId, kind }: PersonRecord,
): Promise<boolean> {
  if (kind === "member" && channelIds.includes(generalChannelId(org))) return true;
  const rows = await getPersonChannels(table, org, userId, channelIds);
  return [...rows.values()].some((row) => asMembership(row)?.kind === kind);
}
