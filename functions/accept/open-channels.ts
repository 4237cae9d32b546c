import { isGivable } from "@vestibule/domain/guests";
import { getChannels } from "../table/read-channels.ts";
import type { Table } from "../table/table.ts";

/** GINV-8, MINV-5: those of an invitation's channels that can still be given, in the order in which they are named. */
export async function openChannels(
  table: Table,
  org: string,
  channelIds: readonly string[],
): Promise<string[]> {
  const channels = await getChannels(table, org, channelIds);
  return channelIds.filter((channelId) => {
    const channel = channels.get(channelId);
    if (channel === undefined) return false;
    const { type, archivedAt } = channel;
    return isGivable({ isKnown: true, type, isArchived: archivedAt !== undefined });
  });
}
