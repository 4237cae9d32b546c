import type { ChannelKey } from "./channel-heads.ts";
import { idIn, keys } from "./keys.ts";
import { queryIndex } from "./read.ts";
import type { Table } from "./table.ts";

/** Who follows a thread (MSG-8), from the index: eventually consistent, as who follows is told of what comes then. */
export async function followersOf(
  table: Table,
  { organizationId, channelId }: ChannelKey,
  root: number,
): Promise<string[]> {
  const found = await queryIndex(table, { partition: keys.followers(organizationId, channelId, root) });
  return found.keys.map(({ pk }) => idIn(pk));
}
