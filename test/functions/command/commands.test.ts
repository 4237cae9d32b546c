import { expect, test } from "vitest";
import { commandUseCases } from "../../../functions/command/use-cases.ts";
import { messageDeps } from "../../../functions/message/message-deps.ts";
import { keys } from "../../../functions/table/keys.ts";
import { engineWorld, type World } from "../channel/world.ts";
import { caller, personWith, type TestPerson } from "../shell/caller.ts";

const world = engineWorld();
const COMMANDS = "/v1/organizations/{org}/channels/{chn}/commands";

let nonces = 0;

/** The command function's routes, for people of a world. */
function commands(w: World) {
  const call = caller(commandUseCases(w.table, messageDeps(w.table)));
  return {
    list: async (as: TestPerson, chn: string) =>
      await call(`GET ${COMMANDS}`, { as, params: { org: w.org, chn } }),
    say: async (as: TestPerson, chn: string, text: string, body: object = {}) => {
      nonces += 1;
      const params = { org: w.org, chn };
      return await call(`POST ${COMMANDS}`, { as, params, body: { text, nonce: `n${nonces}`, ...body } });
    },
  };
}

/** A channel of Ada's with Bob in it, and Eve beside it. */
async function room() {
  const w = await world();
  const [ada, bob, eve] = [
    await w.member("ada", { handle: "ada", addressKeys: [] }),
    await w.member("bob", { handle: "bob", addressKeys: [] }),
    await w.member("eve", { handle: "eve", addressKeys: [] }),
  ];
  const chn = await w.channel(ada, { name: "Plan" });
  await w.puts(bob, chn);
  const messages = async (channel = chn) =>
    (await w.partition(keys.messages(w.org, channel))).filter(({ authorKind }) => authorKind !== "system");
  const row = async ({ userId }: TestPerson, channel = chn) =>
    await w.item(keys.personChannel(w.org, userId, channel));
  return { ...w, ...commands(w), w, ada, bob, eve, chn, messages, row };
}

test("MSG-13, MSG-3 /me posts what somebody does, once for its nonce", async () => {
  const { say, bob, chn, messages } = await room();
  const first = await say(bob, chn, "/ME waves **twice**", { nonce: "one" });
  expect(first).toMatchObject({
    status: 200,
    body: { command: "me", message: { text: "/me waves **twice**" } },
  });
  expect((await say(bob, chn, "/me waves **twice**", { nonce: "one" })).body).toEqual(first.body);
  expect(await messages()).toHaveLength(1);
});

test("MSG-13, MSG-12 /topic and /rename change the channel as its own route does, and are told", async () => {
  const { say, ada, bob, chn, ask, told } = await room();
  expect(await say(bob, chn, "/topic Release **today**")).toMatchObject({
    status: 200,
    body: { command: "topic" },
  });
  expect(await say(ada, chn, "/rename Big plans")).toMatchObject({ status: 200 });
  expect(await ask(bob, "GET /channels/{chn}", chn)).toMatchObject({
    body: { name: "Big plans", header: "Release **today**" },
  });
  expect(await told(chn)).toMatchObject([
    { kind: "header-changed", actorId: bob.userId },
    { kind: "renamed", actorId: ada.userId, text: "Big plans" },
  ]);
});

test("MSG-13, CH-6 a refused command says by which rule, to its author alone", async () => {
  const { say, bob, chn, ask, told, messages } = await room();
  expect(await say(bob, chn, "/rename Mine")).toMatchObject({
    status: 403,
    body: { code: "not-channel-admin", rule: "CH-6" },
  });
  expect(await say(bob, chn, "/kick @ada")).toMatchObject({ status: 403, body: { rule: "CH-6" } });
  expect(await say(bob, chn, `/rename ${"x".repeat(65)}`)).toMatchObject({ status: 403 });
  expect(await ask(bob, "GET /channels/{chn}", chn)).toMatchObject({ body: { name: "Plan" } });
  expect([await told(chn), await messages()]).toEqual([[], []]);
});

test("MSG-13 a refused command has written nothing, and a member who has left a private channel is told so again", async () => {
  const { say, ada, bob, eve, w } = await room();
  const chn = await w.channel(ada, { name: "Secret", type: "private" });
  await w.puts(bob, chn);
  const kept = async () =>
    await Promise.all(
      [eve, bob].map(async ({ userId }) => await w.partition(keys.idempotency(userId, "").pk)),
    );
  const before = await kept();
  const outsiders = [
    [eve, 404],
    [personWith("stranger@example.com"), 404],
  ] as const;
  for (const [who, status] of outsiders)
    for (const text of ["/leave", "/rename Ours", "/mute"])
      expect(await say(who, chn, text)).toMatchObject({ status, body: { code: "not-found" } });
  expect(await say(bob, chn, "/rename Ours")).toMatchObject({ status: 403 });
  expect(await kept()).toEqual(before);
  for (let count = 0; count < 2; count += 1)
    expect(await say(bob, chn, "/leave", { nonce: "gone" })).toMatchObject({ status: 200 });
  expect(await say(bob, chn, "/leave", { nonce: "another" })).toMatchObject({ status: 404 });
});

test("MSG-13 what a route would not take, no command does", async () => {
  const { say, ada, chn } = await room();
  expect(await say(ada, chn, `/rename ${"x".repeat(65)}`)).toMatchObject({
    status: 400,
    body: { code: "invalid-request", errors: [{ path: "name" }] },
  });
  expect(await say(ada, chn, "/nothing")).toMatchObject({ status: 400, body: { code: "unknown-command" } });
  expect(await say(ada, chn, "/kick")).toMatchObject({
    status: 400,
    body: { code: "command-arguments", usage: "/kick @person" },
  });
  expect(await say(ada, chn, `/me ${"x".repeat(16_000)}`)).toMatchObject({
    body: { code: "message-too-long", rule: "MSG-1" },
  });
});

test("MSG-13, CH-8 /invite adds people by their handles, and answers for each", async () => {
  const { say, bob, eve, chn, row } = await room();
  const answer = await say(bob, chn, "/invite @Eve @ada @nobody", { nonce: "one" });
  expect(answer).toMatchObject({
    status: 200,
    body: {
      results: [
        { handle: "eve", status: "added" },
        { handle: "ada", status: "already-member" },
        { handle: "nobody", status: "not-found" },
      ],
    },
  });
  expect(await row(eve)).toMatchObject({ role: "member" });
  const again = await say(bob, chn, "/invite @Eve @ada @nobody", { nonce: "one" });
  expect(again.body).toEqual(answer.body);
  expect(await say(bob, chn, "/invite @nobody")).toMatchObject({ status: 404 });
});

test("MSG-13, CH-6 /kick removes somebody once, however often it is sent", async () => {
  const { say, ada, bob, chn, row, told } = await room();
  const answers = [];
  for (let count = 0; count < 2; count += 1)
    answers.push(await say(ada, chn, "/kick @bob", { nonce: "one" }));
  for (const answer of answers) expect(answer).toMatchObject({ status: 200, body: { command: "kick" } });
  expect(await row(bob)).toBeUndefined();
  expect(await told(chn)).toHaveLength(1);
  expect(await say(ada, chn, "/kick @bob")).toMatchObject({ status: 404 });
  expect(await say(ada, chn, "/kick @nobody")).toMatchObject({ status: 404 });
  expect(await say(ada, chn, "/away", { nonce: "one" })).toMatchObject({
    status: 422,
    body: { code: "idempotency-key-reused" },
  });
});

test("MSG-13, CH-1 /leave leaves, and is answered the same when it is repeated; nobody leaves General", async () => {
  const { say, bob, chn, row, general } = await room();
  for (let count = 0; count < 2; count += 1)
    expect(await say(bob, chn, "/leave", { nonce: "one" })).toMatchObject({ status: 200 });
  expect(await row(bob)).toBeUndefined();
  expect(await say(bob, general, "/leave")).toMatchObject({ status: 409, body: { rule: "CH-1" } });
});

test("MSG-13, CH-11 /mute and /fav set what they say, and take it back", async () => {
  const { say, bob, chn, row } = await room();
  await say(bob, chn, "/mute");
  await say(bob, chn, "/mute");
  await say(bob, chn, "/fav");
  expect(await row(bob)).toMatchObject({ isMuted: true, isFavourite: true });
  await say(bob, chn, "/mute off");
  await say(bob, chn, "/fav off");
  expect(await row(bob)).toMatchObject({ isMuted: false, isFavourite: false });
});

test("MSG-13, PRS-1, PRS-2 /away, /dnd, /online and /status say how somebody is", async () => {
  const { say, bob, chn, w } = await room();
  const status = async (text: string, body: object = {}) => (await say(bob, chn, text, body)).body.status;
  expect(await status("/away")).toEqual({ userId: bob.userId, presence: "away" });
  expect(await status("/dnd")).toMatchObject({ presence: "dnd" });
  const until = (await status("/dnd 2h")).until;
  expect(Date.parse(until) - Date.now()).toBeGreaterThan(7_190_000);
  const evening = await status("/dnd 2099-12-24 18:00", { utcOffsetMinutes: 60 });
  expect(evening).toMatchObject({ until: "2099-12-24T17:00:00.000Z" });
  expect(await status("/status 🌴 On holiday")).toMatchObject({
    presence: "dnd",
    custom: { emoji: "🌴", text: "On holiday" },
  });
  expect(await status("/status")).not.toHaveProperty("custom");
  expect(await status("/online")).toEqual({ userId: bob.userId, presence: "offline" });
  expect(await w.item(keys.status(w.org, bob.userId))).not.toHaveProperty("manual");
  expect(await say(bob, chn, "/dnd 2020-01-01")).toMatchObject({ status: 400, body: { rule: "PRS-1" } });
  expect(await say(bob, chn, `/status ${"x".repeat(101)}`)).toMatchObject({ status: 400 });
});

test("MSG-13, CH-3, MSG-3 /msg opens the conversation and posts in it once", async () => {
  const { say, bob, eve, chn, messages } = await room();
  const opened = await say(bob, chn, "/msg @eve");
  expect(opened).toMatchObject({ status: 200, body: { command: "msg", channel: { type: "direct" } } });
  const first = await say(bob, chn, "/msg @eve Are you there?", { nonce: "one" });
  expect(first.body).toMatchObject({
    channel: { id: opened.body.channel.id, userIds: expect.arrayContaining([eve.userId]) },
    message: { text: "Are you there?" },
  });
  const again = await say(bob, chn, "/msg @eve Are you there?", { nonce: "one" });
  expect(again.body.message).toEqual(first.body.message);
  expect(await messages(opened.body.channel.id)).toHaveLength(1);
  expect(await messages()).toEqual([]);
});

test("MSG-13, BOT-1, BOT-2 /msg reaches the assistant, of members and guests alike", async () => {
  const { say, bob, chn, w } = await room();
  for (const who of [bob, await w.guest("gil", [chn])])
    expect(await say(who, chn, "/msg @assistant 2 + 3")).toMatchObject({
      status: 200,
      body: { channel: { type: "direct" }, message: { text: "2 + 3" } },
    });
});

test("MSG-13, INV-15 /msg to nobody, and to oneself, opens nothing", async () => {
  const { say, bob, chn, w } = await room();
  expect(await say(bob, chn, "/msg @nobody hi")).toMatchObject({ status: 404, body: { rule: "INV-15" } });
  expect(await say(bob, chn, "/msg @bob hi")).toMatchObject({ body: { code: "too-few-people" } });
  expect(await say(bob, chn, `/msg @ada ${"x".repeat(16_001)}`)).toMatchObject({ status: 400 });
  expect(w.ids(await w.ask(bob, "GET /channels", undefined, { query: { type: "direct" } }))).toEqual([]);
});

test("GST-2 a guest uses commands, except those that invite, remove, rename or change headers", async () => {
  const { say, ask, chn, w, messages, told } = await room();
  const gil = await w.guest("gil", [chn]);
  for (const text of ["/invite @eve", "/kick @bob", "/rename Ours", "/topic Ours", "/header Ours"])
    expect(await say(gil, chn, text)).toMatchObject({
      status: 403,
      body: { code: "guest-restricted", rule: "GST-2", detail: expect.stringContaining("Guests use slash") },
    });
  expect([await told(chn), await messages()]).toEqual([[], []]);
  for (const text of ["/me waves", "/mute", "/fav", "/away", "/dnd 1h", "/status 🌴", "/online", "/help"])
    expect(await say(gil, chn, text)).toMatchObject({ status: 200 });
  expect(await ask(gil, "GET /channels/{chn}", chn)).toMatchObject({ body: { me: { muted: true } } });
});

test("GST-8, GST-16 a guest writes to those they share a channel with; others are nobody to them, like strangers", async () => {
  const { say, chn, w } = await room();
  const gil = await w.guest("gil", [chn]);
  expect(await say(gil, chn, "/msg @bob hello")).toMatchObject({
    status: 200,
    body: { message: { text: "hello" } },
  });
  const [eve, nobody] = [await say(gil, chn, "/msg @eve hello"), await say(gil, chn, "/msg @nobody hello")];
  expect(eve).toMatchObject({ status: 404, body: { code: "not-found", rule: "GST-16" } });
  expect(nobody.body).toEqual(eve.body);
});

test("GINV-1, MSG-13 a guest is not added by who gives no guests channels", async () => {
  const { say, bob, chn, w } = await room();
  const other = await w.channel(bob, { name: "Other" });
  const gil = await w.guest("gil", [chn]);
  const record = await w.item(keys.member(w.org, gil.userId));
  const answer = await say(bob, other, `/invite @${String(record?.["handle"])}`);
  expect(answer.body.results ?? answer.body).toMatchObject([{ status: "not-allowed" }]);
});

test("MSG-13, GST-9, CH-5 nobody uses commands where they are not", async () => {
  const { say, list, eve, chn, w } = await room();
  const hidden = await w.channel(eve, { name: "Hidden", type: "private" });
  const gil = await w.guest("gil", [chn]);
  const bob = await w.member("bernd");
  for (const text of ["/me waves", "/help", "/away"]) {
    expect(await say(eve, chn, text)).toMatchObject({
      status: 403,
      body: { code: "not-channel-member", rule: "MSG-13" },
    });
    expect(await say(bob, hidden, text)).toMatchObject({ status: 404, body: { rule: "CH-5" } });
    expect(await say(gil, hidden, text)).toMatchObject({ status: 404, body: { rule: "GST-9" } });
  }
  expect(await list(eve, chn)).toMatchObject({ status: 403 });
  expect(await list(gil, hidden)).toMatchObject({ status: 404 });
});

test("MSG-13, GST-2 the commands are listed with what one may use, and why not", async () => {
  const { list, ada, bob, chn, w } = await room();
  const gil = await w.guest("gil", [chn]);
  const refused = async (as: TestPerson) =>
    (await list(as, chn)).body.items
      .filter(({ allowed }: { allowed: boolean }) => !allowed)
      .map(({ name, code, rule }: Record<string, string>) => `${name} ${code} ${rule}`);
  expect(await refused(ada)).toEqual([]);
  expect(await refused(bob)).toEqual(["rename not-channel-admin CH-6", "kick not-channel-admin CH-6"]);
  expect(await refused(gil)).toEqual(
    ["topic", "rename", "invite", "kick"].map((name) => `${name} guest-restricted GST-2`),
  );
  expect((await list(ada, chn)).body.items[0]).toEqual({
    name: "me",
    usage: "/me <text>",
    description: "Say what you are doing",
    allowed: true,
    code: "allowed",
    rule: null,
  });
});

test("MSG-13 /help lists what its reader may use; of one it says why they may not", async () => {
  const { say, bob, chn } = await room();
  const all = (await say(bob, chn, "/help")).body.text;
  expect(all).toContain("/topic <text>");
  expect(all).not.toContain("/rename");
  expect((await say(bob, chn, "/help rename")).body.text).toContain("CH-6");
});

test("CH-7 in an archived channel nothing is posted or changed by command", async () => {
  const { say, ada, chn, ask } = await room();
  await ask(ada, "POST /channels/{chn}/archive", chn, { body: {} });
  for (const text of ["/me waves", "/topic x", "/rename x", "/invite @eve"])
    expect(await say(ada, chn, text)).toMatchObject({ status: 409, body: { rule: "CH-7" } });
  expect(await say(ada, chn, "/away")).toMatchObject({ status: 200 });
});
