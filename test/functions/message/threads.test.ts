import { expect, test } from "vitest";
import { keys } from "../../../functions/table/keys.ts";
import type { Answered } from "../shell/caller.ts";
import { expectRefusal, messageWorld } from "./message-world.ts";

const world = messageWorld();

const seqs = ({ body }: Answered): number[] => body.items.map(({ seq }: { seq: number }) => seq);

async function setup() {
  const w = await world();
  const [ada, bob, cleo] = [await w.member("ada"), await w.member("bob"), await w.member("cleo")];
  const root = await w.says(ada, w.general, "a question");
  const follow = async (person: typeof ada, of = root) =>
    await w.item(keys.personThread(w.org, person.userId, w.general, of));
  return { ...w, ada, bob, cleo, root, follow };
}

test("MSG-8 a thread is its first message and the replies, oldest first, asked for by any message of it", async () => {
  const { act, replies, says, ada, bob, general, root } = await setup();
  const first = await replies(bob, general, root);
  await says(ada, general, "something else");
  const second = await replies(ada, general, root);
  for (const seq of [root, first, second]) {
    const thread = await act(bob, "GET /thread", general, seq);
    expect(thread).toMatchObject({ status: 200, body: { nextCursor: null, following: true } });
    expect(seqs(thread)).toEqual([root, first, second]);
  }
  const { body } = await act(ada, "GET", general, root);
  expect(body.thread).toMatchObject({ replies: 2, lastReplyAt: expect.any(String) });
  expect(body.thread.userIds.toSorted()).toEqual([ada.userId, bob.userId].toSorted());
  expect((await act(ada, "GET", general, second)).body).toMatchObject({ replyTo: root });
});

test("MSG-8 a thread is read page by page, a message without replies is one of itself", async () => {
  const { act, replies, says, bob, ada, general, root } = await setup();
  const all = [root];
  for (let count = 0; count < 4; count += 1) all.push(await replies(bob, general, root));
  for (const limit of ["1", "2", "3"]) {
    const found: number[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit, ...(cursor === undefined ? {} : { cursor }) };
      const page = await act(bob, "GET /thread", general, root, { query });
      expect(page.body.items.length).toBeLessThanOrEqual(Number(limit));
      found.push(...seqs(page));
      cursor = page.body.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(found).toEqual(all);
  }
  const lonely = await says(ada, general, "no answer");
  const thread = await act(bob, "GET /thread", general, lonely);
  expect(thread.body).toMatchObject({ items: [{ seq: lonely }], nextCursor: null, following: false });
});

test("MSG-8 replying follows the thread, and so does whoever began it, or is mentioned", async () => {
  const { replies, follow, ada, bob, cleo, general, root } = await setup();
  const seq = await replies(bob, general, root, { mentionedIds: [cleo.userId] });
  expect(await follow(ada)).toMatchObject({ isFollowing: true, lastReadSeq: root });
  expect(await follow(bob)).toMatchObject({ isFollowing: true, lastReadSeq: seq });
  expect(await follow(cleo)).toMatchObject({ isFollowing: true, lastReadSeq: seq - 1 });
});

test("MSG-8 whoever unfollowed is not made to follow again, until they ask to", async () => {
  const { act, replies, follow, threads, ada, bob, general, root } = await setup();
  const reply = await replies(bob, general, root);
  expect((await act(ada, "DELETE /follow", general, reply)).status).toBe(204);
  await replies(ada, general, root);
  await replies(bob, general, root, { mentionedIds: [ada.userId] });
  expect(await follow(ada)).toMatchObject({ isFollowing: false });
  expect(await follow(ada)).not.toHaveProperty("gsi1pk");
  expect((await threads(ada)).body.items).toEqual([]);
  expect((await act(ada, "PUT /follow", general, root)).status).toBe(204);
  expect((await act(ada, "GET /thread", general, root)).body.following).toBe(true);
  expect((await threads(ada)).body.items).toHaveLength(1);
});

test("MSG-8 of what the system told, nobody is made to follow the thread but those who write in it", async () => {
  const { replies, says, follow, ada, bob, general } = await setup();
  const told = await says(ada, general, "Ada started a call.", { authorKind: "system" });
  await replies(bob, general, told);
  expect(await follow(ada, told)).toBeUndefined();
  expect(await follow(bob, told)).toMatchObject({ isFollowing: true });
});

test("MSG-8 the threads one follows, the newest reply first, with what others wrote in them since", async () => {
  const { act, ask, replies, says, threads, ada, bob, general, root } = await setup();
  const other = await says(ada, general, "another question");
  await replies(bob, general, root);
  await replies(bob, general, other);
  const latest = await replies(bob, general, root);
  await replies(ada, general, root);
  const listed = await threads(ada);
  expect(listed).toMatchObject({
    status: 200,
    body: {
      items: [
        { channelId: general, root: { seq: root, thread: { replies: 3 } }, unread: 2 },
        { channelId: general, root: { seq: other }, unread: 1 },
      ],
      nextCursor: null,
    },
  });
  const body = { lastReadSeq: latest };
  expect((await act(ada, "PUT /follow", general, root, { body })).status).toBe(204);
  await act(ada, "PUT /follow", general, root, { body: { lastReadSeq: 1 } });
  const unread = ({ body: { items } }: Answered) => items.map((thread: { unread: number }) => thread.unread);
  expect(unread(await threads(ada))).toEqual([0, 1]);
  // Who has read the channel has read the threads in it.
  await ask(ada, "PUT /channels/{chn}/me", general, { body: { lastReadSeq: latest } });
  expect(unread(await threads(ada))).toEqual([0, 0]);
  await replies(bob, general, other);
  expect(unread(await threads(ada))).toEqual([1, 0]);
});

test("MSG-8 nobody has read a thread further than the channel goes", async () => {
  const { act, ada, general, root } = await setup();
  const refused = await act(ada, "PUT /follow", general, root, { body: { lastReadSeq: 99 } });
  expectRefusal(refused, 400, "invalid-request");
});

test("GST-9 threads of a channel that a guest is no longer in are neither listed, read nor followed", async () => {
  const { act, ask, says, replies, threads, channel, guest, ada } = await setup();
  const [id, stays] = [await channel(ada, { name: "Plan" }), await channel(ada, { name: "Stays" })];
  const gil = await guest("gil", [id, stays]);
  const seq = await says(ada, id, "a question");
  await replies(gil, id, seq);
  expect((await threads(gil)).body.items).toHaveLength(1);
  expect((await ask(gil, "POST /channels/{chn}/leave", id)).status).toBe(204);
  expect((await threads(gil)).body.items).toEqual([]);
  for (const what of ["GET /thread", "PUT /follow", "DELETE /follow"]) {
    expectRefusal(await act(gil, what, id, seq), 404, "not-found", "GST-9");
  }
});

test("CH-5 following takes being in the channel", async () => {
  const { act, says, channel, ada, bob } = await setup();
  const id = await channel(ada, { name: "Open" });
  const seq = await says(ada, id, "hello");
  expectRefusal(await act(bob, "PUT /follow", id, seq), 403, "not-channel-member", "MSG-8");
  expectRefusal(await act(ada, "PUT /follow", id, 99), 404, "not-found");
});

test("MSG-8 the markers of deleted messages stay in their thread", async () => {
  const { act, replies, ada, bob, general, root } = await setup();
  const reply = await replies(bob, general, root);
  await act(bob, "DELETE", general, reply);
  await act(ada, "DELETE", general, root);
  const { body } = await act(bob, "GET /thread", general, root);
  expect(body.items).toMatchObject([
    { seq: root, deleted: true, text: "" },
    { seq: reply, deleted: true, text: "", replyTo: root },
  ]);
});

test("MSG-8 replies at the same time are all in the thread, and all counted", async () => {
  const { act, replies, member, ada, general, root } = await setup();
  const people = await Promise.all(Array.from({ length: 8 }, async (_, index) => await member(`p${index}`)));
  const sent = await Promise.all(people.map(async (person) => await replies(person, general, root)));
  const { body } = await act(ada, "GET", general, root);
  expect(body.thread.replies).toBe(8);
  expect(body.thread.userIds).toHaveLength(5);
  expect(seqs(await act(ada, "GET /thread", general, root))).toEqual([
    root,
    ...sent.toSorted((one, other) => one - other),
  ]);
});
