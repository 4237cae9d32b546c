import { expect, test, vi } from "vitest";
import { readEnvironment } from "../../../functions/shell/environment.ts";

test("a function reads what it asks for, and nothing else", () => {
  vi.stubEnv("TABLE_NAME", "workspace");
  expect(readEnvironment("TABLE_NAME")).toEqual({ TABLE_NAME: "workspace" });
  vi.unstubAllEnvs();
});

test("a variable that is missing or malformed fails at once", () => {
  vi.stubEnv("PAGE_BASE_URL", "not a url");
  expect(() => readEnvironment("PAGE_BASE_URL")).toThrow("Invalid URL");
  vi.stubEnv("TABLE_NAME", undefined);
  expect(() => readEnvironment("TABLE_NAME")).toThrow();
  vi.unstubAllEnvs();
});

test("INV-13 a limit of mails is a number or none, and nothing else", () => {
  const read = (value: string) => {
    vi.stubEnv("MAILS_PER_SENDER_HOUR", value);
    return readEnvironment("MAILS_PER_SENDER_HOUR").MAILS_PER_SENDER_HOUR;
  };
  expect([read("100"), read("0"), read("none")]).toEqual([100, 0, null]);
  for (const value of ["", "-1", "1.5", "many"]) expect(() => read(value)).toThrow();
  vi.unstubAllEnvs();
});
