import { forgetGroupPeopleWrites, getGroupPerson, groupsOf } from "../table/group-people.ts";
import { getGroup } from "../table/groups.ts";
import type { Table } from "../table/table.ts";
import { leaveGroupWrites } from "./group-moves.ts";
import { type Aligned, type RecordKind, recordCheck } from "./record-check.ts";
import { goOn } from "./time-left.ts";
import { writeAnew } from "./write-anew.ts";

/** Takes somebody who is no member any more out of all their groups, and of those groups' channels (CH-9). */
export async function leaveGroups(
  table: Table,
  { org, facts, isTimeLeft }: Aligned,
  kind: RecordKind,
): Promise<void> {
  const { userId } = facts;
  for (const groupId of await groupsOf(table, org, userId)) {
    goOn(isTimeLeft);
    await writeAnew(table, async () => {
      const [group, row] = await Promise.all([
        getGroup(table, org, groupId),
        getGroupPerson(table, org, groupId, userId),
      ]);
      const check = recordCheck(org, userId, kind);
      // Of a group that was deleted the rows alone are left: their channels are left by the person's own.
      if (group === undefined || row === undefined)
        return { writes: [...forgetGroupPeopleWrites(org, groupId, [userId]), check], result: undefined };
      const { writes } = await leaveGroupWrites(table, org, group, userId);
      return { writes: [...writes, check], result: undefined };
    });
  }
}
