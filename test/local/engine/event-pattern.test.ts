import { expect, test } from "vitest";
import { fitsPattern } from "../../../infra/local/streams/event-pattern.ts";

const record = {
  eventName: "INSERT",
  dynamodb: {
    NewImage: { kind: { S: "invitation" }, mail: { M: { state: { S: "queued" } } }, tags: ["a", "b"], n: 5 },
  },
};
const image = (pattern: unknown) => ({ dynamodb: { NewImage: pattern } });

test.each([
  ["a value of the list", { eventName: ["INSERT", "MODIFY"] }, true],
  ["no value of the list", { eventName: ["REMOVE"] }, false],
  ["a nested value", image({ mail: { M: { state: { S: ["queued"] } } } }), true],
  ["a nested value that differs", image({ mail: { M: { state: { S: ["sent"] } } } }), false],
  ["every field must fit", { eventName: ["INSERT"], ...image({ kind: { S: ["member"] } }) }, false],
  ["a field that is missing", image({ other: { S: ["x"] } }), false],
  ["prefix", image({ kind: { S: [{ prefix: "inv" }] } }), true],
  ["prefix that differs", image({ kind: { S: [{ prefix: "mem" }] } }), false],
  ["suffix", image({ kind: { S: [{ suffix: "tion" }] } }), true],
  ["exists true on a leaf", image({ kind: { S: [{ exists: true }] } }), true],
  ["exists true on what is missing", image({ other: { S: [{ exists: true }] } }), false],
  ["exists false on what is missing", image({ other: { S: [{ exists: false }] } }), true],
  ["exists false on a leaf", image({ kind: { S: [{ exists: false }] } }), false],
  ["anything-but", { eventName: [{ "anything-but": ["REMOVE", "MODIFY"] }] }, true],
  ["anything-but the value", { eventName: [{ "anything-but": "INSERT" }] }, false],
  ["anything-but a prefix", { eventName: [{ "anything-but": { prefix: "INS" } }] }, false],
  ["an element of a list", image({ tags: ["b"] }), true],
  ["numeric within", image({ n: [{ numeric: [">", 4, "<=", 5] }] }), true],
  ["numeric outside", image({ n: [{ numeric: [">", 5] }] }), false],
  ["$or", { $or: [{ eventName: ["REMOVE"] }, image({ kind: { S: ["invitation"] } })] }, true],
  ["equals-ignore-case", { eventName: [{ "equals-ignore-case": "insert" }] }, true],
])("%s", (_, pattern, fits) => {
  expect(fitsPattern(pattern, record)).toBe(fits);
});

test("an operator that is not known is refused, not ignored", () => {
  expect(() => fitsPattern({ eventName: [{ wildcard: "I*" }] }, record)).toThrow("wildcard");
});
