import { carryOutSoon } from "../membership/carry-out.ts";
import { endGuest } from "../table/ended-guests.ts";
import { groupsOf } from "../table/groups.ts";
import { isOver } from "../table/guests.ts";
import { newIntent } from "../table/intents.ts";
import { membershipsIn } from "../table/memberships.ts";
import type { PersonRecord } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";

type Comer = { readonly org: string; readonly userId: string; readonly now: number };

async function isAnythingLeft(table: Table, { org, userId }: Comer): Promise<boolean> {
  const [rows, groups] = await Promise.all([membershipsIn(table, org, userId), groupsOf(table, org, userId)]);
  return rows.length > 0 || groups.length > 0;
}

/**
 * Clears away what is left of somebody who was here before: an access that is over (GINV-10), and lines in channels and
 * groups that their removal has not come to yet. Whoever comes in again comes into what they are given now, and nothing
 * else (GINV-5, MINV-5).
 */
export async function clearedTheWay(
  table: Table,
  existing: PersonRecord | undefined,
  comer: Comer,
): Promise<boolean> {
  const { org, userId, now } = comer;
  if (existing?.kind === "guest" && isOver(existing, now)) {
    const intent = await endGuest(table, existing, now);
    await carryOutSoon(table, intent === undefined ? [] : [intent]);
    return true;
  }
  if (existing !== undefined || !(await isAnythingLeft(table, comer))) return false;
  await carryOutSoon(table, [newIntent(org, { kind: "align", userId, join: [], groupIds: [] }, now)]);
  return true;
}
