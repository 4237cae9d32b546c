import * as z from "zod";
import { idIn, keys } from "./keys.ts";
import { getItems } from "./read.ts";
import type { Table } from "./table.ts";
import { type Wide, wideSchema } from "./wide-mentions.ts";

const headFigures = z.object({
  pk: z.string(),
  seq: z.number().int(),
  archivedAt: z.string().optional(),
  deletedTo: z.number().int().default(0),
  isConversation: z.boolean().default(false),
  wide: wideSchema.default({}),
});

/** What a channel's head tells beside its nonces. */
export type HeadFigures = {
  readonly lastSeq: number;
  readonly isArchived: boolean;
  /** Up to here the plan has deleted messages (SEAT-7). */
  readonly deletedTo: number;
  readonly isConversation: boolean;
  readonly wide: Wide;
};

const AT_ONCE = 100;

/**
 * Up to where channels have been written, by channel, for those who come into them: what was said before is not unread
 * (MSG-11). Half a read unit each, as a moment's delay leaves a message unread at worst.
 */
export async function lastSeqsOf(
  table: Table,
  org: string,
  channelIds: readonly string[],
): Promise<Map<string, number>> {
  const heads = await headFiguresOf(table, org, channelIds, { isConsistent: false });
  return new Map(channelIds.map((channelId) => [channelId, heads.get(channelId)?.lastSeq ?? 0]));
}

/**
 * The heads of several channels by channel, a hundred at a time side by side; flat per channel: 1 read unit each, or half
 * of one where a moment's delay does no harm.
 */
export async function headFiguresOf(
  table: Table,
  org: string,
  channelIds: readonly string[],
  options: { isConsistent: boolean } = { isConsistent: true },
): Promise<Map<string, HeadFigures>> {
  const wanted = [...new Set(channelIds)].map((id) => keys.channelHead(org, id));
  const batches: Promise<z.infer<typeof headFigures>[]>[] = [];
  for (let start = 0; start < wanted.length; start += AT_ONCE) {
    batches.push(getItems(table, wanted.slice(start, start + AT_ONCE), headFigures, options));
  }
  const heads = (await Promise.all(batches)).flat();
  return new Map(
    heads.map(({ pk, seq, archivedAt, ...figures }) => [
      idIn(pk),
      { lastSeq: seq, isArchived: archivedAt !== undefined, ...figures },
    ]),
  );
}
