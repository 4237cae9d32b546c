import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { afterEach, expect, test, vi } from "vitest";
import { logger } from "../../../functions/shell/logger.ts";

afterEach(() => vi.restoreAllMocks());

/** What the logger writes of an error, as itself and as a field. */
function written(error: Error): string {
  const lines: string[] = [];
  vi.spyOn(console, "error").mockImplementation((line: string) => lines.push(line));
  const fresh = logger.createChild();
  Object.assign(fresh, { console });
  // Other tests of this worker may have silenced the one it comes from.
  fresh.setLogLevel("INFO");
  fresh.error("as itself", error);
  fresh.error("as a field", { error });
  expect(lines).toHaveLength(2);
  return lines.join("\n");
}

test("INV-3 an error is logged by its name, message and stack: the item that it carries is not", () => {
  const item = { email: { S: "ada@example.com" }, secretHashes: { SS: ["hash-of-a-secret"] } };
  const error = new TransactionCanceledException({
    message: "cancelled",
    $metadata: {},
    CancellationReasons: [{ Code: "ConditionalCheckFailed", Item: item }],
  });
  const text = written(new Error("outer", { cause: error }));
  expect(text).toContain("TransactionCanceledException");
  expect(text).toContain("outer");
  expect(text).not.toContain("ada@example.com");
  expect(text).not.toContain("hash-of-a-secret");
  expect(written(error)).not.toMatch(/ada@example|hash-of-a-secret/u);
});
