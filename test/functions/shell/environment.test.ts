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
