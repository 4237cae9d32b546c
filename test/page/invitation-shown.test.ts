import { expect, test } from "vitest";
import { channelNames, invitationIn, roleIn } from "../../functions/page/browser/invitation.ts";
import { noticeOf } from "../../functions/page/browser/refusals.ts";

const PREVIEW = {
  state: "pending",
  kind: "guest",
  organization: { name: "Acme" },
  invitedBy: { name: "Ada Byron" },
  email: "gil@example.net",
  channels: [
    { id: "chn_1", name: "Launch" },
    { id: "chn_2", name: "Press" },
  ],
  expiresAt: "2026-03-07T10:00:00.000Z",
  requires: { profile: true, terms: "1", strict: true },
};

test("GINV-3, INV-16 the page says that a guest is invited, and into which channels", () => {
  const invitation = invitationIn("secret", PREVIEW);
  expect(invitation).toMatchObject({ isGuest: true, role: "guest" });
  expect(channelNames(invitation)).toBe("#Launch, #Press");
});

test("GINV-8 after the acceptance it names those channels that it led to", () => {
  const invitation = invitationIn("secret", PREVIEW);
  expect(channelNames(invitation, { kind: "guest", channelIds: ["chn_2", "chn_unnamed"] })).toBe("#Press");
  expect(channelNames(invitation, { kind: "guest", channelIds: [] })).toBe("");
});

test("MINV-2 a member's roles are named, and no channels where there are none", () => {
  const { channels: _, ...member } = { ...PREVIEW, kind: "member", orgRole: "user", chatRole: "admin" };
  const invitation = invitationIn("secret", member);
  expect(invitation).toMatchObject({ isGuest: false, role: "user and chat admin", channels: [] });
  expect(channelNames(invitation)).toBe("");
  expect(roleIn({})).toBe("");
});

test("GINV-8, SEAT-6 a guest is told that no channel, or no place, is left", () => {
  const invitation = invitationIn("secret", PREVIEW);
  const refusal = { ok: false, status: 409, requestId: "r", data: {} } as const;
  expect(noticeOf({ ...refusal, code: "channel-unavailable" }, invitation)).toContain("Ada Byron");
  expect(noticeOf({ ...refusal, code: "quota-exceeded" }, invitation)).toContain("guest");
});
