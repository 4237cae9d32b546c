import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { logger } from "../../../functions/shell/logger.ts";
import { GENERAL, userId } from "../message/people.ts";
import { setup } from "./setup.ts";

const post = (id: unknown, nonce: string, text = "hello") => ({
  action: "post",
  id,
  channelId: GENERAL,
  text,
  nonce,
});

test("MSG-1 MSG-3 post answers the message, and for a known nonce that it is a duplicate", async () => {
  const { frame } = setup();
  const first = await frame(post("f1", "n"));
  expect(first).toMatchObject({
    type: "reply",
    id: "f1",
    ok: true,
    duplicate: false,
    message: {
      seq: 1,
      channelId: GENERAL,
      text: "hello",
      nonce: "n",
      author: { name: "Ann Lee", kind: "member" },
    },
  });
  expect(await frame(post(2, "n"))).toMatchObject({
    id: 2,
    ok: true,
    duplicate: true,
    message: first.message,
  });
});

test("CH-11 read moves the mark", async () => {
  const { frame, moveReadMark } = setup();
  await frame(post(1, "n"));
  const reply = await frame({ action: "read", id: 2, channelId: GENERAL, seq: 1 });
  expect(reply).toEqual({ type: "reply", id: 2, ok: true, channelId: GENERAL, lastReadSeq: 1 });
  expect(moveReadMark).toHaveBeenCalledOnce();
  expect(await frame({ action: "read", id: 3, channelId: GENERAL, seq: 9 })).toMatchObject({
    ok: false,
    problem: { status: 400, code: "invalid-request", errors: [{ path: "seq" }] },
  });
});

test("MSG-4 resume answers what follows, in rising order, and a problem for a channel that is not there", async () => {
  const { frame } = setup();
  for (let index = 1; index <= 5; index += 1) await frame(post(index, `n${index}`));
  const unknown = `chn_${"1".repeat(26)}`;
  const reply = await frame({ action: "resume", id: "r", channels: { [GENERAL]: 2, [unknown]: 0 } });
  expect(reply).toMatchObject({ type: "reply", id: "r", ok: true });
  expect(reply.channels[GENERAL].messages.map(({ seq }: { seq: number }) => seq)).toEqual([3, 4, 5]);
  expect(reply.channels[GENERAL].more).toBe(false);
  expect(reply.channels[unknown].problem).toMatchObject({ status: 404, code: "not-found" });
});

test("MSG-4 resume stops at 200 messages, then there is more", async () => {
  const { frame } = setup();
  for (let index = 1; index <= 203; index += 1) await frame(post(index, `n${index}`));
  const first = (await frame({ action: "resume", id: 1, channels: { [GENERAL]: 0 } })).channels[GENERAL];
  expect([first.messages.length, first.more]).toEqual([200, true]);
  const rest = (await frame({ action: "resume", id: 2, channels: { [GENERAL]: 200 } })).channels[GENERAL];
  expect([rest.messages.length, rest.more]).toEqual([3, false]);
});

test("MSG-4 resume fits what the gateway carries, and always makes progress", async () => {
  const { frame, raw } = setup();
  const long = "漢".repeat(16_000);
  for (let index = 1; index <= 4; index += 1) await frame(post(index, `n${index}`, long));
  let last = 0;
  for (let count = 0; last < 4; count += 1) {
    expect(count).toBeLessThan(4);
    const { reply } = await raw(JSON.stringify({ action: "resume", id: 1, channels: { [GENERAL]: last } }));
    expect(Buffer.byteLength(JSON.stringify(reply))).toBeLessThan(128 * 1024);
    last = reply.channels[GENERAL].messages.at(-1).seq;
    expect(reply.channels[GENERAL].more).toBe(last < 4);
  }
});

test("ORG-10 every frame is authorised anew", async () => {
  const { frame, people, messages } = setup();
  people.delete(userId("ann"));
  for (const sent of [post(1, "n"), { action: "read", id: 1, channelId: GENERAL, seq: 0 }]) {
    expect(await frame(sent)).toMatchObject({ id: 1, ok: false, problem: { status: 404 } });
  }
  const resumed = await frame({ action: "resume", id: 1, channels: { [GENERAL]: 0 } });
  expect(resumed.channels[GENERAL]).toMatchObject({ problem: { status: 404 } });
  expect(messages.size).toBe(0);
});

test.each([
  ["not JSON", "{", null, "malformed-frame"],
  ["nothing", "", null, "malformed-frame"],
  ["an array", "[1]", null, "malformed-frame"],
  ["null", "null", null, "malformed-frame"],
  ["no action", '{"id":"a"}', "a", "unknown-action"],
  ["an unknown action", '{"action":"typo","id":7}', 7, "unknown-action"],
  ["an action of the prototype", '{"action":"constructor","id":7}', 7, "unknown-action"],
  ["an id that is too long", `{"action":"typo","id":"${"x".repeat(65)}"}`, null, "unknown-action"],
  ["an id that is no name", '{"action":"post","id":{}}', null, "invalid-request"],
  ["an unknown field", '{"action":"read","id":1,"channelId":"c","seq":1,"x":1}', 1, "invalid-request"],
  ["a wrong type", '{"action":"post","id":1,"channelId":"c","text":1,"nonce":"n"}', 1, "invalid-request"],
  [
    "a half character",
    '{"action":"post","id":1,"channelId":"c","text":"a","nonce":"\\ud83d"}',
    1,
    "invalid-request",
  ],
  ["a prototype", '{"action":"resume","id":1,"channels":{},"__proto__":{"x":1}}', 1, "invalid-request"],
])("a frame with %s is answered, never dropped", async (_what, body, id, code) => {
  const { raw } = setup();
  const { statusCode, reply } = await raw(body);
  expect(statusCode).toBe(200);
  expect(reply).toMatchObject({
    type: "reply",
    id,
    ok: false,
    problem: { status: 400, code, instance: "request-1", type: `urn:vestibule:problem:${code}` },
  });
});

test("no frame at all makes the function fail or write", async () => {
  const fieldNames = fc.constantFrom("action", "id", "channelId", "text", "nonce", "seq", "channels", "x");
  const actions = fc.constantFrom("post", "read", "resume", "ping", "typing", "");
  const body = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .tuple(actions, fc.dictionary(fieldNames, fc.jsonValue()))
      .map(([action, fields]) => JSON.stringify({ ...fields, action })),
  );
  await fc.assert(
    fc.asyncProperty(body, async (text) => {
      const { raw, messages } = setup();
      const { statusCode, reply } = await raw(text);
      expect(statusCode).toBe(200);
      expect(reply.type).toBe("reply");
      if (reply.ok === false) expect(reply.problem.status).toBeLessThan(500);
      expect(messages.size).toBe(0);
    }),
  );
});

test("a bug is answered with the request's id alone", async () => {
  vi.spyOn(logger, "error").mockReturnValue();
  const { frame, moveReadMark } = setup();
  moveReadMark.mockRejectedValue(new Error("secret detail"));
  const reply = await frame({ action: "read", id: 1, channelId: GENERAL, seq: 0 });
  expect(reply.problem).toMatchObject({ status: 500, code: "internal-error", instance: "request-1" });
  expect(JSON.stringify(reply)).not.toContain("secret detail");
});
