import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { Table } from "../../../functions/table/table.ts";

/** A table that breaks down after so many transactions, like a function that dies in the middle of its work. */
export function cutShort(plain: Table, transactions: number): Table {
  let left = transactions;
  const send = async (command: Parameters<Table["client"]["send"]>[0]) => {
    if (command instanceof TransactWriteCommand) {
      if (left <= 0) throw new Error("the function died");
      left -= 1;
    }
    return await plain.client.send(command);
  };
  return { ...plain, client: { send: send as Table["client"]["send"] } };
}
