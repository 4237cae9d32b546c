import { TransactionConflictException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { addSecret } from "../../../functions/table/invitation-secrets.ts";
import { INV, ORG } from "./items.ts";
import { mockedTable } from "./mocked-table.ts";

test("INV-3 a link that is asked for again waits for a transaction on its invitation", async () => {
  const { client, table } = mockedTable();
  const conflict = new TransactionConflictException({ message: "", $metadata: {} });
  client.on(UpdateCommand).rejectsOnce(conflict).resolves({});
  expect(await addSecret(table, ORG, INV, "hash")).toBe(true);
});
