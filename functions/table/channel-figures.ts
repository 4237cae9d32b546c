import * as z from "zod";
import { idIn, keys } from "./keys.ts";
import { getItems } from "./read.ts";
import type { Table } from "./table.ts";

const headFigures = z.object({ pk: z.string(), seq: z.number().int(), archivedAt: z.string().optional() });

/** What a channel's head tells beside its nonces. */
export type HeadFigures = { readonly lastSeq: number; readonly isArchived: boolean };

const AT_ONCE = 100;

/** The heads of several channels by channel, read strongly, a hundred at a time side by side; flat per channel. */
export async function headFiguresOf(
  table: Table,
  org: string,
  channelIds: readonly string[],
): Promise<Map<string, HeadFigures>> {
  const wanted = [...new Set(channelIds)].map((id) => keys.channelHead(org, id));
  const batches: Promise<z.infer<typeof headFigures>[]>[] = [];
  for (let start = 0; start < wanted.length; start += AT_ONCE) {
    batches.push(getItems(table, wanted.slice(start, start + AT_ONCE), headFigures));
  }
  const heads = (await Promise.all(batches)).flat();
  return new Map(
    heads.map(({ pk, seq, archivedAt }) => [
      idIn(pk),
      { lastSeq: seq, isArchived: archivedAt !== undefined },
    ]),
  );
}
