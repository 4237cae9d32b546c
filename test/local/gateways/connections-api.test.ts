import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import { afterEach, describe, expect, test } from "vitest";
import type { FaultRule } from "../../../infra/local/contracts.ts";
import { accessKeyOf } from "../../../infra/local/runtime/caller.ts";
import { type Gateway, until } from "./fixture.ts";
import { allow, connectClient, startSocketGateway } from "./socket-client.ts";

let gateway: Gateway;
afterEach(() => gateway.close());

async function setup(rules: Partial<FaultRule>[] = []) {
  gateway = await startSocketGateway({ authorizer: allow({ userId: "usr_7" }) });
  const client = await connectClient(gateway);
  gateway.context.faults.replace(
    rules.map((rule) => ({ target: "connections", match: {}, effect: "error", ...rule })),
  );
  const api = new ApiGatewayManagementApiClient({
    region: "local",
    endpoint: gateway.context.addresses.connections,
    credentials: { accessKeyId: accessKeyOf("relay", 3), secretAccessKey: "x" },
    maxAttempts: 1,
  });
  const post = (data: string, connectionId = client.connectionId) =>
    api.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: data }));
  return { client, api, post };
}

describe("@connections", () => {
  test("posts, tells about and closes a connection", async () => {
    const { client, api, post } = await setup();
    await post("hello ü");
    await until(() => client.frames.length === 1, "the frame came");
    expect(client.frames).toEqual(["hello ü"]);
    const ConnectionId = client.connectionId;
    const about = await api.send(new GetConnectionCommand({ ConnectionId }));
    expect(about.ConnectedAt).toBeInstanceOf(Date);
    expect(about.LastActiveAt).toBeInstanceOf(Date);
    await post("goodbye");
    await api.send(new DeleteConnectionCommand({ ConnectionId }));
    await client.closed;
    expect(client.frames).toEqual(["hello ü", "goodbye"]);
    await expect(post("late")).rejects.toMatchObject({ name: "GoneException" });
    expect(gateway.invocations.at(-1)?.event.requestContext.eventType).toBe("DISCONNECT");
  });

  test("is billed by begun 32 KB and refuses more than 128 KB", async () => {
    const { client, post } = await setup();
    await post("x".repeat(100 * 1024));
    await until(() => client.frames.length === 1, "the frame came");
    expect(gateway.context.meter.read().socketMessages).toBe(4);
    const failure = { name: "PayloadTooLargeException", $metadata: { httpStatusCode: 413 } };
    await expect(post("x".repeat(128 * 1024 + 1))).rejects.toMatchObject(failure);
  });

  test("is gone for unknown connections", async () => {
    const { post } = await setup();
    await expect(post("x", "abc=")).rejects.toMatchObject({ $metadata: { httpStatusCode: 410 } });
  });

  test("is gone until the handshake is complete", async () => {
    const { api } = await setup();
    let early: unknown;
    gateway.functions["socket"] = async ({ requestContext }) => {
      const post = new PostToConnectionCommand({ ConnectionId: requestContext.connectionId, Data: "x" });
      early ??= await api.send(post).catch((error: unknown) => error);
      return { statusCode: 200 };
    };
    await connectClient(gateway);
    expect(early).toMatchObject({ name: "GoneException" });
  });

  test("wants a signature", async () => {
    const { client } = await setup();
    const url = `${gateway.context.addresses.connections}/@connections/${encodeURIComponent(client.connectionId)}`;
    expect((await fetch(url, { method: "POST", body: "x" })).status).toBe(403);
  });
});

describe("faults of @connections", () => {
  test.each([
    [{ effect: "throttle" as const }, { name: "LimitExceededException" }, 0],
    [{ effect: "error" as const }, { $metadata: { httpStatusCode: 500 } }, 0],
    [{ effect: "error-after" as const }, { $metadata: { httpStatusCode: 500 } }, 1],
  ])("%j", async (rule, failure, delivered) => {
    const { client, post } = await setup([{ ...rule, times: 1 }]);
    await expect(post("a")).rejects.toMatchObject(failure);
    await post("b");
    await until(() => client.frames.includes("b"), "the next one came");
    expect(client.frames.length).toBe(delivered + 1);
  });

  test.each([
    ["drop" as const, ["b"]],
    ["duplicate" as const, ["a", "a", "b"]],
    ["reorder" as const, ["b", "a"]],
  ])("%s", async (effect, expected) => {
    const { client, post } = await setup([{ effect, times: 1 }]);
    await post("a");
    await post("b");
    await until(() => client.frames.length === expected.length, "all came");
    expect(client.frames).toEqual(expected);
  });

  test("a reordered frame that nothing overtakes comes by itself", async () => {
    const { client, post } = await setup([{ effect: "reorder", times: 1 }]);
    await post("a");
    await until(() => client.frames.length === 1, "it came");
  });

  test("delay", async () => {
    const { post } = await setup([{ effect: "delay", delayMs: 60, times: 1 }]);
    const startedAt = performance.now();
    await post("a");
    expect(performance.now() - startedAt).toBeGreaterThan(55);
  });

  test("are chosen by caller, operation, connection and person", async () => {
    const match = { function: "relay", operation: "PostToConnection", userId: "usr_7" };
    const { client, post } = await setup([{ effect: "throttle", match }]);
    await expect(post("a")).rejects.toThrow();
    gateway.context.faults.replace([
      { target: "connections", effect: "throttle", match: { ...match, connectionId: "other" } },
      { target: "connections", effect: "throttle", match: { ...match, function: "socket" } },
    ]);
    await post("b");
    await until(() => client.frames.length === 1, "it came");
  });

  test("kill ends the worker that called", async () => {
    const { post } = await setup([{ effect: "kill" }]);
    await expect(post("a")).rejects.toThrow();
    expect(gateway.killed).toEqual([accessKeyOf("relay", 3)]);
  });
});
