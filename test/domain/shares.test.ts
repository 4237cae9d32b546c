import { ALL_RIGHTS, NO_RIGHTS, type Standing } from "@vestibule/domain/people";
import {
  isHolding,
  isRecentSignIn,
  mayAcceptShare,
  mayChangeShare,
  mayManageShares,
  mayRemoveShare,
  maySeeShareInvitation,
  maySeeShares,
  mayShare,
  RECENT_SIGN_IN_MS,
  sharePreviewState,
  sumRights,
} from "@vestibule/domain/shares";
import { DEFAULT_SHARE_RIGHTS, SHARE_RIGHTS } from "@vestibule/domain/vocabulary";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { holds } from "./holds.ts";
import {
  administrator,
  anyStanding,
  chatAdmin,
  deactivated,
  guest,
  legalRepresentative,
  member,
  outsider,
  user,
} from "./people.ts";

const allowed = { allowed: true };
const refused = (code: string, rule: string) => ({ allowed: false, code, rule });
const now = Date.UTC(2026, 10, 22);
const mailManager = member({ rights: { ...NO_RIGHTS, mail: true } });

test("SHR-2 those share who hold the mail right, on their record or by their org role", () => {
  for (const standing of [mailManager, administrator, legalRepresentative])
    expect(mayManageShares(standing)).toEqual(allowed);
  for (const standing of [user, chatAdmin, member({ rights: { ...ALL_RIGHTS, mail: false } })])
    expect(mayManageShares(standing)).toEqual(refused("not-mail-manager", "SHR-2"));
  expect(mayManageShares(guest)).toEqual(refused("guest-restricted", "GST-12"));
  expect(mayManageShares(outsider)).toEqual(refused("not-found", "INV-15"));
  expect(mayManageShares(deactivated)).toEqual(refused("member-deactivated", "ORG-10"));
});

test("SHR-2 a sign-in is recent for 15 minutes; one that is not dated never is", () => {
  expect(isRecentSignIn(now - RECENT_SIGN_IN_MS, now)).toBe(true);
  expect(isRecentSignIn(now - RECENT_SIGN_IN_MS - 1, now)).toBe(false);
  for (const unknown of [undefined, null, Number.NaN]) expect(isRecentSignIn(unknown, now)).toBe(false);
});

/** Everything in order: a mail manager who has just signed in shares info@ with Bob. */
const sharing = {
  actor: mailManager,
  signedInAt: now,
  now,
  address: "info@example.org",
  isNamedAlready: false,
  isLogin: false,
  target: { email: "bob@example.org", hasAccess: false },
};

test("SHR-2 SHR-3 SHR-4 SHR-8 an address is shared with a member, a group, an outsider, or whoever holds the link", () => {
  expect(mayShare(sharing)).toEqual(allowed);
  expect(mayShare({ ...sharing, target: { email: null, hasAccess: false } })).toEqual(allowed);
});

test.each([
  ["SHR-2", { actor: user }, "not-mail-manager"],
  ["SHR-2", { signedInAt: undefined }, "reauthentication-required"],
  ["SHR-2", { signedInAt: now - RECENT_SIGN_IN_MS - 1 }, "reauthentication-required"],
  ["SHR-3", { isNamedAlready: true }, "address-conflict"],
  ["SHR-3", { target: { email: "Info@Example.org", hasAccess: false } }, "address-conflict"],
  ["SHR-3", { isLogin: true }, "address-is-login"],
  ["SHR-8", { target: { email: null, hasAccess: true } }, "already-has-access"],
  [
    "MINV-7",
    { target: { email: "b@x.org", hasAccess: false, pendingInvitationId: "inv_1" } },
    "already-invited",
  ],
] as const)("%s %j is refused: %s", (rule, change, code) => {
  expect(mayShare({ ...sharing, ...change })).toMatchObject(refused(code, rule));
});

test("SHR-3 who has that same address comes before whose login it is, both before who has access", () => {
  const all = { ...sharing, isNamedAlready: true, isLogin: true, target: { email: null, hasAccess: true } };
  expect(mayShare(all)).toMatchObject({ code: "address-conflict" });
  expect(mayShare({ ...all, isNamedAlready: false })).toMatchObject({ code: "address-is-login" });
});

test("SHR-2 SHR-5 changing rights asks for a recent sign-in, taking away never does", () => {
  expect(mayChangeShare(sharing)).toEqual(allowed);
  expect(mayChangeShare({ ...sharing, signedInAt: 0 })).toEqual(
    refused("reauthentication-required", "SHR-2"),
  );
  expect(mayChangeShare({ ...sharing, actor: chatAdmin })).toEqual(refused("not-mail-manager", "SHR-5"));
  expect(mayRemoveShare({ actor: mailManager, isSelf: false })).toEqual(allowed);
  expect(mayRemoveShare({ actor: user, isSelf: false })).toEqual(refused("not-mail-manager", "SHR-5"));
});

test("SHR-5 whoever holds access gives it up, whatever else they are", () => {
  holds(
    fc.property(anyStanding, (actor) => {
      expect(mayRemoveShare({ actor, isSelf: true })).toEqual(allowed);
    }),
  );
});

test("SHR-6 mail managers see holders and pending shares, a sender what they sent", () => {
  expect(maySeeShares(mailManager)).toEqual(allowed);
  expect(maySeeShares(user)).toEqual(refused("not-mail-manager", "SHR-6"));
  expect(maySeeShareInvitation({ viewer: mailManager, isSender: false })).toEqual(allowed);
  expect(maySeeShareInvitation({ viewer: user, isSender: true })).toEqual(allowed);
  expect(maySeeShareInvitation({ viewer: chatAdmin, isSender: false })).toMatchObject({
    code: "not-mail-manager",
  });
  expect(maySeeShareInvitation({ viewer: deactivated, isSender: true }).allowed).toBe(false);
  expect(maySeeShareInvitation({ viewer: guest, isSender: true }).allowed).toBe(false);
});

test("SHR-4 ORG-10 a member's access ends with the membership, an invited one's does not depend on it", () => {
  for (const standing of [outsider, guest, deactivated]) {
    expect(isHolding({ via: "member", standing })).toBe(false);
    expect(isHolding({ via: "invitation", standing })).toBe(true);
  }
  expect(isHolding({ via: "member", standing: user })).toBe(true);
});

test("SHR-5 SHR-8 rights of several sources add up, in the order of the list; without any there are none", () => {
  expect(DEFAULT_SHARE_RIGHTS).toEqual(["read", "send"]);
  expect(sumRights([])).toEqual([]);
  expect(sumRights([{ rights: ["viewLogs", "read"] }, { rights: ["send", "read"] }])).toEqual([
    "read",
    "send",
    "viewLogs",
  ]);
  const anyRights = fc.array(fc.record({ rights: fc.subarray([...SHARE_RIGHTS]) }));
  holds(
    fc.property(anyRights, (sources) => {
      const given = new Set(sources.flatMap(({ rights }) => rights));
      expect(new Set(sumRights(sources))).toEqual(given);
    }),
  );
});

const invitation = {
  state: "pending",
  expiresAt: now + 1,
  email: "Bob@example.org",
  strict: true,
  acceptedBy: null,
} as const;

/** Everything in order: Bob, registered, takes up access to info@ with a second factor. */
const accepting = {
  invitation,
  senderStanding: mailManager as Standing,
  person: { userId: "usr_bob", email: "bob@example.org", emailVerified: true },
  hasSecondFactor: true,
  address: "info@example.org",
  isLogin: false,
  holdsOwn: false,
  registration: {
    profile: { firstName: "Bob", lastName: "Noyce", phone: "+41 22 000 00 00" },
    termsVersion: "1",
    currentTerms: "1",
  },
  attachTo: { kind: "personal" } as const,
  now,
};

test("SHR-7 the invitee takes it up, for themselves or for an organization of theirs", () => {
  expect(mayAcceptShare(accepting)).toEqual({ allowed: true, repeat: false });
  const theirs = { kind: "organization", organizationId: "org_2", isTheirs: true } as const;
  expect(mayAcceptShare({ ...accepting, attachTo: theirs }).allowed).toBe(true);
  expect(mayAcceptShare({ ...accepting, attachTo: { ...theirs, isTheirs: false } })).toEqual({
    ...refused("not-found", "SHR-7"),
    details: { organizationId: "org_2" },
  });
});

test.each([
  ["INV-5", { invitation: { ...invitation, state: "accepted" } }, "invitation-used"],
  ["INV-8", { invitation: { ...invitation, state: "revoked" } }, "invitation-revoked"],
  ["INV-1", { now: now + 1 }, "invitation-expired"],
  ["INV-14", { senderStanding: user }, "invitation-revoked"],
  ["INV-14", { senderStanding: outsider }, "invitation-revoked"],
  ["INV-6", { person: { ...accepting.person, emailVerified: false } }, "email-not-verified"],
  ["INV-6", { person: { ...accepting.person, email: "eve@example.org" } }, "recipient-mismatch"],
  ["SHR-3", { address: "BOB@example.org" }, "address-conflict"],
  ["SHR-3", { isLogin: true }, "address-is-login"],
  ["SHR-8", { holdsOwn: true }, "already-has-access"],
  ["SHR-9", { hasSecondFactor: false }, "mfa-required"],
  ["INV-7", { registration: { ...accepting.registration, termsVersion: null } }, "registration-required"],
] as const)("%s %j is refused: %s", (rule, change, code) => {
  expect(mayAcceptShare({ ...accepting, ...change })).toMatchObject(refused(code, rule));
});

test("SHR-9 INV-7 the second factor is asked for before registration, which asks for a telephone number", () => {
  const registration = { ...accepting.registration, profile: null };
  expect(mayAcceptShare({ ...accepting, registration, hasSecondFactor: false })).toMatchObject({
    code: "mfa-required",
  });
  expect(mayAcceptShare({ ...accepting, registration })).toMatchObject({
    details: { missing: ["profile.firstName", "profile.lastName", "profile.phone"] },
  });
});

test("SHR-4 a link for whoever holds it asks for a verified address, whichever", () => {
  const link = { ...accepting, invitation: { ...invitation, email: "", strict: false } };
  expect(mayAcceptShare(link).allowed).toBe(true);
  const unverified = { ...accepting.person, emailVerified: false };
  expect(mayAcceptShare({ ...link, person: unverified })).toMatchObject({ code: "email-not-verified" });
});

test("INV-5 repeating it gets the same success for as long as they hold it", () => {
  const accepted = {
    ...accepting,
    invitation: { ...invitation, state: "accepted", acceptedBy: "usr_bob" },
  } as const;
  expect(mayAcceptShare({ ...accepted, holdsOwn: true, senderStanding: outsider })).toEqual({
    allowed: true,
    repeat: true,
  });
  expect(mayAcceptShare(accepted)).toMatchObject({ code: "invitation-used" });
});

test("INV-14 INV-15 the preview shows it revoked once its sender manages no mail, and else as it is", () => {
  expect(sharePreviewState(accepting)).toBe("pending");
  expect(sharePreviewState({ ...accepting, senderStanding: chatAdmin })).toBe("revoked");
  expect(sharePreviewState({ ...accepting, now: now + 1, senderStanding: outsider })).toBe("expired");
});
