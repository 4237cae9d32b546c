import { expect, test } from "vitest";
import { createFaults } from "../../../infra/local/faults/faults.ts";
import { parseRules } from "../../../infra/local/faults/parse-rules.ts";

test("a rule hits the calls whose attributes it names", () => {
  const faults = createFaults();
  faults.replace([
    { target: "dynamodb", match: { function: "mailer", operation: "PutItem" }, effect: "error" },
  ]);
  expect(faults.decide("dynamodb", { function: "mailer", operation: "PutItem", table: "t" })?.effect).toBe(
    "error",
  );
  expect(faults.decide("dynamodb", { function: "mailer", operation: "GetItem" })).toBeUndefined();
  expect(faults.decide("ses", { function: "mailer", operation: "PutItem" })).toBeUndefined();
});

test("skip, then times, then nothing more", () => {
  const faults = createFaults();
  faults.replace([{ target: "function", match: {}, effect: "kill", skip: 2, times: 1 }]);
  const effects = [1, 2, 3, 4].map(() => faults.decide("function", {})?.effect);
  expect(effects).toEqual([undefined, undefined, "kill", undefined]);
});

test("a rate with a seed decides the same again", () => {
  const decisions = (seed: number) => {
    const faults = createFaults();
    faults.replace([{ target: "ses", match: {}, effect: "throttle", rate: 0.3, seed }]);
    return Array.from({ length: 200 }, () => faults.decide("ses", {}) !== undefined);
  };
  expect(decisions(7)).toEqual(decisions(7));
  expect(decisions(7)).not.toEqual(decisions(8));
  const hits = decisions(7).filter(Boolean).length;
  expect(hits).toBeGreaterThan(35);
  expect(hits).toBeLessThan(85);
});

test("rules from outside are checked, and their values become texts", () => {
  expect(parseRules({ rules: [{ target: "ses", match: { attempt: 2 }, effect: "drop" }] })).toEqual({
    rules: [{ target: "ses", match: { attempt: "2" }, effect: "drop" }],
  });
  expect(parseRules({ rules: [{ target: "s3", effect: "drop" }] })).toHaveProperty("error");
  expect(parseRules(undefined)).toHaveProperty("error");
});

test("a rule for an organization hits the calls whose content names it, and asks no other for theirs", () => {
  const faults = createFaults();
  faults.replace([
    { target: "dynamodb", match: { function: "relay", organization: "org_1" }, effect: "throttle" },
  ]);
  const asked = (functionName: string, content: string) =>
    faults.decide("dynamodb", { function: functionName }, () => {
      if (functionName !== "relay") throw new Error("asked for nothing");
      return content;
    });
  expect(asked("relay", '{"pk":"O#org_1#LIVE"}')?.effect).toBe("throttle");
  expect(asked("relay", '{"pk":"O#org_2#LIVE"}')).toBeUndefined();
  expect(asked("socket", "")).toBeUndefined();
  expect(faults.decide("dynamodb", { function: "relay" })).toBeUndefined();
});

test("the rules of one group are replaced alone; all of them together", () => {
  const faults = createFaults();
  faults.replace([{ target: "ses", match: {}, effect: "error", skip: 1 }], "one");
  expect(faults.decide("ses", {})).toBeUndefined();
  faults.replace([{ target: "function", match: {}, effect: "kill" }], "other");
  expect(faults.decide("ses", {})?.effect).toBe("error");
  faults.replace([], "other");
  expect(faults.decide("function", {})).toBeUndefined();
  expect(faults.decide("ses", {})?.effect).toBe("error");
  faults.replace([]);
  expect(faults.decide("ses", {})).toBeUndefined();
});
