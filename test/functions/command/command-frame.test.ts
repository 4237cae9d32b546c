import { expect, test } from "vitest";
import { commandHandler } from "../../../functions/command/create-handler.ts";
import { keys } from "../../../functions/table/keys.ts";
import { engineWorld, type World } from "../channel/world.ts";
import type { TestPerson } from "../shell/caller.ts";

const world = engineWorld();

/** The function as the WebSocket API calls it with somebody's frame. */
async function frame({ table, org }: World, { userId }: TestPerson, body: unknown) {
  const event = {
    body: JSON.stringify(body),
    requestContext: {
      eventType: "MESSAGE",
      connectionId: "c1",
      requestId: "request-1",
      identity: { sourceIp: "203.0.113.7" },
      authorizer: { organizationId: org, userId },
    },
  };
  const answer = (await commandHandler(table)(event as never, {} as never)) as { body: string };
  return JSON.parse(answer.body);
}

test("MSG-13 a frame is answered to its author with what the command came to, once for its nonce", async () => {
  const w = await world();
  const ada = await w.member("ada");
  const channelId = await w.channel(ada, { name: "Plan" });
  const sent = { action: "command", id: 7, channelId, text: "/leave", nonce: "one" };
  const first = await frame(w, ada, sent);
  expect(first).toEqual({
    type: "reply",
    id: 7,
    ok: true,
    command: "leave",
    text: "You have left the channel.",
  });
  expect(await frame(w, ada, sent)).toEqual(first);
  expect(await w.told(channelId)).toHaveLength(1);
});

test("MSG-13, GST-2 a refused frame has the same problem as by HTTP", async () => {
  const w = await world();
  const ada = await w.member("ada");
  const channelId = await w.channel(ada, { name: "Plan" });
  const gil = await w.guest("gil", [channelId]);
  const said = async (text: string) =>
    await frame(w, gil, { action: "command", id: "a", channelId, text, nonce: text });
  expect(await said("/rename Ours")).toMatchObject({
    type: "reply",
    id: "a",
    ok: false,
    problem: { status: 403, code: "guest-restricted", rule: "GST-2", instance: "request-1" },
  });
  expect(await said("/nothing")).toMatchObject({ ok: false, problem: { code: "unknown-command" } });
  expect(await said("/dnd 30m")).toMatchObject({ ok: true, status: { presence: "dnd" } });
  expect(await w.item(keys.status(w.org, gil.userId))).toMatchObject({ manual: "dnd" });
});

test("MSG-13 a frame that is none is answered, too", async () => {
  const w = await world();
  const ada = await w.member("ada");
  expect(await frame(w, ada, { action: "command", id: "b" })).toMatchObject({
    id: "b",
    ok: false,
    problem: { status: 400, code: "invalid-request" },
  });
});
