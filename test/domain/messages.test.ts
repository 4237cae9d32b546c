import { expect, test } from "vitest";
import { allowsEdit, MAX_EDITS, mayDeleteMessage, mayEditMessage, mayPin } from "../../domain/messages.ts";
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

test.each([
  ["MSG-6 a member their own", { standing: member, isOwn: true }, undefined],
  ["MSG-6 a guest their own", { standing: guest, isOwn: true }, undefined],
  ["MSG-6 a member nobody else's", { standing: member }, "MSG-6"],
  ["MSG-6 a chat admin nobody else's", { standing: chatAdmin, relation: "admin" }, "MSG-6"],
  ["MSG-6 nobody in a channel that they left", { standing: member, relation: "none", isOwn: true }, "CH-5"],
  [
    "GST-9 no guest where they were not given it",
    { standing: guest, relation: "none", isOwn: true },
    "GST-9",
  ],
  ["CH-7 nobody in an archived channel", { standing: member, isOwn: true, isArchived: true }, "CH-7"],
] as const)("%s is edited", (_what, differing, rule) => {
  const decision = mayEditMessage({ ...facts, ...differing });
  expect(decision.allowed ? undefined : decision.rule).toBe(rule);
});

test("MSG-6 a message is edited so often and no more, and not once it is deleted", () => {
  expect(allowsEdit({ isDeleted: false, edits: MAX_EDITS - 1 })).toEqual({ allowed: true });
  expect(allowsEdit({ isDeleted: false, edits: MAX_EDITS })).toMatchObject({ code: "too-many-edits" });
  expect(allowsEdit({ isDeleted: true, edits: 0 })).toMatchObject({ code: "message-deleted" });
});
