import { expect, test, vi } from "vitest";
import { postMessage } from "../../../functions/message/post-message.ts";
import { tombstone } from "../../../functions/table/messages.ts";
import { memoryLog } from "./memory-log.ts";
import { channel, GENERAL, guest, member, NOW, ORG, places, row, SIDE, userId } from "./people.ts";

const ANN = userId("ann");
const BOB = userId("bob");
const EVE = userId("eve");
const GIL = userId("gil");

function setup(world: Parameters<typeof places>[0] = {}, type: "public" | "private" | "direct" = "public") {
  const { log, head, messages } = memoryLog();
  const put = vi.spyOn(log, "put");
  const wide = vi.spyOn(log, "wide");
  const people = [
    member("ann", { firstName: "Ann", lastName: "Lee" }),
    member("bob"),
    member("eve", { firstName: "Eve", lastName: "Poe" }),
    member("gone", { state: "deactivated" }),
    guest("gil"),
    guest("over", { endsAt: NOW }),
  ];
  const rows = { [ANN]: row(), [BOB]: row(), [GIL]: row({ kind: "guest" }) };
  const channels = [channel(type), channel("public", { channelId: GENERAL, isGeneral: true })];
  const deps = { log, ...places({ people, rows, channels, ...world }) };
  let nonce = 0;
  const post = (text: string, differing: Partial<Parameters<typeof postMessage>[1]> = {}) => {
    nonce += 1;
    const input = { organizationId: ORG, channelId: SIDE, userId: ANN, text, nonce: `n${nonce}` };
    return postMessage(deps, { ...input, ...differing });
  };
  return { post, head, messages, put, wide, deps };
}

test("MSG-10 who is in the channel is mentioned: stored with the message, and noted with it", async () => {
  const { post, messages, put } = setup();
  const { message, notInChannel } = await post("hello @bob and @gil, says @ann; not @nobody");
  const mentions = { userIds: [ANN, BOB, GIL], groupIds: [], isChannel: false };
  expect(message.mentions).toEqual(mentions);
  expect(notInChannel).toEqual([]);
  expect(messages.get(1)).toMatchObject({ mentions });
  expect(put).toHaveBeenCalledWith(expect.anything(), message, {
    mentionedIds: [ANN, BOB, GIL],
    root: undefined,
  });
});

test("MSG-10 a plain message looks nobody up", async () => {
  const { post, put, wide, deps } = setup();
  const { message } = await post("mail ann@example.com or `@bob`");
  expect(message).not.toHaveProperty("mentions");
  for (const asked of [deps.mentions.byHandle, deps.mentions.groups, deps.channel, wide])
    expect(asked).not.toHaveBeenCalled();
  expect(put.mock.calls[0]?.[2]).toBeUndefined();
});

test("MSG-10 the author is told of those who are not in the channel, and that they may add them", async () => {
  const { post } = setup();
  const { message, notInChannel } = await post("@eve @bob");
  expect(message.mentions?.userIds).toEqual([BOB]);
  expect(notInChannel).toEqual([{ userId: EVE, name: "Eve Poe", handle: "eve", mayAdd: true }]);
});

test.each([
  ["GST-12 a guest may not add them", "public", { userId: GIL }, { met: [EVE] }],
  ["CH-3 nobody is added to a conversation", "direct", {}, {}],
] as const)("MSG-10, %s", async (_what, type, differing, world) => {
  const { post } = setup(world, type);
  expect((await post("@eve", differing)).notInChannel).toMatchObject([{ userId: EVE, mayAdd: false }]);
});

test("GST-16 a guest is not told of people whom they meet nowhere", async () => {
  const { post } = setup();
  expect(await post("@eve @bob", { userId: GIL })).toMatchObject({
    notInChannel: [],
    message: { mentions: { userIds: [BOB] } },
  });
});

test("GINV-10, ORG-10 nobody is mentioned who is gone, nor is the author told of them", async () => {
  const { post } = setup();
  const { message, notInChannel } = await post("@gone @over");
  expect(message.mentions).toBeUndefined();
  expect(notInChannel).toEqual([]);
});

test("CH-1 in General every member is mentioned without a row, a guest by theirs alone", async () => {
  const { post } = setup({ rows: {} });
  const { message, notInChannel } = await post("@bob @gil", { channelId: GENERAL });
  expect(message.mentions?.userIds).toEqual([BOB]);
  expect(notInChannel).toMatchObject([{ userId: GIL, mayAdd: true }]);
});

test("MSG-10 @channel and groups are noted on the channel's head, once, without a write per person", async () => {
  const { post, head, put } = setup({ groups: ["sales", "sales team"] });
  await post("@channel @sales");
  expect(Object.values(head.wide)).toEqual([1]);
  const { message } = await post("@sales-team @bob");
  expect(message.mentions).toEqual({ userIds: [BOB], groupIds: ["sales team"], isChannel: false });
  expect(Object.values(head.wide)).toEqual([1, 2]);
  expect(put.mock.calls.map(([, , along]) => along?.mentionedIds)).toEqual([undefined, [BOB]]);
});

test("GST-13 what a guest writes mentions no group, but may mention the channel", async () => {
  const { post, deps } = setup({ groups: ["sales"] });
  expect((await post("@sales @channel", { userId: GIL })).message.mentions).toEqual({
    userIds: [],
    groupIds: [],
    isChannel: true,
  });
  expect(deps.mentions.groups).not.toHaveBeenCalled();
});

test("MSG-11 the head keeps the latest 16 mentions of many", async () => {
  const { post, head } = setup();
  for (let count = 0; count < 20; count += 1) await post("@channel");
  expect(Object.values(head.wide).sort((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, i) => i + 5));
});

test("MSG-3 repeated, a mention is told again and noted once", async () => {
  const { post, head } = setup();
  const first = await post("@channel @eve", { nonce: "same" });
  const again = await post("@channel @eve", { nonce: "same" });
  expect(again).toEqual({ ...first, isNew: false });
  expect(Object.keys(head.wide)).toHaveLength(1);
});

test("BOT-3 what is posted to the assistant is marked for it", async () => {
  const { post } = setup({ rows: { [ANN]: row({ isWithBot: true }) } }, "direct");
  expect((await post("2 + 2")).message.isForBot).toBe(true);
  expect((await setup().post("2 + 2")).message).not.toHaveProperty("isForBot");
});

test("MSG-2, MSG-10 a message that lost its place to a tombstone mentions its people once, where it is", async () => {
  const { post, head, messages, deps } = setup();
  vi.spyOn(deps.log, "put").mockImplementationOnce(async (_channel, { seq }) => {
    messages.set(seq, tombstone(seq, "msg_dead", NOW));
    return "occupied";
  });
  expect((await post("@channel")).message.seq).toBe(2);
  expect(Object.values(head.wide)).toEqual([2]);
});
