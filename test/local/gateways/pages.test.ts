import { afterAll, beforeAll, expect, test } from "vitest";
import { type Gateway, startGateway } from "./fixture.ts";

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

test("the home page says where everything is and loads only what is there", async () => {
  const response = await fetch(gateway.baseUrl);
  const html = await response.text();
  expect(response.status).toBe(200);
  const { context, baseUrl } = gateway;
  for (const text of [
    `${baseUrl}/v1`,
    context.socketUrl,
    context.addresses.issuer,
    "/local/mailbox/view",
    "/v1/health",
  ]) {
    expect(html).toContain(text);
  }
  const loaded = [...html.matchAll(/(?:src|href)="(\/local\/assets\/[^"]+)"/g)].map(([, path]) => path ?? "");
  expect(loaded).toHaveLength(2);
  for (const path of [...loaded, "/local/assets/mailbox.js"]) {
    expect((await fetch(baseUrl + path)).status).toBe(200);
  }
});

test.each(["/local/unknown", "/local/assets/..%2Froutes.ts", "/local/assets/constructor", "/_ses/x"])(
  "%s is a 404 of the local stack, whatever the API has",
  async (path) => {
    const response = await fetch(gateway.baseUrl + path);
    expect([response.status, response.headers.get("content-type")]).toEqual([
      404,
      "application/problem+json",
    ]);
  },
);

test("/locality is the API's", async () => {
  const response = await fetch(`${gateway.baseUrl}/locality`);
  expect([response.status, await response.json()]).toEqual([404, { message: "Not Found" }]);
});
