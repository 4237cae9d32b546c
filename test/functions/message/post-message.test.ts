import { expect, test, vi } from "vitest";
import { postMessage } from "../../../functions/message/post-message.ts";
import { memoryLog } from "./memory-log.ts";
import { GENERAL, loading, member, NOW, ORG, OTHER_ORG, userId } from "./people.ts";

function setup() {
  const { log, head, messages } = memoryLog();
  const put = vi.spyOn(log, "put");
  const takeSeq = vi.spyOn(log, "takeSeq");
  const ann = member("ann", { firstName: "Ann", lastName: "Lee" });
  const gone = member("gone", { state: "deactivated" });
  const deps = { log, member: loading(ann, gone), now: () => NOW };
  const post = (differing: Partial<Parameters<typeof postMessage>[1]> = {}) =>
    postMessage(deps, {
      organizationId: ORG,
      channelId: GENERAL,
      userId: ann.userId,
      text: "hello",
      nonce: "n",
      ...differing,
    });
  return { post, head, messages, put, takeSeq };
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
  ["ORG-10 a deactivated member", { userId: userId("gone") }, 403, "member-deactivated"],
])("%s is refused and nothing is written", async (_what, differing, status, code) => {
  const { post, put, takeSeq } = setup();
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
