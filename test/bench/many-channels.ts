import { newId } from "../../functions/shell/ids.ts";
import type { ChannelKey } from "../../functions/table/channel-heads.ts";
import { headcountWrite, newChannelWrites } from "../../functions/table/channels.ts";
import { joinWrites } from "../../functions/table/membership-writes.ts";
import type { Table } from "../../functions/table/table.ts";
import { transact, type Write } from "../../functions/table/transaction.ts";
import { seededId } from "../support/seeded-members.ts";

/** Channels that are made in one transaction: each takes up to nine items of its hundred. */
const AT_ONCE = 10;

/** How many of the channels' other people each has. */
const OTHERS = 2;

function channelWrites(key: ChannelKey, index: number, isMine: boolean, now: number): Write[] {
  const { organizationId, channelId } = key;
  const people = Array.from({ length: OTHERS }, (_, other) => seededId(1 + ((index + other) % 8)));
  if (isMine) people.push(seededId(0));
  const lines = people.flatMap((userId) =>
    joinWrites(key, { userId, kind: "member", role: "member" }, now).map((write) => ({
      ...write,
      label: `${write.label} ${index}`,
    })),
  );
  return [
    ...newChannelWrites({
      organizationId,
      channelId,
      name: `Channel ${index}`,
      handle: `channel-${index}`,
      type: index % 2 === 0 ? "public" : "private",
      isGeneral: false,
      createdBy: seededId(1),
      createdAt: now,
    }).map((write) => ({ ...write, label: `${write.label} ${index}` })),
    ...lines,
  ];
}

/**
 * Gives an organization `all` channels, every second one private; person 0 is in the first `mine` of them.
 * @returns their ids, in the order of their age
 */
export async function manyChannels(
  table: Table,
  org: string,
  { all, mine }: { all: number; mine: number },
): Promise<string[]> {
  const now = Date.now();
  const ids = Array.from({ length: all }, (_, index) => newId("channel", now - (all - index) * 1_000));
  for (let start = 0; start < all; start += AT_ONCE) {
    const some = ids.slice(start, start + AT_ONCE);
    await transact(
      table,
      some.flatMap((channelId, offset) => {
        const index = start + offset;
        return channelWrites({ organizationId: org, channelId }, index, index < mine, now);
      }),
    );
    for (const [offset, channelId] of some.entries()) {
      const members = OTHERS + (start + offset < mine ? 1 : 0);
      await transact(table, [headcountWrite(org, channelId, { members }, { isOpen: true })]);
    }
  }
  return ids;
}
