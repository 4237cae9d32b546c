import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { limitsFor } from "../../../domain/plans.ts";
import { keys } from "../../../functions/table/keys.ts";
import type { Answered } from "../shell/caller.ts";
import { expectRefusal, messageWorld } from "./message-world.ts";

const world = messageWorld();
const DAY_MS = 86_400_000;
const HIDDEN = 12;
const SHOWN = 4;

const seqs = ({ body }: Answered): number[] => body.items.map(({ seq }: { seq: number }) => seq);
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();

/** A channel with 12 messages that a history of 90 days hides, and 4 that it shows. */
async function setup(historyDays: number | null = 90) {
  const w = await world({ limits: { ...limitsFor("essential"), historyDays } });
  const ada = await w.member("ada");
  for (let count = 0; count < HIDDEN; count += 1) {
    await w.says(ada, w.general, "old", { createdAt: daysAgo(200 - count) });
  }
  for (let count = 0; count < SHOWN; count += 1) {
    await w.says(ada, w.general, "new", { createdAt: daysAgo(10 - count) });
  }
  /** As if the plan had deleted the messages up to `seq`. */
  async function deleteTo(seq: number) {
    await w.table.client.send(
      new UpdateCommand({
        TableName: w.table.name,
        Key: keys.channelHead(w.org, w.general),
        UpdateExpression: "SET deletedTo = :seq",
        ExpressionAttributeValues: { ":seq": seq },
      }),
    );
    for (let each = 1; each <= seq; each += 1) {
      await w.write({ label: "message", remove: keys.message(w.org, w.general, each) });
    }
  }
  return { ...w, ada, deleteTo };
}

test("SEAT-7, MSG-5 the latest page ends where the plan's history does, and says so", async () => {
  const { list, ada, general } = await setup();
  const page = await list(ada, general);
  expect(seqs(page)).toEqual([16, 15, 14, 13]);
  expect(page.body).toMatchObject({ nextCursor: null, historyDays: 90 });
  const short = await list(ada, general, { limit: "2" });
  expect(seqs(short)).toEqual([16, 15]);
  expect(short.body).not.toHaveProperty("historyDays");
  const next = await list(ada, general, { limit: "2", cursor: short.body.nextCursor });
  expect(seqs(next)).toEqual([14, 13]);
  const last = await list(ada, general, { limit: "2", cursor: next.body.nextCursor });
  expect(last.body).toMatchObject({ items: [], nextCursor: null, historyDays: 90 });
});

test("SEAT-7 what follows a hidden message begins where the history does; a page around one has none of it", async () => {
  const { list, ada, general } = await setup();
  for (const after of ["0", "3", "11", "12"]) {
    expect(seqs(await list(ada, general, { after }))).toEqual([16, 15, 14, 13]);
  }
  const first = await list(ada, general, { after: "0", limit: "3" });
  expect(seqs(first)).toEqual([15, 14, 13]);
  expect(seqs(await list(ada, general, { after: "0", limit: "3", cursor: first.body.nextCursor }))).toEqual([
    16,
  ]);
  expect(seqs(await list(ada, general, { around: "13", limit: "4" }))).toEqual([14, 13]);
  expect(seqs(await list(ada, general, { around: "2", limit: "4" }))).toEqual([]);
  expect(seqs(await list(ada, general, { before: "5" }))).toEqual([]);
});

test("SEAT-7 where every message is hidden, none is told", async () => {
  const { list, says, channel, ada } = await setup();
  const id = await channel(ada, { name: "Quiet" });
  for (let count = 0; count < 3; count += 1) await says(ada, id, "old", { createdAt: daysAgo(100) });
  for (const query of [{}, { after: "0" }, { around: "2" }] as Record<string, string>[]) {
    expect((await list(ada, id, query)).body).toMatchObject({ items: [], nextCursor: null });
  }
});

test("SEAT-7 a hidden message is neither read nor changed, and its edits, reactions and thread are not told", async () => {
  const { act, ada, general } = await setup();
  const params = { emoji: "👍" };
  expect((await act(ada, "GET", general, 13)).status).toBe(200);
  const refused = [
    await act(ada, "GET", general, 12),
    await act(ada, "PATCH", general, 12, { body: { text: "x" } }),
    await act(ada, "DELETE", general, 12),
    await act(ada, "PUT /pin", general, 12),
    await act(ada, "PUT /reactions/{emoji}", general, 12, { params }),
    await act(ada, "GET /edits", general, 12),
    await act(ada, "GET /reactions", general, 12),
    await act(ada, "GET /thread", general, 12),
    await act(ada, "PUT /follow", general, 12),
  ];
  for (const answer of refused) expectRefusal(answer, 404, "not-found");
});

test("SEAT-7 hidden messages are left out of pins, changes, threads, and of the threads one follows", async () => {
  const { act, list, threads, replies, says, write, ada, general, org } = await setup();
  const pinnedAt = daysAgo(150);
  await write(
    { label: "pin", put: { ...keys.pin(org, general, pinnedAt, 2) } },
    {
      label: "message",
      update: keys.message(org, general, 2),
      expression: "SET pinnedAt = :at, changedAt = :at, gsi1pk = :pk, gsi1sk = :sk",
      values: {
        ":at": pinnedAt,
        ":pk": keys.changes(org, general),
        ":sk": keys.changeIndex(org, general, pinnedAt, 2).gsi1sk,
      },
    },
  );
  await act(ada, "PUT /pin", general, 14);
  const reply = await replies(ada, general, 3);
  expect(seqs(await list(ada, general, {}, "GET /pins"))).toEqual([14]);
  expect(seqs(await list(ada, general, { changedSince: daysAgo(300) }))).toEqual([14]);
  expect(seqs(await act(ada, "GET /thread", general, reply))).toEqual([reply]);
  expect((await threads(ada)).body.items).toEqual([]);
  const root = await says(ada, general, "now");
  await replies(ada, general, root);
  expect((await threads(ada)).body.items).toMatchObject([{ root: { seq: root } }]);
});

test("SEAT-7 without a limit all is shown", async () => {
  const { list, ada, general } = await setup(null);
  const { body } = await list(ada, general);
  expect(body.items).toHaveLength(HIDDEN + SHOWN);
  expect(body).not.toHaveProperty("historyDays");
});

test("SEAT-7, MSG-2 what the plan has deleted is no hole: nothing is put in its place, above it all is read", async () => {
  const { list, act, deleteTo, partition, ada, general, org } = await setup(null);
  await deleteTo(6);
  const all = [16, 15, 14, 13, 12, 11, 10, 9, 8, 7];
  expect(seqs(await list(ada, general))).toEqual(all);
  expect(seqs(await list(ada, general, { after: "0" }))).toEqual(all);
  expect(seqs(await list(ada, general, { around: "7", limit: "4" }))).toEqual([8, 7]);
  expect(seqs(await list(ada, general, { around: "8", limit: "4" }))).toEqual([9, 8, 7]);
  const page = await list(ada, general, { before: "9", limit: "2" });
  expect(seqs(page)).toEqual([8, 7]);
  const next = await list(ada, general, { before: "9", limit: "2", cursor: page.body.nextCursor });
  expect(next.body).toMatchObject({ items: [], nextCursor: null });
  expectRefusal(await act(ada, "GET", general, 3), 404, "not-found");
  expect(await partition(keys.messages(org, general))).toHaveLength(10);
});

/** What a person is told of General, by all ways: in the list of channels, by itself, and among what is unread. */
async function countsOf({ ask, ada, general }: Awaited<ReturnType<typeof setup>>) {
  const [{ body: unread }, { body: listed }, { body: shown }] = [
    await ask(ada, "GET /unread"),
    await ask(ada, "GET /channels"),
    await ask(ada, "GET /channels/{chn}", general),
  ];
  return {
    unread: unread.items[0],
    marks: [listed.items[0].me.lastReadSeq, shown.me.lastReadSeq],
  };
}

test("SEAT-7, MSG-11 what the plan hides is not unread, whoever asks, however far they have read", async () => {
  const w = await setup();
  const first = { lastSeq: 16, lastReadSeq: 12, unread: 4, mentions: 0 };
  expect(await countsOf(w)).toMatchObject({ unread: first, marks: [12, 12] });
  // Known by now, and nothing more is read for it.
  expect(await countsOf(w)).toMatchObject({ unread: first });
  await w.ask(w.ada, "PUT /channels/{chn}/me", w.general, { body: { lastReadSeq: 14 } });
  expect(await countsOf(w)).toMatchObject({ unread: { lastReadSeq: 14, unread: 2 }, marks: [14, 14] });
  const bob = await w.member("bob");
  expect(await countsOf({ ...w, ada: bob })).toMatchObject({ unread: first, marks: [12, 12] });
});

test("SEAT-7, MSG-11 where all is hidden, nothing is unread", async () => {
  const w = await setup(0);
  expect(await countsOf(w)).toMatchObject({ unread: { lastReadSeq: 16, unread: 0 }, marks: [16, 16] });
});

test("SEAT-7, MSG-11 what the plan has deleted is not unread, nor does it mention anybody", async () => {
  const w = await setup(null);
  for (const seq of [2, 13]) {
    await w.write({
      label: "mention",
      put: { ...keys.mention(w.org, w.ada.userId, w.general, seq), expiresAt: 9_999_999_999 },
    });
  }
  expect(await countsOf(w)).toMatchObject({ unread: { unread: 16, mentions: 2 } });
  await w.deleteTo(6);
  expect(await countsOf(w)).toMatchObject({
    unread: { lastSeq: 16, lastReadSeq: 6, unread: 10, mentions: 1 },
    marks: [6, 6],
  });
});
