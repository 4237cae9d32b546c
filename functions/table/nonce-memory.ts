import { QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { ChannelKey } from "./channel-heads.ts";
import { keys } from "./keys.ts";
import { type Memory, memoryOf } from "./message-nonces.ts";
import type { Table } from "./table.ts";

/** A page is an item just below 1 KB, so that adding a block to it stays 1 write unit. */
const BLOCKS_PER_PAGE = 12;

/** The pages that a post reads: below 4 KB, so half a read unit, for the latest 860 to 1 150 messages. */
const PAGES_READ = 4;

/** Twelve digits' worth: beyond every page. */
const HIGHEST_PAGE = 999_999_999_999;

const blockName = (block: number): string => `b${block % BLOCKS_PER_PAGE}`;

const page = z.looseObject({ sk: z.string() });

/** The channel's latest pages: half a read unit, 1 when `isConsistent`. */
export async function readMemory(
  table: Table,
  channel: ChannelKey,
  { isConsistent }: { isConsistent: boolean },
): Promise<Memory> {
  const { organizationId, channelId } = channel;
  const { pk, sk: first } = keys.nonceMemory(organizationId, channelId, 0);
  const { sk: last } = keys.nonceMemory(organizationId, channelId, HIGHEST_PAGE);
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      ConsistentRead: isConsistent,
      KeyConditionExpression: "pk = :pk AND sk BETWEEN :first AND :last",
      ExpressionAttributeValues: { ":pk": pk, ":first": first, ":last": last },
      ScanIndexForward: false,
      Limit: PAGES_READ,
    }),
  );
  const blocks = new Map<number, Uint8Array>();
  let lowest = 0;
  for (const raw of Items) {
    const item = page.parse(raw);
    lowest = Number(item.sk.slice(item.sk.indexOf("#") + 1));
    for (let index = 0; index < BLOCKS_PER_PAGE; index += 1) {
      const bytes = item[`b${index}`];
      if (bytes instanceof Uint8Array) blocks.set(lowest * BLOCKS_PER_PAGE + index, bytes);
    }
  }
  return memoryOf(blocks, Items.length < PAGES_READ ? 0 : lowest * BLOCKS_PER_PAGE);
}

/** Keeps blocks on their pages: 1 write unit each, and the same whoever does it, however often. */
export async function rememberBlocks(
  table: Table,
  channel: ChannelKey,
  blocks: ReadonlyMap<number, Uint8Array>,
): Promise<void> {
  for (const [block, bytes] of blocks) {
    const number = Math.floor(block / BLOCKS_PER_PAGE);
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: keys.nonceMemory(channel.organizationId, channel.channelId, number),
        UpdateExpression: "SET #block = :bytes",
        ExpressionAttributeNames: { "#block": blockName(block) },
        ExpressionAttributeValues: { ":bytes": bytes },
      }),
    );
  }
}
