import { ASSISTANT_PHRASES } from "@vestibule/domain/assistant-phrases";
import type { Locale } from "@vestibule/domain/vocabulary";
import type { Context } from "aws-lambda";
import { describe, expect, test } from "vitest";
import { type Brain, builtInBrain, type Question } from "../../../functions/assistant/brain.ts";
import { assistantHandler } from "../../../functions/assistant/create-handler.ts";
import { messageDeps } from "../../../functions/message/message-deps.ts";
import { postMessage } from "../../../functions/message/post-message.ts";
import { assistantChannelId, assistantId, keys } from "../../../functions/table/keys.ts";
import { engineWorld } from "../channel/world.ts";
import { record } from "../relay/records.ts";
import type { TestPerson } from "../shell/caller.ts";

const world = engineWorld();
const context = (leftMs = 60_000) => ({ getRemainingTimeInMillis: () => leftMs }) as Context;

// biome-ignore lint/suspicious/noExplicitAny: a test looks into items of any kind.
type Row = Record<string, any>;

async function setup(brain: Brain = builtInBrain) {
  const w = await world();
  const handle = assistantHandler({ table: w.table, brain });
  const hears = async (records: unknown[], leftMs?: number) =>
    await handle({ Records: records }, context(leftMs));

  const without = ({ pk: _, sk: _sk, ...item }: Row) => item;
  /** The record that somebody's acceptance leaves in the stream. */
  async function arrival(person: TestPerson) {
    const key = keys.member(w.org, person.userId);
    return record(key, undefined, { ...without((await w.item(key)) ?? {}), isNewcomer: true });
  }
  const channelOf = ({ userId }: TestPerson): string => assistantChannelId(w.org, userId);
  const messages = async (person: TestPerson): Promise<Row[]> =>
    await w.partition(keys.messages(w.org, channelOf(person)));

  const deps = messageDeps(w.table);
  /** Somebody writes to the assistant; answers the record that it leaves in the stream. */
  async function writes(person: TestPerson, text: string, replyTo?: number) {
    const { message } = await postMessage(deps, {
      organizationId: w.org,
      channelId: channelOf(person),
      userId: person.userId,
      text,
      nonce: `${text}-${Math.random()}`,
      replyTo,
    });
    const key = keys.message(w.org, channelOf(person), message.seq);
    return record(key, undefined, without((await w.item(key)) ?? {}));
  }
  const speaks = async (person: TestPerson, locale: Locale) =>
    await w.write({
      label: "profile",
      put: {
        ...keys.profile(person.userId),
        userId: person.userId,
        firstName: "Bob",
        lastName: "Low",
        termsVersion: "1",
        updatedAt: "",
        locale,
      },
    });
  return { ...w, hears, arrival, channelOf, messages, writes, speaks };
}

const texts = (rows: Row[]): string[] => rows.map(({ text }) => text);
const done = { batchItemFailures: [] };

describe("the welcome", () => {
  test("INV-17, BOT-1 a newcomer is welcomed by the bot in a direct channel, in their language, as something unread", async () => {
    const w = await setup();
    const bob = await w.member("bob");
    await w.speaks(bob, "fr");
    expect(await w.hears([await w.arrival(bob)])).toEqual(done);
    const [message, ...more] = await w.messages(bob);
    expect(more).toEqual([]);
    expect(message).toMatchObject({
      authorKind: "bot",
      authorId: assistantId(w.org),
      authorName: "Vestibule",
      text: expect.stringContaining(ASSISTANT_PHRASES.fr.youMay),
    });
    expect(message?.["isForBot"]).toBeUndefined();
    const { body } = await w.ask(bob, "GET /channels/{chn}", w.channelOf(bob));
    expect(body).toMatchObject({
      type: "direct",
      lastSeq: 1,
      userIds: [bob.userId, assistantId(w.org)],
      me: { member: true, lastReadSeq: 0 },
    });
  });

  test("INV-17 however often and concurrently the record comes, it is one welcome in one channel", async () => {
    const w = await setup();
    const bob = await w.member("bob");
    const arrived = await w.arrival(bob);
    await Promise.all(Array.from({ length: 6 }, async () => await w.hears([arrived])));
    await w.hears([arrived, arrived]);
    expect(await w.messages(bob)).toHaveLength(1);
    expect(await w.partition(keys.roster(w.org, w.channelOf(bob)))).toHaveLength(1);
    expect(await w.item(keys.channel(w.org, w.channelOf(bob)))).toMatchObject({ members: 1, guests: 0 });
  });

  test("BOT-4, GST-9 a guest's welcome offers nothing that they may not do, and gives them no channel more", async () => {
    const w = await setup();
    const ada = await w.member("ada");
    const gil = await w.guest("gil", [await w.channel(ada, { name: "Plan", type: "private" })]);
    expect(await w.hears([await w.arrival(gil)])).toEqual(done);
    const [text = ""] = texts(await w.messages(gil));
    expect(text).toContain("You are a guest");
    for (const topic of ["invite", "search-directory", "create-channel", "join-channel"] as const) {
      expect(text).not.toContain(ASSISTANT_PHRASES.en.topics[topic]);
    }
    expect(await w.item(keys.member(w.org, gil.userId))).toMatchObject({ channelCount: 1 });
  });

  test("INV-17 who has left again meanwhile is not welcomed, and nothing is left behind", async () => {
    const w = await setup();
    const bob = await w.member("bob");
    const arrived = await w.arrival(bob);
    await w.write({ label: "member", remove: keys.member(w.org, bob.userId) });
    expect(await w.hears([arrived])).toEqual(done);
    expect(await w.item(keys.channel(w.org, w.channelOf(bob)))).toBeUndefined();
  });

  test("INV-17 a record that changes, or that nobody was invited with, welcomes nobody", async () => {
    const w = await setup();
    const bob = await w.member("bob");
    const key = keys.member(w.org, bob.userId);
    const { pk: _, sk: _sk, ...item } = (await w.item(key)) ?? {};
    const changed = record(key, { ...item, isNewcomer: true }, { ...item, isNewcomer: true, version: 2 });
    await w.hears([changed, record(key, undefined, item)]);
    expect(await w.item(keys.channel(w.org, w.channelOf(bob)))).toBeUndefined();
  });
});

describe("BOT-3 the assistant's answers", () => {
  async function conversation(brain?: Brain) {
    const w = await setup(brain);
    const bob = await w.member("bob");
    await w.speaks(bob, "en");
    await w.hears([await w.arrival(bob)]);
    return { ...w, bob };
  }

  test("come to what is written to it, once, and not to its own words", async () => {
    const w = await conversation();
    const asked = await w.writes(w.bob, "2 + 2");
    await Promise.all([w.hears([asked]), w.hears([asked])]);
    await w.hears([asked]);
    expect(texts(await w.messages(w.bob)).slice(1)).toEqual(["2 + 2", "2 + 2 = 4"]);
    expect((await w.messages(w.bob)).map(({ authorKind }) => authorKind)).toEqual(["bot", "member", "bot"]);
  });

  test("go by what the asker may at that moment", async () => {
    const w = await conversation();
    await w.hears([await w.writes(w.bob, "may I invite people?")]);
    await w.write({
      label: "role",
      update: keys.member(w.org, w.bob.userId),
      expression: "SET chatRole = :admin",
      values: { ":admin": "admin" },
    });
    await w.hears([await w.writes(w.bob, "may I invite people?")]);
    const answers = texts(await w.messages(w.bob)).filter((_, index) => index > 0 && index % 2 === 0);
    expect(answers).toEqual([expect.stringMatching(/^No, .*RGT-1/u), "Yes, you may invite people."]);
  });

  test("keep the order of a conversation, and know what was said before", async () => {
    const questions: Question[] = [];
    const w = await conversation({
      answer: async (question) => {
        questions.push(question);
        return `to ${question.text}`;
      },
    });
    await w.hears([await w.writes(w.bob, "one"), await w.writes(w.bob, "two")]);
    expect(texts(await w.messages(w.bob)).slice(1)).toEqual(["one", "two", "to one", "to two"]);
    await w.hears([await w.writes(w.bob, "three")]);
    expect(questions.at(-1)?.history).toEqual([
      { by: "person", text: "one" },
      { by: "person", text: "two" },
      { by: "assistant", text: "to one" },
      { by: "assistant", text: "to two" },
    ]);
  });

  test("leave nobody waiting for, nor paying for, somebody who asks without end: an endpoint is asked eight times a minute", async () => {
    const hurried: boolean[] = [];
    const w = await conversation({
      answer: async ({ text, isHurried = false }) => {
        hurried.push(isHurried);
        return `to ${text}`;
      },
    });
    const asked = [];
    for (let count = 0; count < 10; count += 1) asked.push(await w.writes(w.bob, `question ${count}`));
    await w.hears(asked);
    expect(hurried).toEqual([...Array.from({ length: 8 }, () => false), true, true]);
  });

  test("SEAT-7 go by nothing that the plan hides", async () => {
    const questions: Question[] = [];
    const w = await conversation({
      answer: async (question) => {
        questions.push(question);
        return "yes";
      },
    });
    const old = await w.writes(w.bob, "long ago");
    await w.write({
      label: "message",
      update: { pk: old.dynamodb.Keys["pk"]?.S ?? "", sk: old.dynamodb.Keys["sk"]?.S ?? "" },
      expression: "SET createdAt = :long",
      values: { ":long": new Date(Date.now() - 91 * 86_400_000).toISOString() },
    });
    await w.write({
      label: "organization",
      update: keys.organization(w.org),
      expression: "SET limits.historyDays = :days",
      values: { ":days": 90 },
    });
    await w.hears([await w.writes(w.bob, "now")]);
    expect(questions).toMatchObject([{ text: "now", history: [] }]);
  });

  test("are not given to what was deleted meanwhile, nor to who has left", async () => {
    const w = await conversation();
    const deleted = await w.writes(w.bob, "1+1");
    await w.write({
      label: "message",
      update: { pk: deleted.dynamodb.Keys["pk"]?.S ?? "", sk: deleted.dynamodb.Keys["sk"]?.S ?? "" },
      expression: "SET isDeleted = :yes",
      values: { ":yes": true },
    });
    const asked = await w.writes(w.bob, "1+2");
    await w.hears([deleted]);
    await w.write({ label: "member", remove: keys.member(w.org, w.bob.userId) });
    expect(await w.hears([asked])).toEqual(done);
    expect(await w.messages(w.bob)).toHaveLength(3);
  });

  test("that fail are delivered again from there on, others not held up", async () => {
    const w = await conversation({
      answer: async ({ text }) => (text === "bad" ? await Promise.reject(new Error("bug")) : `to ${text}`),
    });
    const cleo = await w.member("cleo");
    await w.hears([await w.arrival(cleo)]);
    const [bad, good] = [await w.writes(w.bob, "bad"), await w.writes(cleo, "good")];
    expect(await w.hears([bad, good])).toEqual({
      batchItemFailures: [{ itemIdentifier: bad.dynamodb.SequenceNumber }],
    });
    expect(texts(await w.messages(cleo)).at(-1)).toBe("to good");
  });

  test("are left to the next delivery where time is over", async () => {
    const w = await conversation();
    const asked = await w.writes(w.bob, "1+1");
    expect((await w.hears([asked], 6_000)).batchItemFailures).toHaveLength(1);
    expect(await w.hears([asked])).toEqual(done);
  });

  test("MSG-8 stay in the thread in which they were asked for, which the asker follows and the assistant does not", async () => {
    const questions: Question[] = [];
    const w = await conversation({
      answer: async (question) => {
        questions.push(question);
        return `to ${question.text}`;
      },
    });
    await w.hears([await w.writes(w.bob, "one")]);
    await w.hears([await w.writes(w.bob, "two", 2)]);
    await w.hears([await w.writes(w.bob, "three", 2)]);
    const rows = await w.messages(w.bob);
    expect(rows.map(({ text, replyTo }) => [text, replyTo]).slice(3)).toEqual([
      ["two", 2],
      ["to two", 2],
      ["three", 2],
      ["to three", 2],
    ]);
    expect(rows[1]?.["thread"]).toMatchObject({ replies: 4 });
    expect(questions.at(-1)?.history.map(({ text }) => text)).toEqual(["one", "two", "to two"]);
    const follows = async (userId: string) =>
      await w.item(keys.personThread(w.org, userId, w.channelOf(w.bob), 2));
    expect(await follows(w.bob.userId)).toMatchObject({ isFollowing: true });
    expect(await follows(assistantId(w.org))).toBeUndefined();
  });

  test("MSG-8 are not given to a thread whose first message was deleted meanwhile", async () => {
    const w = await conversation();
    await w.hears([await w.writes(w.bob, "1+1")]);
    const asked = await w.writes(w.bob, "1+2", 2);
    await w.write({
      label: "root",
      update: keys.message(w.org, w.channelOf(w.bob), 2),
      expression: "SET isDeleted = :yes",
      values: { ":yes": true },
    });
    expect(await w.hears([asked])).toEqual(done);
    expect(texts(await w.messages(w.bob)).at(-1)).toBe("1+2");
  });

  test("are given where it is written to alone", async () => {
    const w = await conversation();
    const { message } = await postMessage(messageDeps(w.table), {
      organizationId: w.org,
      channelId: w.general,
      userId: w.bob.userId,
      text: "2+2",
      nonce: "n",
    });
    expect(message.isForBot).toBeUndefined();
  });
});
