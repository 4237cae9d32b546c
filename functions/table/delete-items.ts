import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import type { Key } from "./keys.ts";
import type { Table } from "./table.ts";

/** Deletes a few items that nothing depends on, side by side: 1 write unit each. */
export async function deleteItems(table: Table, keys: readonly Key[]): Promise<void> {
  await Promise.all(
    keys.map((key) => table.client.send(new DeleteCommand({ TableName: table.name, Key: key }))),
  );
}
