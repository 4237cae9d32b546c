import { createClient } from "@vestibule/client/http";
import { VestibuleProblem } from "@vestibule/client/problem";
import { waitMs } from "@vestibule/client/request";
import { expect, test } from "vitest";
import { scriptedServer } from "./scripted-server.ts";

const soon = { "retry-after": "0" };
const quota = {
  type: "urn:vestibule:problem:quota-exceeded",
  title: "Conflict",
  status: 409,
  detail: "No room.",
  instance: "request-7",
  code: "quota-exceeded",
  rule: "SEAT-8",
  quota: "seats",
  limit: 3,
  used: 3,
};

test("a request carries the token of the moment, JSON and the query", async () => {
  const { baseUrl, received } = await scriptedServer({ status: 200, body: { items: [], nextCursor: null } });
  const tokens = ["token-1", "token-2"];
  const client = createClient({ baseUrl: `${baseUrl}/`, token: async () => tokens.shift() ?? "none left" });
  await client.listPendingMembers("org_1", { limit: 5 });
  await client.setOrgRole("org_1", "usr_1", "administrator");
  expect(received[0]).toMatchObject({
    method: "GET",
    url: "/v1/organizations/org_1/members?limit=5&state=pending",
    headers: { authorization: "Bearer token-1" },
  });
  expect(received[1]).toMatchObject({
    method: "PUT",
    headers: { authorization: "Bearer token-2", "content-type": "application/json" },
    body: { role: "administrator" },
  });
});

test("INV-4 the preview is anonymous and its secret travels in the body", async () => {
  const { baseUrl, received } = await scriptedServer({ status: 200, body: { state: "pending" } });
  await createClient({ baseUrl, token: () => "token" }).previewInvitation("a.b.c");
  expect(received[0]).toMatchObject({ url: "/v1/invitations/preview", body: { token: "a.b.c" } });
  expect(received[0]?.headers).not.toHaveProperty("authorization");
});

test("SEAT-8 a problem is thrown with status, code, rule and the data of the case", async () => {
  const { baseUrl, received } = await scriptedServer({ status: 409, body: quota });
  const error = await createClient({ baseUrl })
    .createOrganization({ name: "A" })
    .catch((caught) => caught);
  expect(error).toBeInstanceOf(VestibuleProblem);
  expect(error).toMatchObject({
    status: 409,
    code: "quota-exceeded",
    rule: "SEAT-8",
    requestId: "request-7",
    data: { quota: "seats", limit: 3, used: 3 },
  });
  expect(received).toHaveLength(1);
});

test("an error that is no problem+json, of a gateway on the way, still has status and code", async () => {
  const { baseUrl } = await scriptedServer({ status: 401, body: { message: "Unauthorized" } });
  await expect(createClient({ baseUrl }).getUsage("org_1")).rejects.toMatchObject({
    status: 401,
    code: "http-401",
    message: "401 http-401: Unauthorized",
  });
});

test("an answer without a body is nothing", async () => {
  const { baseUrl } = await scriptedServer({ status: 204 });
  await expect(createClient({ baseUrl }).revokeInvitation("org_1", "inv_1")).resolves.toBeNull();
});

test.each([429, 503])("%i is repeated after Retry-After, with the same idempotency key", async (status) => {
  const { baseUrl, received } = await scriptedServer(
    { status, headers: soon },
    { status, headers: soon },
    { status: 201, body: { id: "org_1" } },
  );
  await expect(createClient({ baseUrl }).createOrganization({ name: "A" })).resolves.toEqual({ id: "org_1" });
  const keys = received.map(({ headers }) => headers["idempotency-key"]);
  expect(keys).toHaveLength(3);
  expect(new Set(keys).size).toBe(1);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/u);
});

test("INV-9 INV-13 a refusal says after how many seconds asking again may help, from its header or its data", async () => {
  const tooSoon = { code: "resent-too-soon", status: 429, rule: "INV-9", retryAfterSeconds: 42 };
  const { baseUrl } = await scriptedServer(
    { status: 429, body: tooSoon, headers: { "retry-after": "42" } },
    { status: 200, body: { results: [{ status: "rate-limited", problem: tooSoon }] } },
    { status: 409, body: quota },
  );
  const client = createClient({ baseUrl });
  await expect(client.resendInvitation("org_1", "inv_1")).rejects.toMatchObject({
    code: "resent-too-soon",
    retryAfterSeconds: 42,
  });
  const { results } = await client.invite("org_1", {
    kind: "member",
    invitees: [{ email: "a@example.com" }],
  });
  expect(results[0]?.problem?.["retryAfterSeconds"]).toBe(42);
  await expect(client.createOrganization({ name: "A" })).rejects.toMatchObject({
    retryAfterSeconds: undefined,
  });
});

test.each([429, 503])("%i that asks for more patience than half a minute is an answer", async (status) => {
  const { baseUrl, received } = await scriptedServer({ status, headers: { "retry-after": "31" } });
  await expect(createClient({ baseUrl }).health()).rejects.toMatchObject({ status, retryAfterSeconds: 31 });
  expect(received).toHaveLength(1);
});

test("each creating call has a key of its own, and others have none", async () => {
  const { baseUrl, received } = await scriptedServer({ status: 200, body: { results: [], summary: {} } });
  const client = createClient({ baseUrl });
  await client.invite("org_1", { kind: "member", invitees: [{ email: "a@example.com" }] });
  await client.invite("org_1", { kind: "member", invitees: [{ email: "a@example.com" }] });
  await client.acceptInvitation({ token: "a.b.c" });
  const [first, second, accept] = received.map(({ headers }) => headers["idempotency-key"]);
  expect(first).toBeDefined();
  expect(second).not.toBe(first);
  expect(accept).toBeUndefined();
});

test("409 with Retry-After is a request still being worked on; without, it is an answer", async () => {
  const { baseUrl, received } = await scriptedServer(
    { status: 409, headers: soon },
    { status: 409, body: quota },
  );
  await expect(createClient({ baseUrl }).createOrganization({ name: "A" })).rejects.toMatchObject({
    code: "quota-exceeded",
  });
  expect(received).toHaveLength(2);
});

test("repetitions end with the last refusal", async () => {
  const { baseUrl, received } = await scriptedServer({ status: 503, headers: soon });
  await expect(createClient({ baseUrl, retries: 2 }).health()).rejects.toMatchObject({ status: 503 });
  expect(received).toHaveLength(3);
});

test("MSG-3 a post whose answer was lost is repeated with the same nonce", async () => {
  const { baseUrl, received } = await scriptedServer("hang up", { status: 200, body: { seq: 1 } });
  await createClient({ baseUrl }).postMessage("org_1", "chn_1", { text: "hello" });
  const [first, second] = received.map(({ body }) => body as { nonce: string });
  expect(first?.nonce).toMatch(/^[0-9a-f-]{36}$/u);
  expect(second).toEqual(first);
});

test("what may not be done twice is not repeated after a lost answer", async () => {
  const { baseUrl, received } = await scriptedServer("hang up");
  await expect(createClient({ baseUrl }).declineInvitation("a.b.c")).rejects.toThrow(TypeError);
  await expect(createClient({ baseUrl }).changeOrganization("org_1", { name: "B" }, '"3"')).rejects.toThrow();
  expect(received.map(({ method }) => method)).toEqual(["POST", "PATCH"]);
  expect(received[1]?.headers["if-match"]).toBe('"3"');
});

test("the wait is what Retry-After says, in seconds or as a date, and never endless", () => {
  expect(waitMs(0, "2")).toBe(2000);
  expect(waitMs(0, "86400")).toBe(30_000);
  expect(waitMs(0, new Date(Date.now() + 5000).toUTCString())).toBeGreaterThan(3000);
  expect(waitMs(0, new Date(0).toUTCString())).toBe(0);
  expect([0, 1, 2].map((attempt) => waitMs(attempt, null, 1))).toEqual([200, 400, 800]);
  expect(waitMs(0, "soon", 0)).toBe(100);
});
