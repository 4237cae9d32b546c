import { expect, test } from "vitest";
import { readPageEnvironment } from "../../functions/page/environment.ts";
import { setup } from "./setup.ts";

const policy = (connect: string) =>
  `default-src 'none'; script-src 'self'; style-src 'self'; connect-src ${connect}; ` +
  "img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

const SIGN_IN = "'self' https://sign-in.example.com";

test("health names status, version and time", async () => {
  const { get } = await setup();
  const { statusCode, headers, body } = await get("GET /v1/health");
  expect(statusCode).toBe(200);
  expect(headers).toMatchObject({ "content-type": "application/json", "cache-control": "no-store" });
  expect(JSON.parse(body)).toEqual({
    status: "ok",
    version: "1.2.3",
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u),
  });
});

test.each([
  ["GET /v1/openapi.json", undefined, "application/json", '{"openapi":"3.1.0"}'],
  ["GET /v1/asyncapi.json", undefined, "application/json", '{"asyncapi":"3.0.0"}'],
  ["GET /invite/{file}", "invite.js", "text/javascript; charset=utf-8", "start()"],
  ["GET /invite/{file}", "invite.css", "text/css; charset=utf-8", "body{}"],
  ["GET /people/{file}", "people.js", "text/javascript; charset=utf-8", "start()"],
  ["GET /chat/{file}", "chat.js", "text/javascript; charset=utf-8", "start()"],
])("%s %s is cached for a short while and compared by its tag", async (routeKey, file, type, text) => {
  const { get, discoveries } = await setup();
  const { statusCode, headers, body } = await get(routeKey, file);
  expect({ statusCode, body }).toEqual({ statusCode: 200, body: text });
  expect(headers).toMatchObject({
    "content-type": type,
    "cache-control": "public, max-age=300, must-revalidate",
    etag: expect.stringMatching(/^"[\w-]{22}"$/u),
  });
  const again = await get(routeKey, file, { "if-none-match": String(headers["etag"]) });
  expect(again).toMatchObject({ statusCode: 304, body: "", headers: { etag: headers["etag"] } });
  expect((await get(routeKey, file, { "if-none-match": '"other"' })).statusCode).toBe(200);
  expect(discoveries()).toBe(0);
});

test.each([
  ["invite", SIGN_IN],
  ["people", `${SIGN_IN} wss://live.example.com`],
  ["chat", `${SIGN_IN} wss://live.example.com`],
])(
  "INV-4 the page %s has a strict policy (it connects to %s), gives no referrer and is not cached",
  async (page, connect) => {
    const { get } = await setup();
    const { statusCode, headers, body } = await get(`GET /${page}`);
    expect({ statusCode, body }).toEqual({ statusCode: 200, body: `<!doctype html><title>${page}</title>` });
    expect(headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy(connect),
      "cache-control": "no-store",
    });
  },
);

test("a page's sign-in configuration is what the issuer publishes, asked once, and leads back to that page", async () => {
  const { get, issuer, discoveries } = await setup();
  const { statusCode, headers, body } = await get("GET /invite/{file}", "config.json");
  expect(statusCode).toBe(200);
  expect(headers).toMatchObject({ "content-type": "application/json", "cache-control": "no-store" });
  expect(JSON.parse(body)).toEqual({
    issuer,
    authorizationEndpoint: "https://sign-in.example.com/authorize",
    tokenEndpoint: "https://sign-in.example.com/oauth2/token",
    clientId: "client-1",
    redirectUri: "https://app.example.com/invite",
    termsVersion: "1",
  });
  const people = await get("GET /people/{file}", "config.json");
  expect(JSON.parse(people.body)).toMatchObject({ redirectUri: "https://app.example.com/people" });
  await get("GET /invite");
  expect(discoveries()).toBe(1);
});

test.each(["secret.txt", "../handler.ts", "invite.js.map", "people.js", "", "__proto__"])(
  "there is no file %j",
  async (file) => {
    const { get } = await setup();
    const { statusCode, headers, body } = await get("GET /invite/{file}", file);
    expect(statusCode).toBe(404);
    expect(headers["content-type"]).toBe("application/problem+json");
    expect(JSON.parse(body)).toMatchObject({ status: 404, code: "not-found", instance: "request-1" });
  },
);

test("a route that is not the page's is a 404, not a crash", async () => {
  const { get } = await setup();
  expect((await get("HEAD /invite")).statusCode).toBe(404);
});

test.each([
  ["GET /v1/health", undefined],
  ["GET /v1/openapi.json", undefined],
  ["GET /v1/asyncapi.json", undefined],
  ["GET /invite", undefined],
  ["GET /invite/{file}", "invite.js"],
  ["GET /invite/{file}", "config.json"],
  ["GET /invite/{file}", "unknown"],
])("%s %s names its request and keeps browsers strict", async (routeKey, file) => {
  const { get } = await setup();
  const { headers } = await get(routeKey, file);
  expect(headers).toMatchObject({
    "x-request-id": "request-1",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
    "referrer-policy": "no-referrer",
    "content-security-policy": expect.stringContaining("default-src 'none'"),
  });
});

test("while the issuer is down, signing in is a 503 and the invitation can still be read", async () => {
  let isUp = false;
  const { get } = await setup((_issuer, document) => ({ status: isUp ? 200 : 502, body: document }));
  const config = await get("GET /invite/{file}", "config.json");
  expect(config.statusCode).toBe(503);
  expect(config.headers).toMatchObject({ "content-type": "application/problem+json", "retry-after": "5" });
  expect(JSON.parse(config.body)).toMatchObject({ status: 503, code: "issuer-unavailable" });

  const page = await get("GET /invite");
  expect(page.statusCode).toBe(200);
  expect(page.headers["content-security-policy"]).toContain("connect-src 'self';");

  isUp = true;
  expect((await get("GET /invite/{file}", "config.json")).statusCode).toBe(200);
});

test.each<[string, (issuer: string, document: object) => { status: number; body: unknown } | "hang"]>([
  [
    "names another issuer",
    (_, document) => ({ status: 200, body: { ...document, issuer: "https://evil.example" } }),
  ],
  ["has no token endpoint", (issuer) => ({ status: 200, body: { issuer, authorization_endpoint: issuer } })],
  [
    "points to a script",
    (_, document) => ({ status: 200, body: { ...document, authorization_endpoint: "javascript:alert(1)" } }),
  ],
  ["is no JSON object", () => ({ status: 200, body: "hello" })],
  ["never comes", () => "hang"],
])("an issuer whose discovery %s is taken as down", async (_what, change) => {
  const { get } = await setup(change);
  expect((await get("GET /invite/{file}", "config.json")).statusCode).toBe(503);
});

test("the environment is checked when the container starts", () => {
  const variables = {
    PAGE_BASE_URL: "https://app.example.com/",
    OIDC_ISSUER: "https://issuer.example.com/",
    OIDC_CLIENT_ID: "client-1",
    SOCKET_URL: "wss://live.example.com/live",
  };
  expect(readPageEnvironment(variables)).toEqual({ ...variables, PAGE_BASE_URL: "https://app.example.com" });
  expect(() => readPageEnvironment({ ...variables, OIDC_ISSUER: "issuer" })).toThrow();
  expect(() => readPageEnvironment({})).toThrow();
});
