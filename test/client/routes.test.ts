import { readFileSync } from "node:fs";
import { createClient } from "@vestibule/client/http";
import { expect, onTestFinished, test, vi } from "vitest";

const { paths }: { paths: Record<string, Record<string, unknown>> } = JSON.parse(
  readFileSync(new URL("../../docs/openapi.json", import.meta.url), "utf8"),
);

/** What a program has no use for: pages, their pictures, and documents. */
const NOT_FOR_PROGRAMS = /^\/(?:chat|invite|people|brand)\b|\.json$/u;

const documented = Object.entries(paths)
  .filter(([path]) => !NOT_FOR_PROGRAMS.test(path))
  .flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/gu, "{}")}`),
  );

/** The request that each method of the client sends, whatever it is given. */
async function requestsOfTheClient(): Promise<string[]> {
  const sent: string[] = [];
  vi.stubGlobal("fetch", async (url: URL, { method }: RequestInit) => {
    sent.push(`${method} ${decodeURIComponent(url.pathname)}`);
    return new Response("{}");
  });
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  for (const call of Object.values(createClient({ baseUrl: "http://service" }))) {
    await (call as (...values: string[]) => Promise<unknown>)("{}", "{}", "{}", "{}");
  }
  return sent;
}

test("the client has a method for every documented route, and none for another", async () => {
  const sent = await requestsOfTheClient();
  expect([...new Set(sent)].sort()).toEqual(documented.sort());
});
