import { expect, test, vi } from "vitest";
import { postMessage } from "../../../functions/message/post-message.ts";
import { memoryLog } from "./memory-log.ts";
import { channel, GENERAL, guest, member, NOW, ORG, OTHER_ORG, places, row, SIDE, userId } from "./people.ts";

function setup(world: Parameters<typeof places>[0] = {}) {
  const { log, head, messages } = memoryLog();
  const put = vi.spyOn(log, "put");
  const takeSeq = vi.spyOn(log, "takeSeq");
  const people = [
    member("ann", { firstName: "Ann", lastName: "Lee" }),
    member("gone", { state: "deactivated" }),
    guest("gil"),
    guest("over", { endsAt: NOW }),
  ];
  const general = channel("public", { channelId: GENERAL, isGeneral: true });
  const { channels = [], ...rest } = world;
  const deps = { log, ...places({ people, channels: [general, ...channels], ...rest }) };
  const post = (differing: Partial<Parameters<typeof postMessage>[1]> = {}) =>
    postMessage(deps, {
      organizationId: ORG,
      channelId: GENERAL,
      userId: userId("ann"),
      text: "hello",
      nonce: "n",
      ...differing,
    });
  return { post, head, messages, put, takeSeq, deps };
}

test("MSG-1 a message is stored as given, with its author and time", async () => {
  const { post, messages } = setup();
  const text = " **bold** \u0000 \u{1F600} \r\n ";
  const { message, isNew } = await post({ text });
  expect(isNew).toBe(true);
  expect(message).toEqual({
    seq: 1,
    messageId: expect.stringMatching(/^msg_/u),
    authorKind: "member",
    authorId: userId("ann"),
    authorName: "Ann Lee",
    text,
    nonce: "n",
    createdAt: "2026-11-22T10:00:00.000Z",
  });
  expect(messages.get(1)).toEqual(message);
});

test("MSG-3 a repetition answers the message as it was first sent", async () => {
  const { post } = setup();
  const first = await post();
  expect(await post({ text: "something else" })).toMatchObject({ message: first.message, isNew: false });
});

test.each([
  ["MSG-1 a blank text", { text: " \n\t " }, 400, "message-empty"],
  ["MSG-1 16 001 characters", { text: "x".repeat(16_001) }, 400, "message-too-long"],
  ["MSG-1 half a character", { text: "\ud83d" }, 400, "message-not-text"],
  ["INV-15 a stranger", { userId: userId("eve") }, 404, "not-found"],
  ["INV-15 another organization", { organizationId: OTHER_ORG }, 404, "not-found"],
  ["INV-15 another channel", { channelId: `chn_${"1".repeat(26)}` }, 404, "not-found"],
  ["GST-9 a guest who was not given General", { userId: userId("gil") }, 404, "not-found"],
  ["GST-9 a guest in a public channel", { userId: userId("gil"), channelId: SIDE }, 404, "not-found"],
  ["GINV-10 a guest whose access is over", { userId: userId("over") }, 404, "not-found"],
  ["MSG-4 a member who is not in it", { channelId: SIDE }, 403, "not-channel-member"],
  ["ORG-10 a deactivated member", { userId: userId("gone") }, 403, "member-deactivated"],
])("%s is refused and nothing is written", async (_what, differing, status, code) => {
  const { post, put, takeSeq } = setup({ channels: [channel("public")] });
  await expect(post(differing)).rejects.toMatchObject({ name: "Problem", status, code });
  expect(put).not.toHaveBeenCalled();
  expect(takeSeq).not.toHaveBeenCalled();
});

test("MSG-1 16 000 characters outside the basic plane are not too long", async () => {
  const { post } = setup();
  expect((await post({ text: "\u{1F600}".repeat(16_000) })).isNew).toBe(true);
});

test("CH-7 an archived channel is read only", async () => {
  const { post, head, put } = setup();
  head.archivedAt = "2026-11-01T00:00:00.000Z";
  await expect(post()).rejects.toMatchObject({ status: 409, code: "channel-archived", rule: "CH-7" });
  expect(put).not.toHaveBeenCalled();
});

const ANN = userId("ann");
const GIL = userId("gil");
const IN_SIDE = { channelId: SIDE };

test("GST-9 a guest posts in a channel they were given, as a guest", async () => {
  const { post } = setup({ rows: { [GIL]: row({ kind: "guest" }) } });
  const { message } = await post({ ...IN_SIDE, userId: GIL });
  expect(message).toMatchObject({ authorKind: "guest", authorName: "gil Visitor" });
});

test("GINV-11 the row from when a guest was a member lets them in no more", async () => {
  const { post, takeSeq } = setup({
    rows: { [GIL]: row({ kind: "member" }) },
    channels: [channel("private")],
  });
  await expect(post({ ...IN_SIDE, userId: GIL })).rejects.toMatchObject({ status: 404, rule: "GST-9" });
  expect(takeSeq).not.toHaveBeenCalled();
});

test.each([
  ["CH-5 a private channel does not exist", "private", 404, "CH-5"],
  ["CH-3 nor does a direct conversation", "direct", 404, "CH-5"],
  ["MSG-4 a public one is for those who are in it", "public", 403, "MSG-4"],
] as const)("%s, to a member who is not in it", async (_what, type, status, rule) => {
  const { post, takeSeq } = setup({ channels: [channel(type)] });
  await expect(post(IN_SIDE)).rejects.toMatchObject({ status, rule });
  expect(takeSeq).not.toHaveBeenCalled();
});

test("a row that a lagging replica does not have yet lets its person in all the same", async () => {
  const { post } = setup({ rows: { [ANN]: row() }, staleRows: {}, channels: [channel("private")] });
  expect((await post(IN_SIDE)).isNew).toBe(true);
});

test("MSG-4 who was just taken out posts nothing, even where a replica lags", async () => {
  const { post, head, put } = setup({
    rows: {},
    staleRows: { [ANN]: row() },
    channels: [channel("private")],
  });
  head.fencedAt = NOW - 1_000;
  await expect(post(IN_SIDE)).rejects.toMatchObject({ status: 404, rule: "CH-5" });
  expect(put).not.toHaveBeenCalled();
  expect(head.seq).toBe(0);
});

test("MSG-4 when somebody else was just taken out, the author's place is read strongly, once", async () => {
  const { post, head, deps } = setup({ rows: { [ANN]: row() } });
  head.fencedAt = NOW - 1_000;
  expect((await post(IN_SIDE)).isNew).toBe(true);
  expect(deps.row.mock.calls.map(([, , reading]) => reading.isConsistent)).toEqual([false, true]);
});

test("a member in General needs no row, whoever left", async () => {
  const { post, head, deps } = setup();
  head.fencedAt = NOW;
  expect((await post()).isNew).toBe(true);
  expect(deps.row).not.toHaveBeenCalled();
});
