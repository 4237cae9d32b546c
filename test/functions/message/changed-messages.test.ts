import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { changedMessages, changesFrom } from "../../../functions/message/changed-messages.ts";
import { readDeps } from "../../../functions/message/read-deps.ts";
import { keys } from "../../../functions/table/keys.ts";
import type { Answered } from "../shell/caller.ts";
import { expectRefusal, messageWorld } from "./message-world.ts";

const world = messageWorld();
const LONG_AGO = "2026-01-01T00:00:00.000Z";

const seqs = ({ body }: Answered): number[] => body.items.map(({ seq }: { seq: number }) => seq);

async function setup() {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const said: number[] = [];
  for (const text of ["one", "two", "three", "four", "five", "six", "seven"]) {
    said.push(await w.says(ada, w.general, text));
  }
  /** As if a message had been changed at another time. */
  async function changedAt(seq: number, at: string) {
    const { gsi1pk, gsi1sk } = keys.changeIndex(w.org, w.general, at, seq);
    await w.table.client.send(
      new UpdateCommand({
        TableName: w.table.name,
        Key: keys.message(w.org, w.general, seq),
        UpdateExpression: "SET gsi1pk = :pk, gsi1sk = :sk, changedAt = :at",
        ExpressionAttributeValues: { ":pk": gsi1pk, ":sk": gsi1sk, ":at": at },
      }),
    );
  }
  return { ...w, ada, bob, said, changedAt };
}

test("MSG-4 who was away learns what was edited, deleted, pinned, unpinned, reacted to and replied to", async () => {
  const { act, list, replies, ada, bob, general } = await setup();
  expect(seqs(await list(bob, general, { changedSince: LONG_AGO }))).toEqual([]);
  await act(ada, "PATCH", general, 1, { body: { text: "uno" } });
  await act(ada, "DELETE", general, 2);
  await act(bob, "PUT /pin", general, 3);
  await act(bob, "PUT /pin", general, 4);
  await act(bob, "DELETE /pin", general, 4);
  await act(bob, "PUT /reactions/{emoji}", general, 5, { params: { emoji: "👍" } });
  await replies(bob, general, 6);
  const changed = await list(bob, general, { changedSince: LONG_AGO });
  expect(changed).toMatchObject({
    status: 200,
    body: {
      items: [
        { seq: 1, text: "uno", edits: 1 },
        { seq: 2, deleted: true, text: "" },
        { seq: 3, pinned: true },
        { seq: 4, pinned: false },
        { seq: 5, reactions: [{ emoji: "👍", count: 1 }] },
        { seq: 6, thread: { replies: 1 } },
      ],
      nextCursor: null,
      asOf: expect.any(String),
    },
  });
  await act(bob, "DELETE /reactions/{emoji}", general, 5, { params: { emoji: "👍" } });
  const again = await list(bob, general, { changedSince: changed.body.asOf });
  expect(again.body.items.at(-1)).toMatchObject({ seq: 5, reactions: [] });
});

test("MSG-4 changes of the minute before are told again, since the index lags and clocks differ; older ones not", async () => {
  const { list, changedAt, ada, general } = await setup();
  await changedAt(1, "2026-03-01T09:58:59.000Z");
  await changedAt(2, "2026-03-01T09:59:30.000Z");
  await changedAt(3, "2026-03-01T10:00:30.000Z");
  const since = { changedSince: "2026-03-01T10:00:00.000Z" };
  expect(seqs(await list(ada, general, since))).toEqual([2, 3]);
});

test("MSG-4 changes come page by page in their order, each message once as it is now", async () => {
  const { list, changedAt, ada, general } = await setup();
  for (const seq of [5, 3, 1, 2, 4]) await changedAt(seq, `2026-03-01T10:00:0${9 - seq}.000Z`);
  const query = { changedSince: "2026-03-01T10:00:00.000Z", limit: "2" };
  const found: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await list(ada, general, { ...query, ...(cursor === undefined ? {} : { cursor }) });
    found.push(...seqs(page));
    cursor = page.body.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(found).toEqual([5, 4, 3, 2, 1]);
  await changedAt(5, "2026-03-01T10:00:30.000Z");
  expect(seqs(await list(ada, general, { ...query, limit: "50" }))).toEqual([4, 3, 2, 1, 5]);
});

test("GST-9, MSG-5 changes are for the channel's readers, and asked for alone", async () => {
  const { list, channel, guest, ada, general } = await setup();
  const id = await channel(ada, { name: "Plan" });
  const gil = await guest("gil", [id]);
  expectRefusal(await list(gil, general, { changedSince: LONG_AGO }), 404, "not-found", "GST-9");
  expect((await list(gil, id, { changedSince: LONG_AGO })).status).toBe(200);
  for (const query of [{ changedSince: LONG_AGO, after: "1" }, { changedSince: "yesterday" }]) {
    expectRefusal(await list(ada, general, { ...query }), 400, "invalid-request");
  }
});

test("MSG-4 what does not fit into one answer comes with the next", async () => {
  const { table, org, says, changedAt, ada, general } = await setup();
  const text = "€".repeat(16_000);
  for (let count = 0; count < 25; count += 1) {
    await changedAt(await says(ada, general, text), `2026-03-01T10:00:00.${count + 100}Z`);
  }
  const channel = { organizationId: org, channelId: general };
  const now = Date.now();
  const asked = { after: changesFrom("2026-03-01T10:00:00.000Z"), limit: 200, now };
  const first = await changedMessages(readDeps(table), channel, asked);
  expect(first.messages.length).toBeLessThan(25);
  const rest = await changedMessages(readDeps(table), channel, { ...asked, after: first.next ?? "" });
  expect(first.messages.length + rest.messages.length).toBe(25);
  expect(rest.next).toBeUndefined();
});

test("MSG-4, SEAT-7 a page of changes whose messages are gone is not taken for the last", async () => {
  const w = await setup();
  const channel = { organizationId: w.org, channelId: w.general };
  const place = (seq: number) => keys.changeIndex(w.org, w.general, LONG_AGO, seq).gsi1sk;
  for (const seq of w.said) await w.changedAt(seq, LONG_AGO);
  const deps = readDeps(w.table);
  const { changes } = deps;
  // As the index lags behind: it has what the table has no more.
  const lagging = {
    ...deps,
    changes: async (...args: Parameters<typeof changes>) => {
      const page = await changes(...args);
      return { ...page, items: page.items.filter(({ message: { seq } }) => seq > 4) };
    },
  };
  const page = { after: changesFrom(LONG_AGO), limit: 3, now: Date.now() };
  const first = await changedMessages(lagging, channel, page);
  expect(first).toEqual({ messages: [], next: place(3) });
  const second = await changedMessages(lagging, channel, { ...page, after: first.next ?? "" });
  expect(second.messages.map(({ seq }) => seq)).toEqual([5, 6]);
  expect(second.next).toBe(place(6));
});
