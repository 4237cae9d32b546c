import * as z from "zod";
import { type Channel, channelItem } from "./channels.ts";
import { idIn, keys, PREFIXES } from "./keys.ts";
import { getItem, getItems, queryIndex, queryPage } from "./read.ts";
import type { Table } from "./table.ts";

/** One channel, read strongly, if the organization has it. */
export async function getChannel(table: Table, org: string, channel: string): Promise<Channel | undefined> {
  return await getItem(table, keys.channel(org, channel), channelItem);
}

/** Several channels by id, read strongly; one that is not there is not in the map. */
export async function getChannels(
  table: Table,
  org: string,
  ids: readonly string[],
): Promise<Map<string, Channel>> {
  const found = await getItems(
    table,
    [...new Set(ids)].map((id) => keys.channel(org, id)),
    channelItem,
  );
  return new Map(found.map((channel) => [channel.channelId, channel]));
}

/** The ids of an organization's public channels after one, in the order of their age; from the index (CH-5). */
export async function publicChannelIds(
  table: Table,
  org: string,
  { limit, after }: { limit: number; after: string | undefined },
): Promise<{ ids: string[]; isMore: boolean }> {
  const found = await queryIndex(table, {
    partition: keys.publicChannels(org),
    after: after === undefined ? undefined : `${PREFIXES.channel}${after}`,
    limit,
  });
  return { ids: found.keys.map(({ sk }) => idIn(sk)), isMore: found.after !== undefined };
}

const handleItem = z.object({ sk: z.string(), channelId: z.string() });

/** The channels whose handle begins so, by handle; at most `limit` of them, whoever may see them (CH-4). */
export async function channelsByHandle(
  table: Table,
  org: string,
  { prefix, after, limit }: { prefix: string; after: string | undefined; limit: number },
): Promise<{ ids: string[]; after: string | undefined }> {
  const page = await queryPage(table, { partition: keys.handles(org), prefix, after, limit }, handleItem);
  return { ids: page.items.map(({ channelId }) => channelId), after: page.after };
}
