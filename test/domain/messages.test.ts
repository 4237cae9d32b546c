import { expect, test } from "vitest";
import { mayDeleteMessage, mayPin } from "../../domain/messages.ts";
import { NO_RIGHTS, type Standing } from "../../domain/people.ts";

const guest: Standing = { kind: "guest", state: "active" };
const member: Standing = {
  kind: "member",
  state: "active",
  orgRole: "user",
  chatRole: "user",
  rights: NO_RIGHTS,
};
const chatAdmin: Standing = { ...member, chatRole: "admin" };
const facts = { relation: "member", channelType: "private", isArchived: false, isOwn: false } as const;

test("MSG-7 GST-1 everybody in the channel pins, CH-7 unless it is archived", () => {
  expect(mayPin({ ...facts, standing: guest })).toEqual({ allowed: true });
  expect(mayPin({ ...facts, standing: member })).toEqual({ allowed: true });
  expect(mayPin({ ...facts, standing: guest, isArchived: true })).toMatchObject({ rule: "CH-7" });
  expect(mayPin({ ...facts, standing: guest, relation: "none", channelType: "public" })).toMatchObject({
    code: "not-found",
    rule: "GST-9",
  });
});

test.each([
  ["GST-15 a guest not even their own", { standing: guest, isOwn: true }, "GST-15"],
  ["MSG-6 a member their own", { standing: member, isOwn: true }, undefined],
  ["MSG-6 a member nobody else's", { standing: member }, "MSG-6"],
  ["MSG-6 a channel admin anybody's", { standing: member, relation: "admin" }, undefined],
  ["MSG-6 a chat admin anybody's in a channel they see", { standing: chatAdmin }, undefined],
  [
    "MSG-6 a chat admin their own in a public channel that they left",
    { standing: chatAdmin, relation: "none", channelType: "public", isOwn: true },
    undefined,
  ],
  [
    "MSG-6 a member their own in a public channel that they left: no more",
    { standing: member, relation: "none", channelType: "public", isOwn: true },
    "MSG-6",
  ],
  ["CH-3 in a conversation, one's own", { standing: member, channelType: "direct", isOwn: true }, undefined],
  ["CH-3 in a conversation, nobody else's", { standing: chatAdmin, channelType: "direct" }, "CH-3"],
  ["CH-7 nothing in an archived channel", { standing: member, isOwn: true, isArchived: true }, "CH-7"],
] as const)("%s is deleted", (_what, differing, rule) => {
  const decision = mayDeleteMessage({ ...facts, ...differing });
  expect(decision.allowed ? undefined : decision.rule).toBe(rule);
});
