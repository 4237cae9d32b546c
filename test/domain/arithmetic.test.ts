import { calculate, shownNumber } from "@vestibule/domain/arithmetic";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

function result(text: string): string {
  const worked = calculate(text);
  return worked.kind === "result" ? shownNumber(worked.value) : worked.fault;
}

describe("BOT-3 arithmetic", () => {
  test.each([
    ["2+2", "4"],
    ["2 + 3 * 4", "14"],
    ["(2 + 3) * 4", "20"],
    ["2^3^2", "512"],
    ["-2^2", "-4"],
    ["2^-1", "0.5"],
    ["2**10", "1024"],
    ["10 - 4 - 3", "3"],
    ["100 / 10 / 5", "2"],
    ["17 % 5", "2"],
    ["-17 % 5", "-2"],
    ["--3", "3"],
    ["0.1 + 0.2", "0.3"],
    [".5 * 4.", "2"],
    ["1,5 + 1,5", "3"],
    ["6 × 7", "42"],
    ["84 ÷ 2", "42"],
    ["10 : 4", "2.5"],
    ["5 − 8", "-3"],
    ["0 * -1", "0"],
    ["9007199254740991", "9007199254740991"],
    ["1/3", "0.333333333333"],
    ["2^100", "1.26765060023e+30"],
  ])("%s is %s", (text, expected) => {
    expect(result(text)).toBe(expected);
  });

  test.each([
    ["1/0", "division-by-zero"],
    ["5 % 0", "division-by-zero"],
    ["0^-1", "division-by-zero"],
    ["(-8)^0.5", "no-real-result"],
    ["10^101", "too-large"],
    ["9^9^9^9", "too-large"],
    ["1,000 + 1", "ambiguous-comma"],
    ["2 +", "not-understood"],
    ["", "not-understood"],
    ["()", "not-understood"],
    ["(1", "not-understood"],
    ["1)", "not-understood"],
    ["1 2", "not-understood"],
    ["1.2.3", "not-understood"],
    ["process.exit()", "not-understood"],
    ["constructor", "not-understood"],
    [`${"(".repeat(40)}1${")".repeat(40)}`, "too-deep"],
    [`${"-".repeat(60)}1`, "too-deep"],
    ["1+".repeat(200), "too-long"],
  ])("%s has no result: %s", (text, fault) => {
    expect(result(text)).toBe(fault);
  });

  test("a fault says where", () => {
    expect(calculate("2 + x")).toEqual({ kind: "fault", fault: "not-understood", at: 4 });
    expect(calculate("2 +")).toEqual({ kind: "fault", fault: "not-understood", at: 3 });
  });

  test("whatever is written has a finite result or a fault", () => {
    const characters = fc.constantFrom(..."0123456789.,+-*/%^() x");
    fc.assert(
      fc.property(fc.string({ unit: characters, maxLength: 250 }), (text) => {
        const worked = calculate(text);
        if (worked.kind === "result") expect(Number.isFinite(worked.value)).toBe(true);
      }),
    );
  });

  test("sums, differences and products are those of numbers", () => {
    const number = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(number, number, number, (a, b, c) => {
        expect(calculate(`${a}+${b}*${c}-${a}`)).toEqual({ kind: "result", value: a + b * c - a });
      }),
    );
  });
});
