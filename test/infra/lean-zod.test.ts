import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import * as z from "zod";
import { leanZod } from "../../infra/constructs/lean-zod.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));

test("zod as the functions carry it says the same of what it parses, and describes nothing", async () => {
  const lean: typeof z = await import(pathToFileURL(join(leanZod(repository), "index.js")).href);
  const outcomes = ({ strictObject, string, number, iso, coerce, record, union, literal }: typeof z) => {
    const schema = strictObject({
      name: string().min(1).max(3).trim(),
      count: coerce.number().int().min(1).default(5),
      at: iso.datetime({ offset: true }).optional(),
      more: record(string(), number().nullable()).optional(),
      kind: union([literal("a"), literal("b")]).optional(),
    });
    return [
      {},
      { name: "ab", count: "7" },
      { name: "abcd", at: "x", kind: "c", more: { n: "1" }, other: 1 },
    ].map((given) => {
      const { success, data, error } = schema.safeParse(given);
      return success ? data : error.issues;
    });
  };
  expect(outcomes(lean)).toEqual(outcomes(z));
  expect(() => lean.toJSONSchema(lean.string())).toThrow("describes no schemas");
});
