import { afterEach, describe, expect, test } from "vitest";
import { type Gateway, until } from "./fixture.ts";
import { connectClient, startSocketGateway } from "./socket-client.ts";

let gateway: Gateway;
afterEach(() => gateway.close());

describe("frames", () => {
  test("go to the route that their action names, with what the authorizer said", async () => {
    gateway = await startSocketGateway();
    const client = await connectClient(gateway);
    const frame = { action: "post", id: 1, text: "ü" };
    expect(JSON.parse(await client.ask(frame))).toEqual(frame);
    const { event, source } = gateway.invocations.at(-1) ?? {};
    expect(source).toBe("socket post");
    expect(event).toMatchObject({
      body: JSON.stringify(frame),
      isBase64Encoded: false,
      requestContext: {
        routeKey: "post",
        eventType: "MESSAGE",
        messageDirection: "IN",
        connectionId: client.connectionId,
        authorizer: { principalId: "usr_1" },
      },
    });
    expect(event.requestContext.messageId).toMatch(/^[\w-]{15}=$/);
  });

  test.each([
    ["not JSON"],
    ["null"],
    ["[]"],
    ['"post"'],
    ['{"action":7}'],
    ['{"action":"unknown"}'],
    ['{"action":"$connect"}'],
    ['{"action":"$disconnect"}'],
    ['{"action":"__proto__"}'],
    ['{"__proto__":{"action":"post"}}'],
    [""],
  ])("%j goes to $default", async (frame) => {
    gateway = await startSocketGateway({
      socket: ({ requestContext }) => ({ statusCode: 200, body: requestContext.routeKey }),
    });
    expect(await (await connectClient(gateway)).ask(frame)).toBe("$default");
  });

  test("without any route are forbidden", async () => {
    gateway = await startSocketGateway();
    delete gateway.context.model.socketApi.routes["$default"];
    const client = await connectClient(gateway);
    const { connectionId } = client;
    expect(JSON.parse(await client.ask("x"))).toMatchObject({ message: "Forbidden", connectionId });
  });

  test("are answered with an error when the function fails, and the connection lives on", async () => {
    gateway = await startSocketGateway({
      socket({ requestContext, body }) {
        if (requestContext.eventType === "MESSAGE" && body === "fail") throw new Error("secret");
        return { statusCode: 200, body };
      },
    });
    const client = await connectClient(gateway);
    const { connectionId } = client;
    const answer = JSON.parse(await client.ask("fail"));
    expect(answer).toEqual({ message: "Internal server error", connectionId, requestId: expect.any(String) });
    expect(await client.ask("fine")).toBe("fine");
  });

  test("are answered by nothing where the route has no response, or the function no body", async () => {
    gateway = await startSocketGateway({
      socket: ({ body }) => ({ statusCode: 200, ...(body === "quiet" ? {} : { body }) }),
    });
    gateway.context.model.socketApi.routes["post"] = {
      integration: "lambda",
      functionName: "socket",
      hasResponse: false,
    };
    const client = await connectClient(gateway);
    client.socket.send('{"action":"post"}');
    client.socket.send("quiet");
    expect(await client.ask("heard")).toBe("heard");
    expect(client.frames).toEqual(["heard"]);
  });

  test("of one connection are handled side by side", async () => {
    const first = Promise.withResolvers<void>();
    gateway = await startSocketGateway({
      async socket({ body }) {
        if (body === "first") await first.promise;
        return { statusCode: 200, body };
      },
    });
    const client = await connectClient(gateway);
    client.socket.send("first");
    expect(await client.ask("second")).toBe("second");
    first.resolve();
    await until(() => client.frames.length === 2, "the first was answered");
  });

  test.each([
    [{ action: "ping", id: "a" }, "a"],
    [{ action: "ping", id: { deep: [1] } }, { deep: [1] }],
    [{ action: "ping" }, null],
  ])("ping %j is answered by the gateway itself", async (frame, id) => {
    gateway = await startSocketGateway();
    const client = await connectClient(gateway);
    const invocations = gateway.invocations.length;
    expect(JSON.parse(await client.ask(frame))).toEqual({ type: "reply", id, ok: true });
    expect(gateway.invocations.length).toBe(invocations);
  });

  test("are billed by begun 32 KB, in both directions", async () => {
    gateway = await startSocketGateway({
      socket: ({ body }) => ({ statusCode: 200, body: body?.repeat(2) }),
    });
    const client = await connectClient(gateway);
    expect((await client.ask("x".repeat(20_000))).length).toBe(40_000);
    expect(gateway.context.meter.read().socketMessages).toBe(1 + 2);
  });
});

describe("what ends a connection", () => {
  const disconnect = () =>
    gateway.invocations.find(({ event }) => event.requestContext.eventType === "DISCONNECT")?.event
      .requestContext;

  test("a client that leaves: $disconnect hears why", async () => {
    gateway = await startSocketGateway();
    const client = await connectClient(gateway);
    client.socket.close(4001, "enough");
    await until(() => disconnect() !== undefined, "$disconnect was called");
    expect(disconnect()).toMatchObject({
      routeKey: "$disconnect",
      connectionId: client.connectionId,
      disconnectStatusCode: 4001,
      disconnectReason: "enough",
      authorizer: { principalId: "usr_1" },
    });
  });

  test("a client that vanishes", async () => {
    gateway = await startSocketGateway();
    (await connectClient(gateway)).socket.terminate();
    await until(() => disconnect()?.disconnectStatusCode === 1006, "$disconnect was called");
  });

  test("a frame over 32 KB, which nobody handles", async () => {
    gateway = await startSocketGateway();
    const client = await connectClient(gateway);
    expect((await client.ask("x".repeat(32 * 1024))).length).toBe(32 * 1024);
    const handled = gateway.invocations.length;
    client.socket.send("x".repeat(32 * 1024 + 1));
    expect((await client.closed).code).toBe(1009);
    await until(() => disconnect() !== undefined, "$disconnect was called");
    expect(gateway.invocations.length).toBe(handled + 1);
  });

  test("a message over 128 KB in small frames; up to there it is one message", async () => {
    gateway = await startSocketGateway();
    const client = await connectClient(gateway);
    const piece = "x".repeat(30 * 1024);
    for (const isLast of [false, false, false, true]) client.socket.send(piece, { fin: isLast });
    await until(() => client.frames[0]?.length === 4 * piece.length, "the whole message came back");
    for (let count = 0; count < 5; count += 1) client.socket.send(piece, { fin: false });
    expect((await client.closed).code).toBe(1009);
  });

  test("a binary frame", async () => {
    gateway = await startSocketGateway();
    const client = await connectClient(gateway);
    client.socket.send(Buffer.from([1]), { binary: true });
    expect((await client.closed).code).toBe(1003);
  });

  test("ten minutes of silence, by the stack's clock", async () => {
    gateway = await startSocketGateway();
    const client = await connectClient(gateway);
    gateway.context.clock.advance(599);
    await client.ask("still here");
    gateway.context.clock.advance(599);
    await client.ask("still here");
    gateway.context.clock.advance(600);
    expect(await client.closed).toEqual({ code: 1001, reason: "Going away" });
    await until(() => disconnect()?.disconnectStatusCode === 1001, "$disconnect was called");
  });

  test("two hours, however lively", async () => {
    gateway = await startSocketGateway();
    const client = await connectClient(gateway);
    for (let minutes = 0; minutes < 115; minutes += 5) {
      gateway.context.clock.advance(300);
      await client.ask("lively");
    }
    gateway.context.clock.advance(300);
    expect((await client.closed).code).toBe(1001);
  });
});
