import * as z from "zod";
import type { ChannelKey } from "./channel-heads.ts";
import { keys } from "./keys.ts";
import { getItem } from "./read.ts";
import type { Table } from "./table.ts";

const head = z.object({ deletedTo: z.number().int().default(0) });

/** Up to which `seq` the plan has deleted a channel's messages (SEAT-7), read strongly: 0 if it has none. */
export async function getDeletedTo(table: Table, { organizationId, channelId }: ChannelKey): Promise<number> {
  return (await getItem(table, keys.channelHead(organizationId, channelId), head))?.deletedTo ?? 0;
}
