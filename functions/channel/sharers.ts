import { isConversation } from "@vestibule/domain/permissions";
import { relationOf } from "../membership/channel-relation.ts";
import { getPersonChannels, membershipsIn } from "../table/memberships.ts";
import type { PersonRecord } from "../table/person-records.ts";
import { getChannels } from "../table/read-channels.ts";
import type { Table } from "../table/table.ts";

/**
 * GST-8, GST-11: which of several people share a channel with a guest; conversations are none. Its cost follows the
 * guest's channels and the people asked about, not the organization.
 */
export async function sharersWith(
  table: Table,
  guest: PersonRecord,
  others: readonly PersonRecord[],
): Promise<Set<string>> {
  const { organizationId: org, userId } = guest;
  const own = await membershipsIn(table, org, userId);
  const channels = await getChannels(
    table,
    org,
    own.map(({ channelId }) => channelId),
  );
  const named = own.flatMap((row) => {
    const channel = channels.get(row.channelId);
    const isTheirs = channel !== undefined && relationOf(channel, guest, row) !== "none";
    return isTheirs && !isConversation(channel.type) ? [channel] : [];
  });
  const ids = named.map(({ channelId }) => channelId);
  const shares = await Promise.all(
    others.map(async (other) => {
      const rows = await getPersonChannels(table, org, other.userId, ids);
      return named.some((channel) => relationOf(channel, other, rows.get(channel.channelId)) !== "none");
    }),
  );
  return new Set(others.filter((_, index) => shares[index]).map((other) => other.userId));
}
