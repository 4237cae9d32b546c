import { once } from "node:events";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type FakeFunction, type Gateway, until } from "./fixture.ts";
import { allow, connectClient, refusedHandshake, startSocketGateway } from "./socket-client.ts";

let gateway: Gateway;
afterEach(() => gateway.close());

describe("a handshake", () => {
  test("asks the authorizer, then $connect, then opens; both see the client and one connection id", async () => {
    gateway = await startSocketGateway({ authorizer: allow({ org: "org_1", age: 7, isAdmin: true }) });
    const client = await connectClient(gateway, "?ticket=t&ticket=u", { origin: "https://app.example.com" });
    const [authorizer, connect] = gateway.invocations;
    expect([authorizer?.functionName, connect?.functionName]).toEqual(["authorizer", "socket"]);
    expect(authorizer?.event).toMatchObject({
      type: "REQUEST",
      methodArn: "arn:aws:execute-api:local:000000000000:local/live/$connect",
      headers: { Origin: "https://app.example.com" },
      multiValueHeaders: { Origin: ["https://app.example.com"] },
      queryStringParameters: { ticket: "u" },
      multiValueQueryStringParameters: { ticket: ["t", "u"] },
      requestContext: {
        routeKey: "$connect",
        eventType: "CONNECT",
        stage: "live",
        apiId: "local",
        connectionId: client.connectionId,
        identity: { sourceIp: "127.0.0.1" },
      },
    });
    expect(authorizer?.event.requestContext.connectedAt).toBeLessThanOrEqual(gateway.context.clock.now());
    expect(client.connectionId).toMatch(/^[\w-]{15}=$/);
    // API Gateway hands every value of the context on as a string.
    const expected = { principalId: "usr_1", org: "org_1", age: "7", isAdmin: "true" };
    expect(connect?.event.requestContext.authorizer).toEqual(expected);
    expect(connect?.event).toMatchObject({ isBase64Encoded: false, queryStringParameters: { ticket: "u" } });
  });

  test.each(["", "?ticket=", "?other=1"])(
    "without its identity source (%j) is a 401 that asks nobody",
    async (query) => {
      gateway = await startSocketGateway();
      const refused = await refusedHandshake(gateway.context.socketUrl + query);
      expect(refused).toMatchObject({ status: 401, body: { message: "Unauthorized" } });
      expect(gateway.invocations).toEqual([]);
    },
  );

  const deny: FakeFunction = (event) => ({
    principalId: "x",
    policyDocument: { Statement: [{ Action: "*", Effect: "Deny", Resource: event.methodArn }] },
  });
  const elsewhere: FakeFunction = () => ({
    principalId: "x",
    policyDocument: { Statement: [{ Action: "execute-api:Invoke", Effect: "Allow", Resource: "arn:other" }] },
  });
  const fail =
    (message: string): FakeFunction =>
    () => {
      throw new Error(message);
    };
  test.each([
    ["denies", deny, 403],
    ["allows something else", elsewhere, 403],
    ["throws Unauthorized", fail("Unauthorized"), 401],
    ["throws", fail("oops"), 500],
    ["answers nonsense", () => ({ statusCode: 200 }), 500],
    ["answers a deep context", allow({ deep: { a: 1 } }), 500],
  ])("is refused when the authorizer %s", async (_what, authorizer, status) => {
    gateway = await startSocketGateway({ authorizer });
    const refused = await refusedHandshake(`${gateway.context.socketUrl}?ticket=t`);
    expect(refused.status).toBe(status);
    expect(gateway.invocations.map(({ functionName }) => functionName)).toEqual(["authorizer"]);
  });

  test.each([
    ["refuses", () => ({ statusCode: 409 }), 409],
    ["throws", fail("oops"), 502],
    ["answers nonsense", () => "ok", 502],
  ])("is refused when $connect %s", async (_what, socket, status) => {
    gateway = await startSocketGateway({ socket });
    expect((await refusedHandshake(`${gateway.context.socketUrl}?ticket=t`)).status).toBe(status);
  });

  test("on another path is a 403", async () => {
    gateway = await startSocketGateway();
    const refused = await refusedHandshake(`${gateway.baseUrl.replace("http", "ws")}/other?ticket=t`);
    expect(refused).toMatchObject({ status: 403, body: { message: "Forbidden" } });
  });

  test("that hangs does not keep the stack from stopping", async () => {
    gateway = await startSocketGateway({ authorizer: () => new Promise(() => {}) });
    const socket = new WebSocket(`${gateway.context.socketUrl}?ticket=t`);
    const failed = once(socket, "error");
    await until(() => gateway.invocations.length === 1, "the authorizer was asked");
    await gateway.close();
    await failed;
    gateway = await startSocketGateway();
  });
});
