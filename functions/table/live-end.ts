import { keys } from "./keys.ts";
import type { Table } from "./table.ts";
import { ConditionsFailed, transact } from "./transaction.ts";

/**
 * Tells a connected guest's live entry when their access ends, so that delivery ends with it (GINV-10). Who is not
 * connected has none: the next connection takes the end from the record.
 */
export async function moveLiveEnd(
  table: Table,
  org: string,
  user: string,
  endsAt: number | undefined,
): Promise<void> {
  try {
    await transact(table, [
      {
        label: "live",
        update: keys.livePerson(org, user),
        condition: "attribute_exists(pk)",
        ...(endsAt === undefined
          ? { expression: "REMOVE endsAt" }
          : { expression: "SET endsAt = :endsAt", values: { ":endsAt": endsAt } }),
      },
    ]);
  } catch (error) {
    if (!(error instanceof ConditionsFailed)) throw error;
  }
}
