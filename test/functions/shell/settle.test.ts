import { expect, test } from "vitest";
import { untilSettled } from "../../../functions/shell/settle.ts";
import { TableBusy } from "../../../functions/table/transaction.ts";

test("what was decided on stale facts is decided anew", async () => {
  const attempts = ["again", "again", "settled"];
  expect(await untilSettled(async () => attempts.shift() ?? "again")).toBe("settled");
  expect(attempts).toEqual([]);
});

test("after ten attempts the caller is told to come back", async () => {
  let count = 0;
  const attempt = async () => {
    count += 1;
    return "again" as const;
  };
  await expect(untilSettled(attempt)).rejects.toThrow(TableBusy);
  expect(count).toBe(10);
});

test("a refusal is not tried again", async () => {
  let count = 0;
  const refuse = async () => {
    count += 1;
    throw new Error("refused");
  };
  await expect(untilSettled(refuse)).rejects.toThrow("refused");
  expect(count).toBe(1);
});
