import * as z from "zod";
import type { ChannelKey } from "./channel-heads.ts";
import { keys } from "./keys.ts";
import { getItems } from "./read.ts";
import { isoTime, type Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/**
 * Whether somebody follows a thread (MSG-8): `O#<org>#PERSON#<usr>` / `THREAD#<chn>#<root>`, in the index of the thread's
 * followers while they do. Whoever unfollowed keeps the row, so that nothing makes them follow it again.
 */
const followItem = z.object({
  isFollowing: z.boolean(),
  lastReadSeq: z.number().int(),
  since: z.string(),
});

export type Follow = z.infer<typeof followItem>;

/** Makes somebody follow who has not decided yet (label `follow of <usr>`). */
export function followWrite(
  { organizationId: org, channelId }: ChannelKey,
  { root, userId, now, lastReadSeq }: { root: number; userId: string; now: number; lastReadSeq: number },
): Write {
  return {
    label: `follow of ${userId}`,
    put: {
      ...keys.personThread(org, userId, channelId, root),
      ...keys.followerIndex(org, userId, channelId, root),
      isFollowing: true,
      lastReadSeq,
      since: isoTime(now),
    },
    condition: "attribute_not_exists(pk)",
  };
}

/** Those of these people who have decided whether they follow, or been made to; read strongly. */
export async function haveFollowed(
  table: Table,
  { organizationId: org, channelId }: ChannelKey,
  root: number,
  userIds: readonly string[],
): Promise<Set<string>> {
  const rows = await getItems(
    table,
    userIds.map((userId) => keys.personThread(org, userId, channelId, root)),
    z.object({ pk: z.string() }),
  );
  return new Set(rows.map(({ pk }) => pk.slice(pk.lastIndexOf("#") + 1)));
}
