import { REGISTRATION_FIELDS } from "@vestibule/domain/registration";
import { SHARE_RIGHTS } from "@vestibule/domain/vocabulary";
import { expect, test } from "vitest";
import {
  acceptedIn,
  channelNames,
  invitationIn,
  rightsOf,
  roleOf,
} from "../../functions/page/browser/invite/invitation.ts";
import { aboutIn, reasonOf, remedyOf, wordsOf } from "../../functions/page/browser/invite/refusals.ts";
import { missingIn, registrationIn } from "../../functions/page/browser/invite/registration.ts";

const DOOR = { by: "link", secret: "secret" } as const;
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
  const invitation = invitationIn(DOOR, PREVIEW);
  expect(roleOf(invitation)).toBe("guest");
  expect(channelNames(invitation)).toBe("#Launch, #Press");
});

test("GINV-8 after the acceptance it names those channels that it led to", () => {
  expect(channelNames(acceptedIn(PREVIEW, { kind: "guest", channelIds: ["chn_2", "chn_unnamed"] }))).toBe(
    "#Press",
  );
  expect(channelNames(acceptedIn(PREVIEW, { kind: "guest", channelIds: [] }))).toBe("");
});

test("MINV-2 a member's roles are named, and no channels where there are none", () => {
  const { channels: _, ...member } = { ...PREVIEW, kind: "member", orgRole: "user", chatRole: "admin" };
  const invitation = invitationIn(DOOR, member);
  expect(roleOf(invitation)).toBe("user and chat admin");
  expect(channelNames(invitation)).toBe("");
  expect(roleOf(invitationIn(DOOR, { kind: "member" }))).toBe("");
});

test("SHR-5 every right of a share has words, and one that the page does not know has none", () => {
  const share = invitationIn(DOOR, { ...PREVIEW, kind: "share", rights: [...SHARE_RIGHTS, "somethingNew"] });
  expect(rightsOf(share).split(/ and |, /u)).toHaveLength(SHARE_RIGHTS.length);
});

test("INV-16 of very many channels the first are named", () => {
  const channels = Array.from({ length: 40 }, (_, index) => ({ id: `chn_${index}`, name: `c${index}` }));
  expect(channelNames(invitationIn(DOOR, { ...PREVIEW, channels }))).toMatch(/#c11 and 28 more$/u);
});

const REFUSAL = { ok: false, status: 409, requestId: "request-1", data: {} } as const;

test.each([
  [410, "invitation-expired", {}, "expired", undefined],
  [410, "invitation-revoked", {}, "revoked", undefined],
  [410, "invitation-used", {}, "used", undefined],
  [410, "invitation-declined", {}, "declined", undefined],
  [409, "already-has-access", {}, "alreadyHasAccess", undefined],
  [403, "recipient-mismatch", {}, "wrongAccount", "switch"],
  [403, "email-not-verified", {}, "notVerified", "sign-in"],
  [403, "mfa-required", {}, "secondFactor", "second-factor"],
  [409, "quota-exceeded", { quota: "seats" }, "noSeat", "again"],
  [409, "quota-exceeded", { quota: "guests" }, "noGuestPlace", "again"],
  [409, "channel-unavailable", {}, "noChannel", "again"],
  [401, "unauthenticated", {}, "signedOut", "sign-in"],
  [429, "rate-limited", {}, "tooMany", "again"],
  [503, "unavailable", {}, "busy", "again"],
  [0, "network", {}, "offline", "again"],
  [500, "internal-error", {}, "failed", "again"],
  [409, "something-new", {}, "failed", "again"],
])("INV-15 a %i %s %j is a page of its own: %s, and then %s", (status, code, data, reason, remedy) => {
  const found = reasonOf({ ...REFUSAL, status, code, data }, true);
  expect(found).toBe(reason);
  expect(remedyOf(found)).toBe(remedy);
});

test("INV-15 an unknown link may be cut short; an invitation that was shown before is gone", () => {
  const refusal = { ...REFUSAL, status: 404, code: "not-found" };
  expect(reasonOf(refusal, false)).toBe("unknown");
  expect(reasonOf(refusal, true)).toBe("organizationGone");
});

test("INV-15 the holder of a link that is over learns whom to ask", () => {
  const data = { invitedBy: { name: "Ada Byron" }, organization: { name: "Acme" } };
  const about = aboutIn({ ...REFUSAL, status: 410, code: "invitation-expired", data });
  expect(wordsOf("expired", about).text).toContain("Ada Byron");
  expect(wordsOf("expired", aboutIn(REFUSAL_404)).text).toContain("the person who invited you");
});

const REFUSAL_404 = { ...REFUSAL, status: 404, code: "not-found" };

test("INV-7 the form asks for what the service names, and sends that and the language alone", () => {
  const missing = missingIn({ missing: [...REGISTRATION_FIELDS, "profile.phone"] });
  expect(missing).toEqual({ profile: true, phone: true, terms: true });
  const draft = { firstName: " Gil ", lastName: "Blas", phone: " +41 79 123 45 67", hasAcceptedTerms: true };
  expect(registrationIn(missing, draft, "3", "fr")).toEqual({
    profile: { firstName: "Gil", lastName: "Blas", phone: "+41 79 123 45 67", locale: "fr" },
    termsVersion: "3",
  });
  const onlyTerms = missingIn({ missing: ["termsVersion"] });
  expect(registrationIn(onlyTerms, draft, "3", "fr")).toEqual({ termsVersion: "3" });
});
