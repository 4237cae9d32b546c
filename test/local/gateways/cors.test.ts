import { afterEach, expect, test } from "vitest";
import { type Gateway, startGateway } from "./fixture.ts";

const origin = "https://app.example.com";

let gateway: Gateway;
afterEach(() => gateway.close());

async function setup() {
  const open = () => ({
    statusCode: 200,
    headers: { "access-control-allow-origin": "https://from-the-function" },
  });
  gateway = await startGateway({ open }, ({ httpApi }) => {
    httpApi.cors = {
      allowOrigins: [origin],
      allowMethods: ["GET", "POST"],
      allowHeaders: ["authorization"],
      exposeHeaders: ["etag"],
      maxAgeSeconds: 600,
      allowsCredentials: false,
    };
  });
}

function preflight(from: string) {
  const headers = { origin: from, "access-control-request-method": "POST" };
  return fetch(`${gateway.baseUrl}/v1/me`, { method: "OPTIONS", headers });
}

test("a preflight is answered without a route, a token or a function", async () => {
  await setup();
  const response = await preflight(origin);
  expect(response.status).toBe(204);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "access-control-allow-origin": origin,
    "access-control-allow-methods": "GET,POST",
    "access-control-allow-headers": "authorization",
    "access-control-max-age": "600",
  });
  expect(gateway.invocations).toEqual([]);
});

test("another origin's preflight gets no CORS header", async () => {
  await setup();
  const response = await preflight("https://evil.example.com");
  expect(response.status).toBe(204);
  expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
});

test("answers, refusals included, carry the gateway's headers and not the function's", async () => {
  await setup();
  for (const [path, status] of [
    ["/v1/health", 200],
    ["/v1/me", 401],
    ["/v1/nothing", 404],
  ] as const) {
    const response = await fetch(gateway.baseUrl + path, { headers: { origin } });
    expect(response.status).toBe(status);
    expect(response.headers.get("access-control-allow-origin")).toBe(origin);
    expect(response.headers.get("access-control-expose-headers")).toBe("etag");
  }
  const other = await fetch(`${gateway.baseUrl}/v1/health`, {
    headers: { origin: "https://evil.example.com" },
  });
  expect(other.headers.get("access-control-allow-origin")).toBeNull();
});
