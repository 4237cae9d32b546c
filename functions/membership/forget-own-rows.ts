import * as z from "zod";
import { keys } from "../table/keys.ts";
import { queryPage } from "../table/read.ts";
import type { Table } from "../table/table.ts";
import { type Aligned, recordCheck } from "./record-check.ts";
import { goOn } from "./time-left.ts";
import { writeAnew } from "./write-anew.ts";

/** Items that one transaction takes, with the check. */
const AT_ONCE = 50;

const anyItem = z.object({ sk: z.string() });

/**
 * Takes away what is somebody's own in an organization that they have left, and is in no channel or group any more: which
 * threads they follow, who mentioned them, how they had set and read General. What they wrote stays, reactions
 * included; whoever comes back begins anew (ORG-10, GST-16).
 */
export async function forgetOwnRows(table: Table, { org, facts, isTimeLeft }: Aligned): Promise<void> {
  const partition = keys.person(org, facts.userId);
  const next = async () => {
    const { items, after } = await queryPage(table, { partition, limit: AT_ONCE }, anyItem);
    const removed = items.map(({ sk }) => ({ label: "own", remove: { pk: partition, sk } }));
    const writes = removed.length === 0 ? [] : [...removed, recordCheck(org, facts.userId, undefined)];
    return { writes, result: after !== undefined };
  };
  do goOn(isTimeLeft);
  while (await writeAnew(table, next));
}
