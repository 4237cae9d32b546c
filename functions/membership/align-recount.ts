import { isConversation } from "@vestibule/domain/permissions";
import { endGuestWrites } from "../table/guest-removal.ts";
import { countGuestChannelsWrite } from "../table/guests.ts";
import { membershipsIn } from "../table/memberships.ts";
import { getPerson } from "../table/person-records.ts";
import { getChannels } from "../table/read-channels.ts";
import type { Table } from "../table/table.ts";
import type { Aligned } from "./record-check.ts";
import { writeAnew } from "./write-anew.ts";

/**
 * Counts the channels that a member kept who was made a guest. One that is just being deleted counts until they are
 * taken out of it, which is when it is counted off. With none left the guest leaves (GINV-9).
 */
export async function recountGuest(table: Table, { org, facts }: Aligned): Promise<"counted" | "ended"> {
  const { userId } = facts;
  return await writeAnew<"counted" | "ended">(table, async () => {
    const guest = await getPerson(table, org, userId);
    if (guest?.kind !== "guest") return { writes: [], result: "counted" };
    const rows = await membershipsIn(table, org, userId);
    const channels = await getChannels(
      table,
      org,
      rows.map(({ channelId }) => channelId),
    );
    const given = rows.filter(({ channelId }) => {
      const channel = channels.get(channelId);
      // Conversations are not deleted.
      return channel === undefined || !isConversation(channel.type);
    }).length;
    if (given === 0) return { writes: endGuestWrites(guest), result: "ended" };
    const by = given - guest.channelCount;
    return { writes: by === 0 ? [] : [countGuestChannelsWrite(guest, by)], result: "counted" };
  });
}
