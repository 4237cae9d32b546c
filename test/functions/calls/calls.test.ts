import { limitsFor } from "@vestibule/domain/plans";
import { expect, test, vi } from "vitest";
import { isId } from "../../../functions/shell/ids.ts";
import { keys } from "../../../functions/table/keys.ts";
import type { TestPerson } from "../shell/caller.ts";
import { type CallWorld, callWorld } from "./world.ts";

const world = callWorld();

const stateOf = (participants: { userId: string; state: string }[], { userId }: TestPerson) =>
  participants.find((one) => one.userId === userId)?.state;

/** Ada, Bob and Cid in a group conversation. */
async function three(w: CallWorld) {
  const [ada, bob, cid] = [await w.member("ada"), await w.member("bob"), await w.member("cid")];
  return { ada, bob, cid, chn: await w.conversation(ada, bob, cid) };
}

const dnd = async (w: CallWorld, { userId }: TestPerson, manualUntil?: number) =>
  await w.write({
    label: "status",
    put: {
      ...keys.status(w.org, userId),
      manual: "dnd",
      ...(manualUntil === undefined ? {} : { manualUntil }),
      changedAt: new Date().toISOString(),
      version: 1,
    },
  });

test("CALL-1 CALL-2 CALL-3 a call is a link and a message, rings the others, and tells its start in its thread", async () => {
  const w = await world();
  const { ada, bob, cid, chn } = await three(w);
  const { status, body } = await w.start(ada, chn);
  expect(status).toBe(201);
  expect(body).toMatchObject({
    channelId: chn,
    url: "https://meet.example/room-1",
    startedBy: ada.userId,
    state: "ringing",
  });
  expect(body).not.toHaveProperty("warning");
  expect(isId("call", body.id)).toBe(true);
  expect([ada, bob, cid].map((who) => stateOf(body.participants, who))).toEqual([
    "accepted",
    "ringing",
    "ringing",
  ]);
  expect(await w.message(chn, body.seq)).toMatchObject({
    authorKind: "system",
    system: { kind: "call-started", actorId: ada.userId },
    call: { callId: body.id, state: "ringing", url: body.url, participants: body.participants },
  });
  expect(await w.thread(chn, body.seq)).toEqual(["call-started"]);
});

test("CALL-2 PRS-4 who is in DND is not rung, and has missed it; an end that is past disturbs nobody's rings", async () => {
  const w = await world();
  const { ada, bob, cid, chn } = await three(w);
  await dnd(w, bob);
  await dnd(w, cid, Date.now() - 1);
  const { participants } = (await w.start(ada, chn)).body;
  expect([bob, cid].map((who) => stateOf(participants, who))).toEqual(["missed", "ringing"]);
});

test("CALL-2 a channel rings nobody", async () => {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const chn = await w.channel(ada, { name: "Plan" });
  await w.puts(bob, chn);
  const { body } = await w.start(ada, chn);
  expect(body.state).toBe("running");
  expect(body.participants).toMatchObject([{ userId: ada.userId, state: "accepted" }]);
});

test("CALL-4 more than 7 people in the channel are warned of, in General too; 7 are not", async () => {
  const w = await world();
  const people = [];
  for (const name of ["ada", "bob", "cid", "dan", "eve", "fay", "gus", "hal"])
    people.push(await w.member(name));
  const [ada, ...rest] = people as [TestPerson, ...TestPerson[]];
  const chn = await w.channel(ada, { name: "Plan" });
  for (const one of rest.slice(0, 6)) await w.puts(one, chn);
  const few = await w.start(ada, chn);
  expect(few.body).not.toHaveProperty("warning");
  await w.act(ada, few.body.id, "leave");
  await w.puts(rest[6] as TestPerson, chn);
  expect(await w.start(ada, chn)).toMatchObject({ status: 201, body: { warning: "many-people" } });
  await w.write({
    label: "seats",
    update: keys.organization(w.org),
    expression: "SET seatsHeld = :eight",
    values: { ":eight": 8 },
  });
  expect((await w.start(ada, w.general)).body.warning).toBe("many-people");
});

test("CALL-4 a second start is told of the running call, until that is over", async () => {
  const w = await world();
  const { ada, bob, chn } = await three(w);
  const { id } = (await w.start(ada, chn)).body;
  expect(await w.start(bob, chn)).toMatchObject({
    status: 409,
    body: { code: "call-running", rule: "CALL-4", callId: id },
  });
  await w.act(ada, id, "end");
  expect(await w.start(bob, chn)).toMatchObject({ status: 201 });
});

test("CALL-4 of two who start at the same time one does, and the other is told with which", async () => {
  const w = await world();
  const { ada, bob, chn } = await three(w);
  const answers = await Promise.all([w.start(ada, chn), w.start(bob, chn)]);
  const [won, lost] = answers.sort((one, other) => one.status - other.status);
  expect([won?.status, lost?.status]).toEqual([201, 409]);
  expect(lost?.body.callId).toBe(won?.body.id);
  expect(await w.partition(keys.calls(w.org))).toHaveLength(1);
  const loser = won?.body.startedBy === ada.userId ? bob : ada;
  expect(await w.status(loser)).toBeUndefined();
});

test("CALL-1 a repeated start under its key is the same call", async () => {
  const w = await world();
  const { ada, chn } = await three(w);
  const given = { headers: { "idempotency-key": "one" } };
  const [first, again] = [await w.start(ada, chn, given), await w.start(ada, chn, given)];
  expect(again).toMatchObject({ status: 201, body: { id: first.body.id, url: first.body.url } });
});

test("CALL-3 the message shows who accepted and who declined, as each does", async () => {
  const w = await world();
  const { ada, bob, cid, chn } = await three(w);
  const { id, seq } = (await w.start(ada, chn)).body;
  expect(await w.act(bob, id, "accept")).toMatchObject({ status: 200, body: { state: "running" } });
  await w.act(cid, id, "decline");
  const shown = await w.message(chn, seq);
  expect(shown).toMatchObject({
    call: { state: "running" },
    changedAt: expect.any(String),
    gsi1pk: keys.changes(w.org, chn),
  });
  const { participants } = (shown as { call: { participants: { userId: string; state: string }[] } }).call;
  expect([ada, bob, cid].map((who) => stateOf(participants, who))).toEqual([
    "accepted",
    "accepted",
    "declined",
  ]);
});

test("CALL-3 answers at the same time are all kept", async () => {
  const w = await world();
  const { ada, bob, cid, chn } = await three(w);
  const { id } = (await w.start(ada, chn)).body;
  await Promise.all([w.act(bob, id, "accept"), w.act(cid, id, "accept"), w.act(bob, id, "accept")]);
  const { participants } = (await w.act(ada, id, "GET")).body;
  expect([ada, bob, cid].map((who) => stateOf(participants, who))).toEqual(Array(3).fill("accepted"));
});

test("CALL-3 who has not answered within a minute has missed it, by whatever reads it; they may come yet", async () => {
  const w = await world();
  const { ada, bob, cid, chn } = await three(w);
  const { id, seq } = (await w.start(ada, chn)).body;
  vi.useFakeTimers({ now: Date.now() + 60_000, toFake: ["Date"] });
  const read = (await w.act(bob, id, "GET")).body;
  expect([stateOf(read.participants, bob), read.state]).toEqual(["missed", "running"]);
  await w.act(bob, id, "accept");
  expect(await w.message(chn, seq)).toMatchObject({
    call: {
      state: "running",
      participants: [{ state: "accepted" }, ...Array(2).fill({ state: expect.any(String) })],
    },
  });
  const after = (await w.act(ada, id, "GET")).body;
  expect([bob, cid].map((who) => stateOf(after.participants, who))).toEqual(["accepted", "missed"]);
  vi.useRealTimers();
});

test("CALL-3 the last one leaving ends it: told in the thread, nobody may come any more, leaving again changes nothing", async () => {
  const w = await world();
  const { ada, bob, cid, chn } = await three(w);
  const { id, seq } = (await w.start(ada, chn)).body;
  await w.act(bob, id, "accept");
  expect((await w.act(ada, id, "leave")).body.state).toBe("running");
  const over = await w.act(bob, id, "leave");
  expect(over).toMatchObject({ status: 200, body: { state: "ended", endedAt: expect.any(String) } });
  expect(stateOf(over.body.participants, cid)).toBe("missed");
  expect(await w.message(chn, seq)).toMatchObject({ call: { state: "ended", endedAt: over.body.endedAt } });
  expect(await w.thread(chn, seq)).toEqual(["call-started", "call-ended"]);
  expect(await w.item(keys.channelCall(w.org, chn))).toBeUndefined();
  expect(await w.item(keys.call(w.org, id))).not.toHaveProperty("gsi1pk");
  expect(await w.act(cid, id, "accept")).toMatchObject({ status: 409, body: { code: "call-over" } });
  expect(await w.act(bob, id, "leave")).toMatchObject({ status: 200, body: { endedAt: over.body.endedAt } });
  expect(await w.act(cid, id, "decline")).toMatchObject({ status: 200, body: { state: "ended" } });
});

test("CALL-3, MSG-3 no nonce of whoever started a call keeps its end from being told", async () => {
  const w = await world();
  const { ada, chn } = await three(w);
  const { id, seq } = (await w.start(ada, chn)).body;
  const posted = await w.messages(ada, chn, "POST", { body: { text: "mine", nonce: `${id}-call-ended` } });
  expect(posted).toMatchObject({ status: 201, body: { text: "mine" } });
  const again = await w.messages(ada, chn, "POST", { body: { text: "also mine", nonce: id } });
  expect(again).toMatchObject({ status: 201, body: { text: "also mine" } });
  await w.act(ada, id, "end");
  expect(await w.thread(chn, seq)).toEqual(["call-started", "call-ended"]);
});

test("CALL-3 the last ones leaving at the same time end it once", async () => {
  const w = await world();
  const { ada, bob, cid, chn } = await three(w);
  const { id, seq } = (await w.start(ada, chn)).body;
  await Promise.all([w.act(bob, id, "accept"), w.act(cid, id, "accept")]);
  await Promise.all([ada, bob, cid].map(async (who) => await w.act(who, id, "leave")));
  expect((await w.act(ada, id, "GET")).body.state).toBe("ended");
  expect(await w.thread(chn, seq)).toEqual(["call-started", "call-ended"]);
});

test("CALL-3 who comes while the last one leaves is in a call that goes on, or is told that it is over", async () => {
  const w = await world();
  const { ada, bob, chn } = await three(w);
  const { id } = (await w.start(ada, chn)).body;
  w.meanwhile(async () => await w.act(bob, id, "accept"));
  expect((await w.act(ada, id, "leave")).body.state).toBe("running");
  w.meanwhile(async () => await w.act(bob, id, "leave"));
  expect(await w.act(ada, id, "accept")).toMatchObject({ status: 409, body: { code: "call-over" } });
  expect(await w.status(ada)).not.toHaveProperty("callIds");
});

test("CALL-5 PRS-2 in a call the emoji stands before the own status, which comes back afterwards", async () => {
  const w = await world();
  const { ada, bob, chn } = await three(w);
  const custom = { emoji: "🌴", text: "away" };
  await w.write({
    label: "status",
    put: { ...keys.status(w.org, bob.userId), custom, changedAt: "2026-11-22T00:00:00.000Z", version: 3 },
  });
  const { id } = (await w.start(ada, chn)).body;
  expect(await w.status(ada)).toMatchObject({ callIds: [id] });
  await w.act(bob, id, "accept");
  expect(await w.status(bob)).toMatchObject({ custom, callIds: [id], version: 4 });
  await w.act(bob, id, "leave");
  expect(await w.status(bob)).toMatchObject({ custom, version: 5 });
  expect(await w.status(bob)).not.toHaveProperty("callIds");
  await w.act(bob, id, "accept");
  await w.act(ada, id, "end");
  for (const who of [ada, bob]) expect(await w.status(who)).not.toHaveProperty("callIds");
});

test("CALL-1 a call is ended for everybody by its starter, a channel admin or a chat admin, and by nobody else", async () => {
  const w = await world();
  const [ada, bob, cid] = [await w.member("ada"), await w.member("bob"), await w.member("cid")];
  const zoe = await w.member("zoe", { chatRole: "admin" });
  const chn = await w.channel(ada, { name: "Plan" });
  for (const one of [bob, cid, zoe]) await w.puts(one, chn);
  for (const ender of [bob, ada, zoe]) {
    const { id } = (await w.start(bob, chn)).body;
    expect(await w.act(cid, id, "end")).toMatchObject({ status: 403, body: { code: "not-call-manager" } });
    expect(await w.act(ender, id, "end")).toMatchObject({ status: 200, body: { state: "ended" } });
    expect(await w.act(ender, id, "end")).toMatchObject({ status: 200, body: { state: "ended" } });
  }
});

test("CALL-1 GST-9 a guest starts and joins calls where they were given a channel, and knows of no other", async () => {
  const w = await world();
  const ada = await w.member("ada");
  const [one, two] = [await w.channel(ada, { name: "One" }), await w.channel(ada, { name: "Two" })];
  const gil = await w.guest("gil", [one]);
  const { id } = (await w.start(gil, one)).body;
  expect(await w.act(ada, id, "accept")).toMatchObject({ status: 200 });
  const hidden = (await w.start(ada, two)).body.id;
  const unknown = `call_${"0".repeat(26)}`;
  const refusals = await Promise.all([hidden, unknown].map(async (call) => await w.act(gil, call, "GET")));
  expect(refusals[0]).toMatchObject({ status: 404, body: { rule: "GST-9" } });
  expect(refusals[1]).toEqual(refusals[0]);
  expect(await w.start(gil, two)).toMatchObject({ status: 404 });
});

test("INV-15 an outsider meets no call; CALL-1 nor does a member one of a channel that they are not in", async () => {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const chn = await w.channel(ada, { name: "Plan" });
  const { id } = (await w.start(ada, chn)).body;
  expect(await w.act(bob, id, "accept")).toMatchObject({ status: 403, body: { code: "not-channel-member" } });
  const other = await world();
  const eve = await other.member("eve");
  expect(await w.act(eve, id, "GET")).toMatchObject({ status: 404, body: { rule: "INV-15" } });
});

test("CH-7 nobody starts or joins a call in an archived channel, not even at that moment; they leave it", async () => {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const chn = await w.channel(ada, { name: "Plan" });
  await w.puts(bob, chn);
  const { id } = (await w.start(ada, chn)).body;
  w.meanwhile(async () => await w.ask(ada, "POST /channels/{chn}/archive", chn));
  const refusal = { status: 409, body: { code: "channel-archived" } };
  expect(await w.act(bob, id, "accept")).toMatchObject(refusal);
  expect(await w.status(bob)).toBeUndefined();
  expect(await w.act(ada, id, "leave")).toMatchObject({ status: 200, body: { state: "ended" } });
  expect(await w.start(ada, chn)).toMatchObject(refusal);
});

test("CALL-3 a call goes on, and shows nothing, when its message was deleted", async () => {
  const w = await world();
  const { ada, bob, chn } = await three(w);
  const { id, seq } = (await w.start(ada, chn)).body;
  await w.write({
    label: "message",
    update: keys.message(w.org, chn, seq),
    expression: "SET isDeleted = :yes REMOVE #call",
    names: { "#call": "call" },
    values: { ":yes": true },
  });
  expect(await w.act(bob, id, "accept")).toMatchObject({ status: 200, body: { state: "running" } });
  expect(await w.message(chn, seq)).not.toHaveProperty("call");
  expect(await w.act(ada, id, "end")).toMatchObject({ status: 200, body: { state: "ended" } });
});

test("CALL-1 whose start was cut short before its message: whoever acts on the call places it, once", async () => {
  const w = await world();
  const { ada, bob, cid, chn } = await three(w);
  const { id, seq } = (await w.start(ada, chn)).body;
  const cut = { label: "call", update: keys.call(w.org, id), expression: "REMOVE seq, isStartTold" };
  await w.write(cut, {
    label: "message",
    remove: keys.message(w.org, chn, seq),
  });
  const [one, other] = await Promise.all([w.act(bob, id, "accept"), w.act(cid, id, "accept")]);
  expect([one?.body.seq, other?.body.seq]).toEqual([seq, seq]);
  expect(await w.message(chn, seq)).toMatchObject({ call: { callId: id, state: "running" } });
});

test("CALL-2 a call whose message comes late, a start having been cut short, rings nobody after its minute", async () => {
  const w = await world();
  const { ada, bob, chn } = await three(w);
  const { id, seq } = (await w.start(ada, chn)).body;
  await w.write(
    {
      label: "call",
      update: keys.call(w.org, id),
      expression: "SET startedAt = :then REMOVE seq, isStartTold",
      values: { ":then": new Date(Date.now() - 61_000).toISOString() },
    },
    { label: "message", remove: keys.message(w.org, chn, seq) },
  );
  await w.act(bob, id, "GET");
  const missed = expect.objectContaining({ userId: bob.userId, state: "missed" });
  expect(await w.message(chn, seq)).toMatchObject({
    call: { callId: id, state: "running", participants: expect.arrayContaining([missed]) },
  });
});

test("SEAT-7 of a call that is over nothing is told once the plan hides its message", async () => {
  const w = await world({ limits: { ...limitsFor("essential"), historyDays: 0 } });
  const { ada, bob, chn } = await three(w);
  const { id } = (await w.start(ada, chn)).body;
  expect((await w.act(bob, id, "GET")).status).toBe(200);
  await w.act(ada, id, "end");
  for (const what of ["GET", "GET messages", "accept"])
    expect(await w.act(bob, id, what)).toMatchObject({ status: 404 });
});
