import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { generatedDocuments } from "../../functions/documents/generated.ts";

const documents = generatedDocuments();

test.each([...documents])("docs/%s is up to date (npm run docs)", (name, text) => {
  expect(readFileSync(`docs/${name}`, "utf8")).toBe(text);
});

test("every JSON document is generated", () => {
  expect(
    globSync("docs/*.json")
      .map((file) => basename(file))
      .sort(),
  ).toEqual([...documents.keys()].filter((name) => name.endsWith(".json")).sort());
});
