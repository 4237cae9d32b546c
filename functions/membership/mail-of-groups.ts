import type { Standing } from "@vestibule/domain/people";
import { mayGiveMailOfGroup, mayManageShares } from "@vestibule/domain/shares";
import { demand } from "../shell/standing.ts";
import { sharesOfGroup } from "../table/group-shares.ts";
import type { Table } from "../table/table.ts";

/**
 * SHR-2: whether somebody may put people into these groups, for the mail addresses that those have access to; a query for
 * each group, and none for mail managers.
 * @throws Problem 403
 */
export async function demandMailOfGroups(
  table: Table,
  actor: Standing,
  org: string,
  groupIds: readonly string[],
): Promise<void> {
  if (mayManageShares(actor).allowed) return;
  const shares = await Promise.all(groupIds.map((groupId) => sharesOfGroup(table, org, groupId)));
  demand(mayGiveMailOfGroup({ actor, hasMail: shares.some(({ length }) => length > 0) }));
}
