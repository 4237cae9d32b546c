import type { GuestChannel } from "@vestibule/domain/guests";
import { relationOf } from "../membership/channel-relation.ts";
import { getPersonChannels, type PersonChannel } from "../table/memberships.ts";
import type { PersonRecord } from "../table/person-records.ts";
import { getChannels } from "../table/read-channels.ts";
import type { Table } from "../table/table.ts";

/** A channel that somebody is to keep as a guest, with their row of it; of General a member may have none (CH-1). */
export type KeptChannel = GuestChannel & { readonly row: PersonChannel | undefined };

/** What is known of the channels that a member is to keep as a guest (GINV-11). */
export async function loadKeptChannels(
  table: Table,
  person: PersonRecord,
  channelIds: readonly string[],
): Promise<KeptChannel[]> {
  const { organizationId: org, userId } = person;
  const [channels, rows] = await Promise.all([
    getChannels(table, org, channelIds),
    getPersonChannels(table, org, userId, channelIds),
  ]);
  return channelIds.map((channelId) => {
    const channel = channels.get(channelId);
    const row = rows.get(channelId);
    return {
      channelId,
      isKnown: channel !== undefined,
      type: channel?.type ?? "private",
      isArchived: channel?.archivedAt !== undefined,
      relation: channel === undefined ? "none" : relationOf(channel, person, row),
      row,
    };
  });
}
