import { untilSettled } from "../shell/settle.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed, TableBusy, transact, type Write } from "../table/transaction.ts";

/** One transaction, and what it comes to; without writes there is nothing to do. */
export type Plan<Result> = { readonly writes: readonly Write[]; readonly result: Result };

/**
 * Plans a transaction on what is read now, and writes it; if something has changed meanwhile, or others keep writing the
 * same items, it is planned anew.
 * @throws TableBusy after 10 plans
 */
export async function writeAnew<Result>(table: Table, plan: () => Promise<Plan<Result>>): Promise<Result> {
  const { result } = await untilSettled(async () => {
    const planned = await plan();
    if (planned.writes.length === 0) return planned;
    try {
      await transact(table, planned.writes);
      return planned;
    } catch (error) {
      if (error instanceof ConditionsFailed || error instanceof TableBusy) return "again";
      throw error;
    }
  });
  return result;
}
