import { expect, test, vi } from "vitest";
import { postMessage } from "../../../functions/message/post-message.ts";
import { memoryLog } from "./memory-log.ts";
import { channel, GENERAL, member, ORG, places, row, SIDE, userId } from "./people.ts";

const ANN = userId("ann");
const BOB = userId("bob");

function setup() {
  const { log, head, messages } = memoryLog();
  const put = vi.spyOn(log, "put");
  const people = [
    member("ann"),
    member("bob", { email: "bob@named.example", addressKeys: ["bob@example.com", "b@example.com"] }),
  ];
  const channels = [
    channel("public", { channelId: GENERAL, isGeneral: true }),
    channel("direct", { userIds: [ANN, BOB] }),
  ];
  const deps = { log, ...places({ people, channels, rows: { [ANN]: row() } }) };
  const post = (nonce: string, differing: Partial<Parameters<typeof postMessage>[1]> = {}) =>
    postMessage(deps, {
      organizationId: ORG,
      channelId: GENERAL,
      userId: ANN,
      text: nonce,
      nonce,
      ...differing,
    });
  const deletes = (seq: number) => {
    const message = messages.get(seq);
    if (message !== undefined) messages.set(seq, { ...message, text: "", isDeleted: true });
  };
  return { post, put, messages, head, deletes, log, deps };
}

test("MSG-8 a reply names its root; a reply to a reply goes into the same thread", async () => {
  const { post, put } = setup();
  const { message: root } = await post("root");
  const { message: reply } = await post("reply", { replyTo: 1 });
  const { message: second } = await post("second", { replyTo: 2 });
  expect([reply.replyTo, second.replyTo]).toEqual([1, 1]);
  expect(put.mock.calls.map(([, , along]) => along?.root?.seq)).toEqual([undefined, 1, 1]);
  expect(root).not.toHaveProperty("replyTo");
});

test("MSG-8 nothing is answered that is not there", async () => {
  const { post, head } = setup();
  await expect(post("x", { replyTo: 7 })).rejects.toMatchObject({ status: 404, code: "not-found" });
  expect(head.seq).toBe(0);
});

test("MSG-8, SEAT-7 nor what the plan no longer shows", async () => {
  const { post, messages, deps } = setup();
  const { message } = await post("root");
  messages.set(1, { ...message, createdAt: "2026-01-01T00:00:00.000Z" });
  deps.historyDays = async () => 90;
  await expect(post("x", { replyTo: 1 })).rejects.toMatchObject({ status: 404, code: "not-found" });
});

test("MSG-8 a deleted message is answered no more, but a reply that was stored is repeated (MSG-3)", async () => {
  const { post, head, deletes } = setup();
  await post("root");
  const stored = await post("reply", { replyTo: 1 });
  deletes(1);
  const refusal = { status: 409, code: "message-deleted", rule: "MSG-8" };
  await expect(post("late", { replyTo: 1 })).rejects.toMatchObject(refusal);
  await expect(post("later", { replyTo: 2 })).rejects.toMatchObject(refusal);
  expect(head.seq).toBe(2);
  expect(await post("reply", { replyTo: 1 })).toMatchObject({ message: stored.message, isNew: false });
});

test("MSG-8, MSG-2 a root that is deleted while a reply is written refuses it, and leaves no hole", async () => {
  const { post, put, deletes, messages, log } = setup();
  await post("root");
  const takeSeq = log.takeSeq;
  vi.spyOn(log, "takeSeq").mockImplementationOnce(async (...given) => {
    deletes(1);
    return await takeSeq(...given);
  });
  await expect(post("reply", { replyTo: 1 })).rejects.toMatchObject({ code: "message-deleted" });
  expect(messages.get(2)).toMatchObject({ isDeleted: true, authorKind: "system" });
  expect(put).toHaveBeenCalledTimes(3);
});

const CARD = {
  subject: "Offer",
  sentAt: "2026-11-20T08:00:00.000Z",
  from: { name: "Bob", email: " BOB@example.com" },
};

test.each([
  ["their address", "bob@example.com"],
  ["another address of theirs", "B@example.com"],
])("MSG-14 a mail is answered in the direct conversation with its sender, by %s", async (_what, email) => {
  const { post } = setup();
  const mailCard = { ...CARD, from: { name: "Bob", email } };
  expect((await post("hi", { channelId: SIDE, mailCard })).message.mailCard).toEqual(mailCard);
});

test.each([
  ["in a channel", { channelId: GENERAL, mailCard: CARD }],
  [
    "to somebody else",
    { channelId: SIDE, mailCard: { ...CARD, from: { name: "", email: "eve@example.com" } } },
  ],
  [
    "by an address that its owner has not verified",
    { channelId: SIDE, mailCard: { ...CARD, from: { name: "", email: "bob@named.example" } } },
  ],
])("MSG-14 a mail is not answered %s", async (_what, differing) => {
  const { post, head } = setup();
  await expect(post("hi", differing)).rejects.toMatchObject({ status: 409, code: "mail-card-not-direct" });
  expect(head.seq).toBe(0);
});
