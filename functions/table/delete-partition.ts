import * as z from "zod";
import { queryPage } from "./read.ts";
import type { Table } from "./table.ts";
import { transact } from "./transaction.ts";

const anyItem = z.object({ sk: z.string() });

/** Deletes what is in a partition, 100 items at a time, until it is empty or `isTimeLeft` says no. @returns whether it is */
export async function deletePartition(
  table: Table,
  partition: string,
  isTimeLeft: () => boolean,
): Promise<boolean> {
  for (;;) {
    if (!isTimeLeft()) return false;
    const { items } = await queryPage(table, { partition, limit: 100 }, anyItem);
    if (items.length === 0) return true;
    await transact(
      table,
      items.map(({ sk }) => ({ label: sk, remove: { pk: partition, sk } })),
    );
  }
}
