import { groupsOf } from "../table/group-people.ts";
import { newIntent } from "../table/intents.ts";
import { membershipsIn } from "../table/memberships.ts";
import type { Table } from "../table/table.ts";
import { carryOutSoon } from "./carry-out.ts";
import type { RecordKind } from "./record-check.ts";

/** Whose record is about to change, and what it is so far. */
type Person = { readonly org: string; readonly userId: string; readonly kind: RecordKind };

/** Whether somebody has rows of channels or groups that do not fit their record. */
async function hasLeftovers(table: Table, { org, userId, kind }: Person): Promise<boolean> {
  const [rows, groups] = await Promise.all([
    membershipsIn(table, org, userId),
    kind === "member" ? [] : groupsOf(table, org, userId),
  ]);
  return groups.length > 0 || rows.some((row) => row.kind !== kind);
}

/**
 * Clears away what an earlier change of somebody's record has not carried out yet, before the record changes again:
 * otherwise channels, roles and groups that they lost would come back with it (ORG-10, GINV-5, GINV-11).
 * @returns whether there was something, so that what is read is to be read anew
 */
export async function clearedLeftovers(table: Table, person: Person, now: number): Promise<boolean> {
  if (!(await hasLeftovers(table, person))) return false;
  const { org, userId } = person;
  await carryOutSoon(table, [newIntent(org, { kind: "align", userId, join: [], groupIds: [] }, now)]);
  return true;
}
