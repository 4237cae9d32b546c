import { removeGroupShareWrite, sharesOfGroup } from "../table/group-shares.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed, transact } from "../table/transaction.ts";
import { goOn, type TimeLeft } from "./time-left.ts";

/**
 * SHR-8: clears away what a deleted group had access to. It counts for nothing since the group is gone, so that what an
 * index does not list yet does no harm.
 */
export async function endGroupShares(
  table: Table,
  { org, groupId }: { readonly org: string; readonly groupId: string },
  isTimeLeft: TimeLeft,
): Promise<void> {
  for (const share of await sharesOfGroup(table, org, groupId)) {
    goOn(isTimeLeft);
    try {
      await transact(table, [removeGroupShareWrite(share)]);
    } catch (error) {
      // It was changed, or removed, at the same time: begun again, this finds what is left.
      if (!(error instanceof ConditionsFailed)) throw error;
    }
  }
}
