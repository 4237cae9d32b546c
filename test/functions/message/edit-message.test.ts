import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { keys } from "../../../functions/table/keys.ts";
import { expectRefusal, messageWorld } from "./message-world.ts";

const world = messageWorld();
const body = (text: string) => ({ body: { text } });

async function setup() {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const seq = await w.says(ada, w.general, "first");
  return { ...w, ada, bob, seq };
}

test("MSG-6 one's own message gets another text, shown as edited; the former ones are kept, newest first", async () => {
  const { act, ada, bob, general, seq } = await setup();
  const { body: before } = await act(ada, "GET", general, seq);
  expect(before).not.toHaveProperty("editedAt");
  const edited = await act(ada, "PATCH", general, seq, body("second"));
  expect(edited).toMatchObject({ status: 200, body: { seq, text: "second", edits: 1 } });
  await act(ada, "PATCH", general, seq, body("third"));
  const { body: shown } = await act(bob, "GET", general, seq);
  expect(shown).toMatchObject({ text: "third", edits: 2, editedAt: expect.any(String) });
  expect(await act(bob, "GET /edits", general, seq)).toMatchObject({
    status: 200,
    body: {
      items: [
        { text: "second", at: edited.body.editedAt },
        { text: "first", at: before.createdAt },
      ],
      nextCursor: null,
    },
  });
});

test("MSG-6 the same text again is no edit", async () => {
  const { act, ada, general, seq } = await setup();
  const { body: same } = await act(ada, "PATCH", general, seq, body("first"));
  expect(same).not.toHaveProperty("edits");
  expect((await act(ada, "GET /edits", general, seq)).body.items).toEqual([]);
});

test("MSG-6 nobody edits what another person or the system wrote, chat admins neither", async () => {
  const { act, ada, bob, general, seq, says, member } = await setup();
  const admin = await member("zoe", { chatRole: "admin" });
  for (const other of [bob, admin]) {
    expectRefusal(await act(other, "PATCH", general, seq, body("x")), 403, "not-own-message", "MSG-6");
  }
  const told = await says(ada, general, "Ada joined.", { authorKind: "system" });
  expectRefusal(await act(ada, "PATCH", general, told, body("x")), 403, "not-own-message");
  expect((await act(ada, "GET", general, seq)).body.text).toBe("first");
});

test("MSG-1 an edited message is what a new one may be", async () => {
  const { act, ada, general, seq } = await setup();
  expectRefusal(await act(ada, "PATCH", general, seq, body("  ")), 400, "message-empty", "MSG-1");
  expectRefusal(await act(ada, "PATCH", general, seq, body("x".repeat(16_001))), 400, "message-too-long");
  expectRefusal(await act(ada, "PATCH", general, 99, body("x")), 404, "not-found");
});

test("CH-7, GST-9 nothing is edited in an archived channel, nor in one that a guest was not given", async () => {
  const { act, ask, ada, says, channel, guest } = await setup();
  const id = await channel(ada, { name: "Plan" });
  const mine = await says(ada, id, "mine");
  const gil = await guest("gil", [id]);
  const theirs = await says(gil, id, "theirs", { authorKind: "guest" });
  expect((await act(gil, "PATCH", id, theirs, body("better"))).status).toBe(200);
  const other = await channel(ada, { name: "Other" });
  const hidden = await says(ada, other, "hidden");
  expectRefusal(await act(gil, "PATCH", other, hidden, body("x")), 404, "not-found", "GST-9");
  expectRefusal(await act(gil, "GET /edits", other, hidden), 404, "not-found", "GST-9");
  await ask(ada, "POST /channels/{chn}/archive", id);
  expectRefusal(await act(ada, "PATCH", id, mine, body("x")), 409, "channel-archived", "CH-7");
});

test("MSG-6 a message is edited 50 times, and no more", async () => {
  const { act, ada, general, says } = await setup();
  const seq = await says(ada, general, "often", { edits: 50, editedAt: "2026-01-01T00:00:00.000Z" });
  const refused = await act(ada, "PATCH", general, seq, body("more"));
  expectRefusal(refused, 409, "too-many-edits", "MSG-6");
  expect(refused.body.limit).toBe(50);
});

test("MSG-6 of edits at the same time each keeps the text before it", async () => {
  const { act, ada, general, seq, partition, org } = await setup();
  const texts = ["a", "b", "c", "d", "e"];
  const answers = await Promise.all(texts.map((text) => act(ada, "PATCH", general, seq, body(text))));
  expect(answers.map(({ status }) => status)).toEqual(texts.map(() => 200));
  const { text } = (await act(ada, "GET", general, seq)).body;
  const former = (await partition(keys.edits(org, general))).map((edit) => edit["text"]);
  expect(former).toHaveLength(5);
  expect([...former, text].toSorted()).toEqual(["a", "b", "c", "d", "e", "first"]);
});

test("MSG-6 deleting takes away the former texts, the reactions and the pin; a marker is neither edited nor pinned", async () => {
  const { act, list, ada, bob, general, seq, partition, org } = await setup();
  await act(ada, "PATCH", general, seq, body("second"));
  await act(bob, "PUT /reactions/{emoji}", general, seq, { params: { emoji: "👍" } });
  await act(bob, "PUT /pin", general, seq);
  expect((await act(ada, "DELETE", general, seq)).status).toBe(204);
  const { body: marker } = await act(bob, "GET", general, seq);
  expect(marker).toMatchObject({ text: "", deleted: true, pinned: false, reactions: [] });
  expect(marker).not.toHaveProperty("edits");
  expect(await partition(keys.edits(org, general))).toEqual([]);
  expect(await partition(keys.reactors(org, general))).toEqual([]);
  expect((await act(bob, "GET /edits", general, seq)).body.items).toEqual([]);
  expect((await act(bob, "GET /reactions", general, seq)).body.items).toEqual([]);
  expect((await list(bob, general, {}, "GET /pins")).body.items).toEqual([]);
  expectRefusal(await act(ada, "PATCH", general, seq, body("x")), 409, "message-deleted", "MSG-6");
  expectRefusal(
    await act(bob, "PUT /reactions/{emoji}", general, seq, { params: { emoji: "👍" } }),
    409,
    "message-deleted",
    "MSG-9",
  );
  expectRefusal(await act(bob, "PUT /pin", general, seq), 409, "message-deleted", "MSG-7");
});

test("MSG-6 an edit that a deletion overtook leaves no text behind", async () => {
  const { act, ada, general, seq, meanwhile, partition, org } = await setup();
  meanwhile(async () => await act(ada, "DELETE", general, seq));
  expectRefusal(await act(ada, "PATCH", general, seq, body("second")), 409, "message-deleted");
  expect(await partition(keys.edits(org, general))).toEqual([]);
});

test("MSG-6 a deletion that an edit overtook takes that one's former text, too", async () => {
  const { act, ada, general, seq, meanwhile, partition, org } = await setup();
  meanwhile(async () => await act(ada, "PATCH", general, seq, body("second")));
  expect((await act(ada, "DELETE", general, seq)).status).toBe(204);
  expect(await partition(keys.edits(org, general))).toEqual([]);
});

test("MSG-6, MSG-11 an edit moves the mentions: whom it names no more is not counted, whom it names now is", async () => {
  const { act, ask, says, item, member, ada, general, org } = await setup();
  const named = async (handle: string) => await member(handle, { handle, addressKeys: [] });
  const [dan, eve] = [await named("dan"), await named("eve")];
  const seq = await says(ada, general, "hello");
  const counted = async (who: typeof dan) =>
    (await item(keys.mention(org, who.userId, general, seq))) !== undefined;
  const to = async (text: string) => (await act(ada, "PATCH", general, seq, body(text))).body.mentions;
  expect(await to("hello @dan and @eve")).toMatchObject({ channel: false });
  expect([await counted(dan), await counted(eve)]).toEqual([true, true]);
  expect(await to("hello @dan")).toEqual({ userIds: [dan.userId], groupIds: [], channel: false });
  expect([await counted(dan), await counted(eve)]).toEqual([true, false]);
  expect((await ask(dan, "GET /unread")).body.items).toMatchObject([{ mentions: 1 }]);
  expect(await to("hello everybody")).toBeUndefined();
  expect(await counted(dan)).toBe(false);
});

/** Everybody's mentions are on the engine: what General's head and people's rows hold. */
async function mentioning() {
  const w = await setup();
  const named = async (handle: string) => await w.member(handle, { handle, addressKeys: [] });
  const [dan, eve] = [await named("dan"), await named("eve")];
  const unread = async (who: typeof dan) => {
    const { unread: count, mentions } = (await w.ask(who, "GET /unread")).body.items[0];
    return [count, mentions];
  };
  const head = async () => (await w.item(keys.channelHead(w.org, w.general)))?.["wide"];
  const edit = async (text: string) => await w.act(w.ada, "PATCH", w.general, w.seq, body(text));
  return { ...w, dan, eve, unread, head, edit };
}

test("MSG-10, MSG-11 an edit that mentions the whole channel is counted for everybody, once, and taken back by the next", async () => {
  const { edit, unread, head, dan, seq } = await mentioning();
  expect((await edit("hello @channel")).body.mentions).toMatchObject({ channel: true });
  expect(await unread(dan)).toEqual([1, 1]);
  await edit("hello @channel again");
  expect(Object.values((await head()) ?? {})).toEqual([seq]);
  await edit("hello");
  expect([await unread(dan), await head()]).toEqual([[1, 0], {}]);
});

test("MSG-10 the author of an edit is told of those who are not in the channel, as of a post, and again when it is repeated", async () => {
  const { act, says, channel, ada, eve } = await mentioning();
  const plan = await channel(ada, { name: "Plan" });
  const seq = await says(ada, plan, "hello");
  const told = [{ userId: eve.userId, name: expect.any(String), handle: "eve", mayAdd: true }];
  expect((await act(ada, "PATCH", plan, seq, body("hello @eve"))).body).toMatchObject({ notInChannel: told });
  const again = await act(ada, "PATCH", plan, seq, body("hello @eve"));
  expect(again.body).toMatchObject({ edits: 1, notInChannel: told });
  expect((await act(ada, "PATCH", plan, seq, body("hello"))).body).not.toHaveProperty("notInChannel");
});

test("MSG-6, MSG-11 deleting a message takes its mentions in the same write, so that none outlives it", async () => {
  const { act, edit, unread, head, ada, dan, general, seq, partition, org } = await mentioning();
  await edit("hello @dan and @channel");
  expect(await unread(dan)).toEqual([1, 1]);
  await act(ada, "DELETE", general, seq);
  expect([await unread(dan), await head()]).toEqual([[1, 0], {}]);
  const rows = (await partition(keys.person(org, dan.userId))).map(({ sk }) => String(sk));
  expect(rows.filter((sk) => sk.startsWith("MENTION#"))).toEqual([]);
});

test("MSG-8 whom an edit mentions in a reply follows its thread from there on, unless they stopped following before", async () => {
  const { act, replies, item, ada, bob, dan, eve, general, seq, org } = await mentioning();
  const reply = await replies(bob, general, seq);
  await act(eve, "DELETE /follow", general, seq);
  await act(bob, "PATCH", general, reply, body("@dan @eve look"));
  const row = async (who: typeof dan) => await item(keys.personThread(org, who.userId, general, seq));
  expect(await row(dan)).toMatchObject({ isFollowing: true, lastReadSeq: reply - 1 });
  expect(await row(eve)).toMatchObject({ isFollowing: false });
  expect(await row(ada)).toMatchObject({ isFollowing: true });
});

test("MSG-11 of posts while an edit moves the mentions of many none is lost", async () => {
  const { edit, meanwhile, head, general, org, table, seq } = await mentioning();
  meanwhile(
    async () =>
      await table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: keys.channelHead(org, general),
          UpdateExpression: "SET wide.#token = :seq",
          ExpressionAttributeNames: { "#token": "c-abcd" },
          ExpressionAttributeValues: { ":seq": 7 },
        }),
      ),
  );
  await edit("@channel");
  expect(Object.values((await head()) ?? {}).sort()).toEqual([seq, 7].sort());
});
