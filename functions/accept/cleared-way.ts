import { carryOutSoon } from "../membership/carry-out.ts";
import { clearedLeftovers } from "../membership/clear-leftovers.ts";
import { endGuest } from "../table/ended-guests.ts";
import { isOver } from "../table/guests.ts";
import type { PersonRecord } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";

type Comer = { readonly org: string; readonly userId: string; readonly now: number };

/**
 * Clears away what is left of somebody who was here before: an access that is over (GINV-10), and lines in channels and
 * groups that their removal, or conversion, has not come to yet. Whoever comes in comes into what they are given now,
 * and nothing else (GINV-5, MINV-5).
 */
export async function clearedTheWay(
  table: Table,
  existing: PersonRecord | undefined,
  { org, userId, now }: Comer,
): Promise<boolean> {
  if (existing?.kind === "guest" && isOver(existing, now)) {
    const intent = await endGuest(table, existing, now);
    await carryOutSoon(table, intent === undefined ? [] : [intent]);
    return true;
  }
  return await clearedLeftovers(table, { org, userId, kind: existing?.kind }, now);
}
