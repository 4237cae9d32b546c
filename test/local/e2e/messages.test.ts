import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { LocalStack } from "../../../infra/local/contracts.ts";
import { startLocalStack } from "../../../infra/local/start-local-stack.ts";
import { E2E, PATIENCE_MS } from "../../support/e2e-stack.ts";
import { everyPage } from "../../support/every-page.ts";
import { connect, type LiveConnection } from "../../support/live-connection.ts";
import { accept, inviteAllByLink, inviteAndAccept, newOrganization } from "../../support/organization.ts";
import { type Person, person } from "../../support/person.ts";
import { expectProblem } from "../../support/problem.ts";
import { quietStream } from "../../support/quiet-stream.ts";
import { advance, setFaults } from "../../support/stack-control.ts";
import { storedItems } from "../../support/stored-items.ts";
import { until } from "../../support/until.ts";
import { untilServed } from "../../support/until-served.ts";

let stack: LocalStack;
beforeAll(async () => {
  stack = await startLocalStack(E2E);
}, PATIENCE_MS);
afterEach(() => setFaults(stack));
afterAll(() => stack?.stop());

const FRAME_BYTES = 32 * 1024;

/** Somebody reading one channel over one connection after the other, as a client does: by `seq`, asking for what it lacks. */
async function readerOf(who: Person, org: string, channel: string) {
  const connections: LiveConnection[] = [await connect(who, org)];
  const resumed = new Map<number, string>();
  const seen = () => {
    const all = new Map(resumed);
    for (const { events } of connections) {
      for (const { type, channelId, seq, message } of events) {
        if (
          type === "message.posted" &&
          channelId === channel &&
          seq !== undefined &&
          message !== undefined
        ) {
          if (all.has(seq)) expect(message.id).toBe(all.get(seq));
          all.set(seq, message.id);
        }
      }
    }
    return all;
  };
  const contiguous = () => {
    const have = seen();
    let highest = 0;
    while (have.has(highest + 1)) highest += 1;
    return highest;
  };
  return {
    who,
    seen,
    contiguous,
    connections,
    current: () => connections.at(-1) ?? expect.fail("a connection"),
    /** Loses the line without a word and comes back; what was missed is asked for. */
    async dropOut() {
      connections.at(-1)?.cut();
      connections.push(await connect(who, org));
      await this.resume();
    },
    async resume() {
      for (let more = true; more; ) {
        const reply = await this.current().ask("resume", { channels: { [channel]: contiguous() } });
        const missed = reply.channels?.[channel];
        if (!reply.ok || missed?.messages === undefined) throw new Error(JSON.stringify(reply));
        for (const { seq, id } of missed.messages) resumed.set(seq, id);
        more = missed.more;
      }
    },
  };
}

type Posted = { seq: number; id: string; isNew: boolean };

async function postByHttp(
  who: Person,
  org: string,
  channel: string,
  text: string,
  nonce: string,
): Promise<Posted> {
  const answer = await untilServed(() =>
    who.send("POST", `/v1/organizations/${org}/channels/${channel}/messages`, { body: { text, nonce } }),
  );
  expect([200, 201]).toContain(answer.status);
  const { seq, id } = answer.body as { seq: number; id: string };
  return { seq, id, isNew: answer.status === 201 };
}

async function postByFrame(
  on: LiveConnection,
  channelId: string,
  text: string,
  nonce: string,
): Promise<Posted> {
  const reply = await untilServed(async () => {
    const answered = await on.ask("post", { channelId, text, nonce });
    return { ...answered, status: answered.problem?.status ?? 200 };
  });
  if (!reply.ok || reply.message === undefined) throw new Error(JSON.stringify(reply.problem));
  return { seq: reply.message.seq, id: reply.message.id, isNew: reply.duplicate === false };
}

/** Does all of it with so many at once. */
async function inLanes(lanes: number, jobs: readonly (() => Promise<void>)[]): Promise<void> {
  const queue = jobs.values();
  const work = async () => {
    for (const job of queue) await job();
  };
  await Promise.all(Array.from({ length: lanes }, work));
}

/** MSG-9: the figures of a message, and the list behind them, are the same however many react in the same moment. */
async function allReactAtOnce(people: readonly Person[], org: string, channel: string): Promise<void> {
  const path = (emoji: string) =>
    `/v1/organizations/${org}/channels/${channel}/messages/1/reactions/${encodeURIComponent(emoji)}`;
  const emojis = ["👍", "🎉"];
  const answers = await Promise.all(
    people.flatMap((who) => emojis.map((emoji) => untilServed(() => who.send("PUT", path(emoji))))),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  const [first] = people;
  if (first === undefined) throw new Error("nobody");
  const { reactions } = await first.client.getMessage(org, channel, 1);
  const everybody = people.map(({ userId }) => userId).sort();
  for (const emoji of emojis) {
    const shown = reactions.find((each) => each.emoji === emoji);
    expect({ count: shown?.count, userIds: [...(shown?.userIds ?? [])].sort() }).toEqual({
      count: people.length,
      userIds: everybody,
    });
    const listed = await first.client.listReactions(org, channel, 1, { emoji, limit: 200 });
    expect(listed.items.map(({ userId }) => userId).sort()).toEqual(everybody);
  }
}

const PEOPLE = 20;
const EACH = 50;
const ALL = PEOPLE * EACH;
const TENTH = ALL / 10;

test(`MSG-2 MSG-3 MSG-4 MSG-9 CALL-4 ${PEOPLE} people post ${EACH} messages each at once, every tenth one twice: 1…${ALL}, to everybody once, to nobody else; then they react at once, and a call warns`, async () => {
  const founder = await person(stack, "founder");
  const { id: org, general } = await newOrganization(founder);
  const joining = await Promise.all(Array.from({ length: PEOPLE - 1 }, () => person(stack, "member")));
  const invited = await inviteAllByLink(founder, org, joining);
  await inLanes(
    4,
    invited.map(
      ({ who, secret }) =>
        async () =>
          void (await accept(who, secret)),
    ),
  );
  const people = [founder, ...joining];

  // Outside: somebody of another organization, and one of these people where they are in another one as well.
  const stranger = await person(stack, "stranger");
  const elsewhere = await newOrganization(stranger);
  const both = people[1] ?? expect.fail("a second person");
  const second = await newOrganization(both);
  const outside = [await connect(stranger, elsewhere.id), await connect(both, second.id)];

  const readers = await Promise.all(people.map((who) => readerOf(who, org, general)));
  const unsteady = readers.filter((_, index) => index % 4 === 3);
  const places = new Map<string, Posted[]>();
  let done = 0;

  const jobs = readers.flatMap(({ who, connections }, index) =>
    Array.from({ length: EACH }, (_, count) => async () => {
      const nonce = `${index}-${count}`;
      const text = `message ${count} of ${index}`;
      const first = connections[0];
      const isUnsteady = index % 4 === 3;
      const byFrame = count % 2 === 0 && !isUnsteady && first !== undefined;
      const post = () =>
        byFrame ? postByFrame(first, general, text, nonce) : postByHttp(who, org, general, text, nonce);
      const again = () => postByHttp(who, org, general, text, nonce);
      places.set(nonce, await Promise.all(count % 10 === 0 ? [post(), again()] : [post()]));
      done += 1;
      // Lines break all the while.
      const breaks = done % TENTH === 0 ? unsteady[(done / TENTH) % unsteady.length] : undefined;
      await breaks?.dropOut();
    }),
  );
  // Everybody posts at the same time: by turns in the queue, forty requests under way.
  const byTurns = Array.from(
    { length: jobs.length },
    (_, at) => jobs[(at % PEOPLE) * EACH + Math.floor(at / PEOPLE)],
  );
  await inLanes(
    40,
    byTurns.flatMap((job) => job ?? []),
  );

  const expected = Array.from({ length: ALL }, (_, index) => index + 1);
  const ids = new Map<number, string>();
  for (const posted of places.values()) {
    expect(new Set(posted.map(({ seq, id }) => `${seq} ${id}`)).size).toBe(1);
    expect(posted.filter(({ isNew }) => isNew).length).toBeLessThanOrEqual(1);
    for (const { seq, id } of posted) ids.set(seq, id);
  }
  expect([...ids.keys()].sort((a, b) => a - b)).toEqual(expected);

  for (const reader of unsteady) await reader.resume();
  for (const reader of readers) {
    await until(`all messages at ${reader.who.email}`, () => reader.contiguous() === ALL, 60_000);
    expect(reader.seen()).toEqual(new Map(expected.map((seq) => [seq, ids.get(seq)])));
    for (const { eventFrameSizes } of reader.connections) {
      expect(Math.max(0, ...eventFrameSizes)).toBeLessThanOrEqual(FRAME_BYTES);
    }
  }
  expect(unsteady.every(({ connections }) => connections.length > 1)).toBe(true);

  const history = await everyPage((page) =>
    founder.client.listMessages(org, general, { limit: 200, ...page }),
  );
  expect(history.map(({ seq, id }) => [seq, id])).toEqual(
    expected.toReversed().map((seq) => [seq, ids.get(seq)]),
  );
  expect((await founder.client.getChannel(org, general)).lastSeq).toBe(ALL);

  // MSG-3, long after: the same nonces, the same messages.
  const old = [...places].filter(([, [posted]]) => posted !== undefined && posted.seq > ALL - 700);
  const chosen = Array.from({ length: 50 }, (_, index) => old[Math.floor((index * old.length) / 50)]);
  await inLanes(
    10,
    chosen.map((entry) => async () => {
      const [nonce, [before]] = entry ?? expect.fail("a nonce");
      const who = people[Number(nonce.split("-")[0])] ?? expect.fail("its author");
      expect(await postByHttp(who, org, general, "again", nonce)).toEqual({ ...before, isNew: false });
    }),
  );
  expect((await founder.client.getChannel(org, general)).lastSeq).toBe(ALL);

  await allReactAtOnce(people, org, general);
  const call = await founder.client.startCall(org, general);
  expect(call).toMatchObject({ warning: "many-people", state: "running" });
  await founder.client.endCall(org, call.id);

  await quietStream(stack);
  for (const { events, frames } of outside) {
    expect(events.filter(({ type }) => type.startsWith("message."))).toEqual([]);
    expect(JSON.stringify(frames)).not.toContain(general);
  }
  // The call's message and what its thread tells of it came on top.
  for (const reader of readers) await until("the call's end", () => reader.contiguous() === ALL + 3);
  await Promise.all([...readers.map((reader) => reader.current()), ...outside].map((one) => one.close()));
}, 240_000);

async function pair() {
  const founder = await person(stack, "founder");
  const { id: org, general } = await newOrganization(founder);
  const member = await inviteAndAccept(stack, founder, org, "member");
  return { founder, member, org, general };
}

describe("MSG-4 delivery when frames go astray", () => {
  test.each([
    ["drop" as const, 0.5],
    ["duplicate" as const, 0.5],
    ["reorder" as const, 0.5],
    ["throttle" as const, 0.5],
    ["error" as const, 0.5],
    ["error-after" as const, 0.5],
  ])("%s half of them: by asking for what is missing, nothing is lost or doubled", async (effect, rate) => {
    const { founder, member, org, general } = await pair();
    const reader = await readerOf(member, org, general);
    await setFaults(stack, { target: "connections", effect, rate, seed: 7 });
    for (let count = 0; count < 20; count += 1) {
      await founder.client.postMessage(org, general, { text: `message ${count}` });
    }
    await quietStream(stack);
    await setFaults(stack);
    await reader.resume();
    expect(reader.contiguous()).toBe(20);
    expect(reader.seen().size).toBe(20);
    await reader.current().close();
  });

  test("a connection that is being opened while something is delivered hears what comes after", async () => {
    const { founder, member, org, general } = await pair();
    const bystander = await connect(founder, org);
    // On the list, and not open yet: what the gateway says of it in between is "gone".
    const match = { function: "socket", operation: "GetItem" };
    await setFaults(stack, { target: "dynamodb", match, effect: "delay", delayMs: 1500, times: 1 });
    const opening = connect(member, org);
    await until("the new connection on the list", async () =>
      [...(await storedItems(stack, `O#${org}#LIVE`)).values()].some(
        (item) => item.includes(member.userId) && item.includes('"connections":["'),
      ),
    );
    await founder.client.postMessage(org, general, { text: "too early" });
    await bystander.event("message.posted");
    const connection = await opening;
    await quietStream(stack);
    await founder.client.postMessage(org, general, { text: "in time" });
    await connection.event("message.posted", ({ message }) => message?.text === "in time");
    await Promise.all([connection.close(), bystander.close()]);
  });

  test("a relay that dies while it delivers does so again: everybody has the message", async () => {
    const { founder, member, org, general } = await pair();
    const readers = [await readerOf(founder, org, general), await readerOf(member, org, general)];
    await setFaults(stack, { target: "connections", effect: "kill", times: 1 });
    await founder.client.postMessage(org, general, { text: "still heard" });
    for (const reader of readers) await until("the message", () => reader.contiguous() === 1);
    await Promise.all(readers.map((reader) => reader.current().close()));
  });
});

describe("MSG-2 holes", () => {
  const crash = { function: "message", operation: "PutItem" };

  test("a function that dies between number and message: the author's repetition fills the hole", async () => {
    const { founder, member, org, general } = await pair();
    await setFaults(stack, { target: "dynamodb", match: crash, effect: "kill", times: 1 });
    const path = `/v1/organizations/${org}/channels/${general}/messages`;
    const lost = { text: "first", nonce: "the-first" };
    expect((await founder.send("POST", path, { body: lost })).status).toBe(500);
    const later = await member.client.postMessage(org, general, { text: "second" });
    expect(later.seq).toBe(2);
    const again = await founder.send("POST", path, { body: lost });
    expect(again.body).toMatchObject({ seq: 1, text: "first" });
    const { items } = await member.client.listMessages(org, general);
    expect(items.map(({ seq, text }) => [seq, text])).toEqual([
      [2, "second"],
      [1, "first"],
    ]);
  });

  test("without one: a marker stands there before long, and the late author gets another number", async () => {
    const { founder, member, org, general } = await pair();
    await setFaults(stack, { target: "dynamodb", match: crash, effect: "kill", times: 1 });
    const path = `/v1/organizations/${org}/channels/${general}/messages`;
    const lost = { text: "first", nonce: "the-first" };
    expect((await founder.send("POST", path, { body: lost })).status).toBe(500);
    await member.client.postMessage(org, general, { text: "second" });
    // Younger than a few seconds, the hole's message may still come: the channel ends before it.
    expect((await member.client.listMessages(org, general)).items).toEqual([]);
    await advance(stack, 10);
    const { items } = await member.client.listMessages(org, general);
    expect(items).toMatchObject([
      { seq: 2, text: "second" },
      { seq: 1, text: "", deleted: true, author: { kind: "system" } },
    ]);
    const again = await founder.send("POST", path, { body: lost });
    expect(again.body).toMatchObject({ seq: 3, text: "first" });
    expect((await founder.send("POST", path, { body: lost })).body).toMatchObject({ seq: 3 });
  });
});

describe("MSG-1", () => {
  test("16 000 characters are stored as given; one more, or none, is refused", async () => {
    const { founder, org, general } = await pair();
    const path = `/v1/organizations/${org}/channels/${general}/messages`;
    const post = (text: string) =>
      founder.send("POST", path, { body: { text, nonce: text.slice(0, 9) || "n" } });
    const longest = `# A *title*\n${"é".repeat(16_000 - 12)}`;
    const answer = await post(longest);
    expect(answer).toMatchObject({ status: 201, body: { text: longest, seq: 1 } });
    expectProblem(await post(`${longest}!`), 400, "message-too-long");
    expectProblem(await post(""), 400, "message-empty");
    expectProblem(await post(" \n\t "), 400, "message-empty");
    expect((await founder.client.getChannel(org, general)).lastSeq).toBe(1);
  });

  test("MSG-4 a message longer than a frame is told of, and fetched", async () => {
    const { founder, member, org, general } = await pair();
    const connection = await connect(member, org);
    const text = "\u{1F600}".repeat(16_000);
    const { seq } = await founder.client.postMessage(org, general, { text });
    const event = await connection.event("message.posted", ({ channelId }) => channelId === general);
    expect(event).toMatchObject({ channelId: general, seq, tooLarge: true });
    expect((await member.client.getMessage(org, general, seq)).text).toBe(text);
    for (const size of connection.eventFrameSizes) expect(size).toBeLessThanOrEqual(FRAME_BYTES);
    await connection.close();
  });
});

test("MSG-5 history by before, after and around, newest first", async () => {
  const { founder, member, org, general } = await pair();
  for (let count = 1; count <= 12; count += 1) {
    await founder.client.postMessage(org, general, { text: `message ${count}` });
  }
  const seqs = async (query: { before?: number; after?: number; around?: number; limit?: number }) =>
    (await member.client.listMessages(org, general, query)).items.map(({ seq }) => seq);
  expect(await seqs({ limit: 3 })).toEqual([12, 11, 10]);
  expect(await seqs({ before: 4 })).toEqual([3, 2, 1]);
  expect(await seqs({ after: 9 })).toEqual([12, 11, 10]);
  expect(await seqs({ after: 3, limit: 2 })).toEqual([5, 4]);
  expect(await seqs({ around: 6, limit: 4 })).toEqual([7, 6, 5, 4]);
  expect(await seqs({ before: 1 })).toEqual([]);
  expect(await seqs({ after: 12 })).toEqual([]);
  const paged = await everyPage((page) => member.client.listMessages(org, general, { limit: 5, ...page }));
  expect(paged.map(({ seq }) => seq)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
});

test("CH-11 MSG-11 a read mark never moves back, by whichever way it is set", async () => {
  const { founder, member, org, general } = await pair();
  for (let count = 0; count < 3; count += 1)
    await founder.client.postMessage(org, general, { text: "hello" });
  const connection = await connect(member, org);
  expect(await connection.ask("read", { channelId: general, seq: 2 })).toMatchObject({
    ok: true,
    lastReadSeq: 2,
  });
  expect(await member.client.changeMyChannel(org, general, { lastReadSeq: 1 })).toMatchObject({
    lastReadSeq: 2,
  });
  expect(await member.client.changeMyChannel(org, general, { lastReadSeq: 3 })).toMatchObject({
    lastReadSeq: 3,
  });
  expect(await connection.ask("read", { channelId: general, seq: 4 })).toMatchObject({
    ok: false,
    problem: { status: 400, errors: [{ path: "seq" }] },
  });
  expect((await founder.client.getChannel(org, general)).me.lastReadSeq).toBe(0);
  await connection.close();
});
