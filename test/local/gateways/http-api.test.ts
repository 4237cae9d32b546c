import { connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { type FakeFunction, type Gateway, startGateway } from "./fixture.ts";

let gateway: Gateway;
afterEach(() => gateway.close());

/** One gateway whose function `open` answers so. */
async function setup(open: FakeFunction = () => ({ statusCode: 200 })) {
  gateway = await startGateway({ open });
  return { ...gateway, get: (path: string, init?: RequestInit) => fetch(gateway.baseUrl + path, init) };
}

describe("the event of payload 2.0", () => {
  test("carries the request as an HTTP API sends it", async () => {
    const { get, invocations, context, baseUrl } = await setup();
    context.clock.advance(3600);
    const before = context.clock.now();
    await get("/v1/things/a%20b%2Fc?x=1&x=2&y=%C3%BC+z&flag", {
      headers: { "X-Mixed": "Value", cookie: "a=1; b=2", "user-agent": "test" },
    });
    expect(invocations[0]?.source).toBe("GET /v1/things/{thing}");
    const event = invocations[0]?.event;
    expect(event).toMatchObject({
      version: "2.0",
      routeKey: "GET /v1/things/{thing}",
      rawPath: "/v1/things/a b/c",
      rawQueryString: "x=1&x=2&y=%C3%BC+z&flag",
      queryStringParameters: { x: "1,2", y: "ü z", flag: "" },
      pathParameters: { thing: "a b/c" },
      cookies: ["a=1", "b=2"],
      isBase64Encoded: false,
      requestContext: {
        accountId: "000000000000",
        apiId: "local",
        domainName: new URL(baseUrl).host,
        http: {
          method: "GET",
          path: "/v1/things/a b/c",
          protocol: "HTTP/1.1",
          sourceIp: "127.0.0.1",
          userAgent: "test",
        },
        routeKey: "GET /v1/things/{thing}",
        stage: "$default",
      },
    });
    expect(event.headers).toMatchObject({ "x-mixed": "Value", "x-forwarded-for": "127.0.0.1" });
    expect(event.headers).not.toHaveProperty("cookie");
    expect(event).not.toHaveProperty("body");
    expect(event.requestContext).not.toHaveProperty("authorizer");
    expect(event.requestContext.timeEpoch).toBeGreaterThanOrEqual(before);
    expect(event.requestContext.time).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
    expect(event.requestContext.requestId).toMatch(/^[\w-]{15}=$/);
  });

  test("without query, cookies and parameters has no such fields", async () => {
    const { get, invocations } = await setup();
    await get("/v1/health");
    const event = invocations[0]?.event;
    expect(event.rawQueryString).toBe("");
    for (const field of ["queryStringParameters", "cookies", "pathParameters"]) {
      expect(event).not.toHaveProperty(field);
    }
  });

  test.each([
    ["application/json", '{"a":"ü"}', false],
    ["application/json; charset=utf-8", "{}", false],
    ["application/problem+json", "{}", false],
    ["text/plain", "x", false],
    ["application/x-www-form-urlencoded", "a=1", true],
    ["application/octet-stream", "x", true],
  ])("a body of %s comes as it is there", async (type, body, isBase64Encoded) => {
    const { get, invocations } = await setup();
    await get("/v1/echo", { method: "POST", headers: { "content-type": type }, body });
    const event = invocations[0]?.event;
    expect(event.isBase64Encoded).toBe(isBase64Encoded);
    expect(isBase64Encoded ? Buffer.from(event.body, "base64").toString() : event.body).toBe(body);
  });

  test("broken UTF-8 in JSON comes with replacement characters", async () => {
    const { get, invocations } = await setup();
    const body = new Uint8Array([0x22, 0xff, 0x22]);
    await get("/v1/echo", { method: "POST", headers: { "content-type": "application/json" }, body });
    expect(invocations[0]?.event.body).toBe('"\ufffd"');
  });
});

describe("what the gateway refuses by itself", () => {
  test.each([
    ["GET", "/v1/nothing", 404, "Not Found"],
    ["POST", "/v1/health", 404, "Not Found"],
    ["HEAD", "/v1/health", 404, undefined],
    ["OPTIONS", "/v1/health", 404, "Not Found"],
    ["GET", "/v1/things/%E0%A4%A", 400, "Bad Request"],
  ])("%s %s → %i", async (method, path, status, message) => {
    const { get, invocations } = await setup();
    const response = await get(path, { method });
    expect(response.status).toBe(status);
    if (message !== undefined) expect(await response.json()).toEqual({ message });
    expect(invocations).toEqual([]);
  });

  test("bodies over 10 MB, and over what Lambda takes", async () => {
    const { get, invocations } = await setup();
    const post = (bytes: number) => get("/v1/echo", { method: "POST", body: new Uint8Array(bytes) });
    expect((await post(11 * 1024 * 1024)).status).toBe(413);
    expect((await post(6 * 1024 * 1024)).status).toBe(413);
    expect(invocations).toEqual([]);
    expect((await post(1024 * 1024)).status).toBe(200);
  });

  test("headers over 10 KB", async () => {
    const { get } = await setup();
    expect((await get("/v1/health", { headers: { "x-long": "x".repeat(10_300) } })).status).toBe(431);
    expect((await get("/v1/health", { headers: { "x-long": "x".repeat(9000) } })).status).toBe(200);
  });

  test("a raw path is not normalised on the way", async () => {
    const { baseUrl } = await setup();
    const socket = connect(Number(new URL(baseUrl).port), "127.0.0.1");
    socket.end("GET /v1/x/../health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const chunks = await Array.fromAsync(socket);
    expect(Buffer.concat(chunks).toString()).toContain("404 Not Found");
  });
});

describe("what a function's answer means", () => {
  test("status, headers, cookies and text", async () => {
    const { get } = await setup(() => ({
      statusCode: 201,
      headers: { "Content-Type": "application/problem+json", ETag: '"1"', "Content-Length": "999" },
      cookies: ["a=1; Path=/", "b=2"],
      body: "{}",
    }));
    const response = await get("/v1/health");
    expect(response.status).toBe(201);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(response.headers.get("etag")).toBe('"1"');
    expect(response.headers.getSetCookie()).toEqual(["a=1; Path=/", "b=2"]);
    expect(response.headers.get("apigw-requestid")).toBeTruthy();
    expect(await response.text()).toBe("{}");
  });

  test.each([
    [
      { statusCode: 200, body: Buffer.from([0, 255]).toString("base64"), isBase64Encoded: true },
      200,
      "\0\ufffd",
    ],
    [{ statusCode: 200, body: "plain" }, 200, "plain"],
    [{ statusCode: 204 }, 204, ""],
    [{ hello: 1 }, 200, '{"hello":1}'],
    ["text", 200, "text"],
    [undefined, 200, "null"],
    [{ statusCode: "x" }, 500, '{"message":"Internal Server Error"}'],
    [{ statusCode: 200, body: { a: 1 } }, 500, '{"message":"Internal Server Error"}'],
    [{ statusCode: 200, headers: { bad: "line\nbreak" } }, 500, '{"message":"Internal Server Error"}'],
  ])("%j", async (payload, status, text) => {
    const { get } = await setup(() => payload);
    const response = await get("/v1/health");
    expect([response.status, await response.text()]).toEqual([status, text]);
  });

  test("a function that fails is a 500 without a word about why", async () => {
    const { get } = await setup(() => {
      throw new Error("secret");
    });
    const response = await get("/v1/health");
    expect([response.status, await response.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  test("each request leaves a line without its query", async () => {
    const { get, context } = await setup();
    await get("/v1/health?token=secret");
    expect(context.log.lines.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^GET \/v1\/health 200 \d+ ms$/),
    ]);
  });
});
