import { forgetGroupPeopleWrites, listGroupPeople } from "../table/group-people.ts";
import type { Table } from "../table/table.ts";
import { transact } from "../table/transaction.ts";
import { detachPeople } from "./detach-group.ts";
import { endGroupShares } from "./end-group-shares.ts";
import { MOST_PEOPLE } from "./take-out.ts";
import { goOn, type TimeLeft } from "./time-left.ts";

/** A group that is deleted, and the channels that it was attached to. */
export type DeletedGroup = {
  readonly org: string;
  readonly groupId: string;
  readonly channelIds: readonly string[];
};

/**
 * CH-9: takes a deleted group's people out of its channels, and then away from the group, whose rows say until the end
 * whom there is to take out. What the group had access to is cleared away before (SHR-8).
 */
export async function forgetGroup(
  table: Table,
  { org, groupId, channelIds }: DeletedGroup,
  isTimeLeft: TimeLeft,
): Promise<void> {
  await endGroupShares(table, { org, groupId }, isTimeLeft);
  for (const channelId of channelIds) await detachPeople(table, { org, groupId, channelId }, isTimeLeft);
  for (;;) {
    goOn(isTimeLeft);
    const { items } = await listGroupPeople(table, org, groupId, { limit: MOST_PEOPLE, after: undefined });
    if (items.length === 0) return;
    const userIds = items.map(({ userId }) => userId);
    await transact(table, forgetGroupPeopleWrites(org, groupId, userIds));
  }
}
