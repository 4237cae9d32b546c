import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test, vi } from "vitest";
import { messageUseCases } from "../../../functions/message/use-cases.ts";
import { httpHandler } from "../../../functions/shell/http-handler.ts";
import { sha256, userIdOf } from "../../../functions/shell/ids.ts";
import { logger } from "../../../functions/shell/logger.ts";
import { keys } from "../../../functions/table/keys.ts";
import { conditionFailed, setup as tableSetup, throttled } from "../table-realtime/setup.ts";
import { GENERAL, member, ORG } from "./people.ts";

const CHANNELS = "/v1/organizations/{org}/channels";
const ANN = userIdOf("https://issuer.example", "ann");
const CLAIMS = {
  iss: "https://issuer.example",
  sub: "ann",
  email: "ann@example.com",
  email_verified: "true",
};

type Call = { params?: Record<string, string>; body?: unknown; query?: Record<string, string>; key?: string };

function setup() {
  vi.spyOn(logger, "info").mockReturnValue();
  vi.spyOn(logger, "error").mockReturnValue();
  const { client, table } = tableSetup();
  const handler = httpHandler(messageUseCases(table, "wss://live.example/live"));
  client.on(GetCommand).resolves({});
  const stored = (key: { pk: string; sk: string }, item: Record<string, unknown>) =>
    client.on(GetCommand, { Key: key }).resolves({ Item: { ...key, ...item } });
  stored(keys.member(ORG, ANN), member("ann", { userId: ANN }));
  client.on(QueryCommand).resolves({ Items: [] });
  client.on(UpdateCommand).resolves({ Attributes: { seq: 1, nonces: {} } });
  client.on(PutCommand).resolves({});
  const call = async (routeKey: string, { params, body, query, key }: Call = {}) => {
    const event = {
      version: "2.0",
      routeKey,
      rawPath: routeKey,
      headers: {
        "content-type": "application/json",
        ...(key === undefined ? {} : { "idempotency-key": key }),
      },
      pathParameters: { org: ORG, chn: GENERAL, ...params },
      queryStringParameters: query,
      body: body === undefined ? undefined : JSON.stringify(body),
      isBase64Encoded: false,
      requestContext: {
        requestId: "request-1",
        http: { sourceIp: "192.0.2.1" },
        authorizer: { jwt: { claims: CLAIMS } },
      },
    };
    // The handler reads no more of the event and of the context than this.
    const result = await handler(event as never, { awsRequestId: "lambda-1" } as never);
    return {
      status: result.statusCode,
      headers: result.headers ?? {},
      body: JSON.parse(result.body ?? "null"),
    };
  };
  const messages = (...seqs: number[]) =>
    client.on(QueryCommand).resolves({
      Items: seqs.map((seq) => ({
        ...keys.message(ORG, GENERAL, seq),
        messageId: `msg_${seq}`,
        authorKind: "member",
        authorId: seq % 2 === 0 ? ANN : "usr_other",
        authorName: "Somebody",
        text: `text ${seq}`,
        nonce: `n${seq}`,
        createdAt: "2026-01-01T00:00:00.000Z",
      })),
    });
  return { call, client, stored, messages };
}

test("MSG-1 a posted message is answered 201, with its nonce", async () => {
  const { call, client } = setup();
  const posted = await call(`POST ${CHANNELS}/{chn}/messages`, { body: { text: "hello", nonce: "n" } });
  expect(posted).toMatchObject({
    status: 201,
    headers: { "content-type": "application/json", "x-request-id": "request-1", "cache-control": "no-store" },
    body: { seq: 1, channelId: GENERAL, text: "hello", nonce: "n", author: { userId: ANN }, pinned: false },
  });
  expect(client.commandCalls(PutCommand)).toHaveLength(1);
  expect(client.commandCalls(UpdateCommand)).toHaveLength(1);
});

test("MSG-3 a repeated nonce is answered 200 with the stored message, and writes nothing", async () => {
  const { call, client, stored } = setup();
  stored(keys.message(ORG, GENERAL, 4), {
    messageId: "msg_4",
    authorKind: "member",
    authorId: ANN,
    authorName: "Ann",
    text: "as first sent",
    nonce: "n",
    createdAt: "2026-01-01T00:00:00.000Z",
  });
  const hash = Buffer.from(sha256(`${ANN}\nn\n0`), "base64url")
    .subarray(0, 3)
    .toString("base64url");
  client.on(UpdateCommand).rejects(conditionFailed({ seq: 9, nonces: { [hash]: 4 } }));
  const posted = await call(`POST ${CHANNELS}/{chn}/messages`, { body: { text: "other", nonce: "n" } });
  expect(posted).toMatchObject({ status: 200, body: { seq: 4, text: "as first sent" } });
  expect(client.commandCalls(PutCommand)).toHaveLength(0);
});

test("MSG-5 a page is newest first; the nonce is the author's own to see", async () => {
  const { call, messages } = setup();
  messages(4, 3, 2);
  const page = await call(`GET ${CHANNELS}/{chn}/messages`, { query: { limit: "2" } });
  expect(page.status).toBe(200);
  expect(page.body.items).toMatchObject([{ seq: 4, nonce: "n4" }, { seq: 3 }]);
  expect(page.body.items[1]).not.toHaveProperty("nonce");
  expect(page.body.nextCursor).toEqual(expect.any(String));
});

test("a cursor continues its own list and no other", async () => {
  const { call, client, messages } = setup();
  messages(4, 3, 2);
  const { nextCursor: cursor } = (await call(`GET ${CHANNELS}/{chn}/messages`, { query: { limit: "2" } }))
    .body;
  await call(`GET ${CHANNELS}/{chn}/messages`, { query: { limit: "2", cursor } });
  expect(client.commandCalls(QueryCommand).at(-1)?.args[0].input.ExpressionAttributeValues).toMatchObject({
    ":to": "000000000003",
  });
  const refused = await call(`GET ${CHANNELS}/{chn}/messages`, { query: { before: "9", cursor } });
  expect(refused).toMatchObject({ status: 400, body: { code: "invalid-cursor" } });
});

test.each([
  [
    "MSG-5 two ends at once",
    "GET",
    "/messages",
    { query: { before: "1", after: "1" } },
    400,
    "invalid-request",
  ],
  ["MSG-5 a page of 201", "GET", "/messages", { query: { limit: "201" } }, 400, "invalid-request"],
  ["MSG-5 no number", "GET", "/messages", { query: { around: "x" } }, 400, "invalid-request"],
  ["a forged cursor", "GET", "/messages", { query: { cursor: "AAAA" } }, 400, "invalid-cursor"],
  ["MSG-1 no nonce", "POST", "/messages", { body: { text: "x" } }, 400, "invalid-request"],
  [
    "an unknown field",
    "POST",
    "/messages",
    { body: { text: "x", nonce: "n", x: 1 } },
    400,
    "invalid-request",
  ],
  [
    "a nonce of 65",
    "POST",
    "/messages",
    { body: { text: "x", nonce: "n".repeat(65) } },
    400,
    "invalid-request",
  ],
  ["MSG-1 no text", "POST", "/messages", { body: { text: " ", nonce: "n" } }, 400, "message-empty"],
  [
    "INV-15 another channel",
    "GET",
    "/messages",
    { params: { chn: `chn_${"1".repeat(26)}` } },
    404,
    "not-found",
  ],
  ["INV-15 no channel id", "GET", "/messages", { params: { chn: "general" } }, 404, "not-found"],
  [
    "INV-15 another organization",
    "GET",
    "/messages",
    { params: { org: `org_${"1".repeat(26)}` } },
    404,
    "not-found",
  ],
])("%s is refused and writes nothing", async (_what, method, path, call_, status, code) => {
  const { call, client } = setup();
  const refused = await call(`${method} ${CHANNELS}/{chn}${path}`, call_);
  expect(refused).toMatchObject({
    status,
    headers: { "content-type": "application/problem+json" },
    body: { code, status, instance: "request-1" },
  });
  expect([...client.commandCalls(PutCommand), ...client.commandCalls(UpdateCommand)]).toHaveLength(0);
});

test("a throttled table is answered 503 with Retry-After", async () => {
  const { call, client } = setup();
  client.on(UpdateCommand).rejects(throttled());
  const refused = await call(`POST ${CHANNELS}/{chn}/messages`, { body: { text: "x", nonce: "n" } });
  expect(refused).toMatchObject({ status: 503, headers: { "retry-after": "1" }, body: { code: "busy" } });
});

test("a ticket is answered with its url, and only its hash is stored", async () => {
  const { call, client } = setup();
  const { status, body } = await call("POST /v1/organizations/{org}/socket-tickets", { key: "same" });
  expect(status).toBe(201);
  expect(body.url).toBe(`wss://live.example/live?ticket=${body.ticket}`);
  expect(Date.parse(body.expiresAt) - Date.now()).toBeLessThanOrEqual(60_000);
  const item = client.commandCalls(PutCommand)[0]?.args[0].input.Item;
  expect(item).toMatchObject({ sk: sha256(body.ticket), userId: ANN });
  expect(JSON.stringify(item)).not.toContain(body.ticket.split(".")[1]);
  const again = await call("POST /v1/organizations/{org}/socket-tickets", { key: "same" });
  expect(again.body.ticket).not.toBe(body.ticket);
});
