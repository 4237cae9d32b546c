import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  ForbiddenException,
  GoneException,
  LimitExceededException,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import { mockClient } from "aws-sdk-client-mock";
import { expect, test, vi } from "vitest";
import { connectionsThrough } from "../../../functions/realtime/connections.ts";
import { revokeSessions } from "../../../functions/realtime/revoke.ts";
import { logger } from "../../../functions/shell/logger.ts";

const metadata = (httpStatusCode: number) => ({ $metadata: { httpStatusCode }, message: "of 203.0.113.7" });

function setup() {
  const gateway = new ApiGatewayManagementApiClient({});
  const client = mockClient(gateway);
  const warn = vi.spyOn(logger, "warn").mockReturnValue();
  return { client, warn, connections: connectionsThrough(gateway) };
}

test.each([
  ["gone", new GoneException(metadata(410))],
  ["again", new LimitExceededException(metadata(429))],
  ["again", Object.assign(new Error("of 203.0.113.7"), { name: "TimeoutError" })],
  ["again", Object.assign(new Error("of 203.0.113.7"), metadata(500))],
  ["refused", new ForbiddenException(metadata(403))],
])("a frame that cannot be delivered: %s", async (outcome, error) => {
  const { client, connections, warn } = setup();
  warn.mockClear();
  client.on(PostToConnectionCommand).rejects(error);
  expect(await connections.send("c1", "{}")).toBe(outcome);
  expect(JSON.stringify(warn.mock.calls)).not.toContain("203.0.113.7");
});

test("a frame is posted as it is", async () => {
  const { client, connections } = setup();
  client.on(PostToConnectionCommand).resolves({});
  expect(await connections.send("c1", '{"a":1}')).toBe("sent");
  expect(client.commandCalls(PostToConnectionCommand)[0]?.args[0].input).toEqual({
    ConnectionId: "c1",
    Data: '{"a":1}',
  });
});

test("closing what is closed already is fine", async () => {
  const { client, connections } = setup();
  client.on(DeleteConnectionCommand).rejects(new GoneException(metadata(410)));
  expect(await connections.close("c1")).toBe("gone");
});

test("ORG-10 a session that is over is closed, although the gateway is too busy at first", async () => {
  const { client, connections } = setup();
  const busy = Object.assign(new Error("busy"), { $metadata: { httpStatusCode: 429 } });
  client.on(PostToConnectionCommand).resolves({});
  client.on(DeleteConnectionCommand).rejectsOnce(busy).rejectsOnce(busy).resolves({});
  const waits: number[] = [];
  const wait = async (ms: number) => void waits.push(ms);
  await revokeSessions({ connections, wait }, "usr_1", ["c1"]);
  expect(client.commandCalls(DeleteConnectionCommand)).toHaveLength(3);
  expect(waits).toHaveLength(2);
});

test("a connection that cannot be closed does not hold the batch up for ever", async () => {
  const { client, connections } = setup();
  client.on(PostToConnectionCommand).resolves({});
  client.on(DeleteConnectionCommand).rejects(new Error("broke off"));
  await revokeSessions({ connections, wait: async () => undefined }, "usr_1", ["c1"]);
  expect(client.commandCalls(DeleteConnectionCommand)).toHaveLength(6);
});
