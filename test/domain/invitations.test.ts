import { mayGrant } from "@vestibule/domain/grants";
import {
  type AcceptFacts,
  addressKey,
  DEFAULT_LIFETIME_DAYS,
  type InvitationFacts,
  isFinal,
  lifetimeMs,
  mayAccept,
  mayDecline,
  mayEdit,
  mayInviteMember,
  mayResend,
  mayRevoke,
  previewState,
  RESEND_COOLDOWN_MS,
  reminderDueAt,
  sameAddress,
  stateAt,
  transition,
} from "@vestibule/domain/invitations";
import {
  ALL_RIGHTS,
  coversRights,
  NO_RIGHTS,
  rankOf,
  rightsOf,
  type Standing,
} from "@vestibule/domain/people";
import {
  INVITATION_EVENTS,
  INVITATION_STATES,
  type InvitationEvent,
  type InvitationState,
  ORG_ROLES,
} from "@vestibule/domain/vocabulary";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { holds } from "./holds.ts";
import {
  administrator,
  anyChatRole,
  anyOrgRole,
  anyRights,
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

/** From each state, where each event leads, or what refuses it. */
const MACHINE: Record<InvitationState, Record<InvitationEvent, string>> = {
  pending: {
    accept: "accepted",
    decline: "declined",
    revoke: "revoked",
    expire: "expired",
    resend: "pending",
  },
  accepted: {
    accept: "!invitation-used",
    decline: "!invitation-used",
    revoke: "!invitation-used",
    expire: "!invitation-used",
    resend: "!invitation-used",
  },
  declined: {
    accept: "!invitation-declined",
    decline: "!invitation-declined",
    revoke: "!invitation-declined",
    expire: "!invitation-declined",
    resend: "!invitation-declined",
  },
  revoked: {
    accept: "!invitation-revoked",
    decline: "!invitation-revoked",
    revoke: "!invitation-revoked",
    expire: "!invitation-revoked",
    resend: "!invitation-revoked",
  },
  expired: {
    accept: "!invitation-expired",
    decline: "!invitation-expired",
    revoke: "!invitation-expired",
    expire: "!invitation-expired",
    // INV-9: the one way out of a state that nobody chose.
    resend: "pending",
  },
};

test.each(INVITATION_STATES.flatMap((state) => INVITATION_EVENTS.map((event) => [state, event] as const)))(
  "INV-1 from %s, %s leads where it should",
  (state, event) => {
    const next = transition(state, event);
    expect(next.allowed ? next.state : `!${next.code}`).toBe(MACHINE[state][event]);
  },
);

test("INV-1 INV-9 only pending is not final, and after any events a final state stays, but that expired is resent", () => {
  expect(INVITATION_STATES.filter((state) => !isFinal(state))).toEqual(["pending"]);
  holds(
    fc.property(fc.array(fc.constantFrom(...INVITATION_EVENTS), { minLength: 1 }), (events) => {
      let state: InvitationState = "pending";
      for (const event of events) {
        const before: InvitationState = state;
        const next = transition(state, event);
        if (next.allowed) state = next.state;
        if (before === "pending") expect(state).toBe(MACHINE.pending[event]);
        else if (before !== "expired" || event !== "resend") expect(state).toBe(before);
      }
    }),
  );
});

test("INV-1 expiry is derived from the date, to the millisecond, and for pending ones only", () => {
  expect(stateAt({ state: "pending", expiresAt: now + 1 }, now)).toBe("pending");
  expect(stateAt({ state: "pending", expiresAt: now }, now)).toBe("expired");
  for (const state of ["accepted", "declined", "revoked", "expired"] as const)
    for (const expiresAt of [now - 1, now + 1]) expect(stateAt({ state, expiresAt }, now)).toBe(state);
});

test("INV-2 members and guests have 7 days, shares 30, unless the organization says otherwise", () => {
  expect(DEFAULT_LIFETIME_DAYS).toEqual({ member: 7, guest: 7, share: 30 });
  expect(lifetimeMs("member")).toBe(604_800_000);
  expect(lifetimeMs("share")).toBe(2_592_000_000);
  expect(lifetimeMs("member", 1)).toBe(86_400_000);
});

test("INV-6 addresses compare case-insensitively, and in nothing else", () => {
  expect(sameAddress("Ada.Lovelace@Example.ORG", "ada.lovelace@example.org")).toBe(true);
  expect(sameAddress("ada.lovelace@example.org", "adalovelace@example.org")).toBe(false);
  expect(sameAddress("ada+chat@example.org", "ada@example.org")).toBe(false);
  // The Kelvin sign's small letter is k: whoever verified that address is somebody else.
  expect("\u212Aim@example.org".toLowerCase()).toBe("kim@example.org");
  expect(sameAddress("kim@example.org", "\u212Aim@example.org")).toBe(false);
  expect(addressKey("Ada+Chat@Example.org")).toBe("ada+chat@example.org");
});

const seats = { limit: 3, held: 1, reserved: 0 };
const plain = {
  orgRole: "user",
  chatRole: "user",
  rights: NO_RIGHTS,
  seats,
  address: { kind: "free" },
} as const;

test("RGT-1 RGT-2 only chat admins invite, whatever their org role", () => {
  for (const orgRole of ORG_ROLES) {
    expect(mayInviteMember({ ...plain, actor: member({ orgRole, chatRole: "admin" }) })).toEqual(allowed);
    expect(mayInviteMember({ ...plain, actor: member({ orgRole }) })).toEqual(
      refused("not-chat-admin", "RGT-1"),
    );
  }
  expect(mayInviteMember({ ...plain, actor: guest })).toEqual(refused("guest-restricted", "GST-12"));
  expect(mayInviteMember({ ...plain, actor: outsider })).toEqual(refused("not-found", "INV-15"));
  expect(mayInviteMember({ ...plain, actor: deactivated })).toEqual(refused("member-deactivated", "ORG-10"));
});

test.each([
  ["legal_representative", { legal_representative: "+", administrator: "+", user: "+" }],
  ["administrator", { legal_representative: "legal-representative-only", administrator: "+", user: "+" }],
  ["user", { legal_representative: "legal-representative-only", administrator: "role-above-own", user: "+" }],
] as const)(
  "MINV-1 ORG-5 the org role that a chat admin with org role %s grants is capped",
  (orgRole, may) => {
    for (const granted of ORG_ROLES) {
      const decision = mayInviteMember({
        ...plain,
        actor: member({ orgRole, chatRole: "admin" }),
        orgRole: granted,
      });
      expect(decision.allowed ? "+" : decision.code).toBe(may[granted]);
    }
  },
);

test("ORG-7 a chat admin gives the chat role they hold, and the rights they hold", () => {
  expect(mayInviteMember({ ...plain, actor: chatAdmin, chatRole: "admin" })).toEqual(allowed);
  const rights = { ...NO_RIGHTS, mail: true };
  expect(mayInviteMember({ ...plain, actor: chatAdmin, rights })).toEqual(
    refused("rights-above-own", "ORG-7"),
  );
  expect(mayInviteMember({ ...plain, actor: { ...chatAdmin, rights }, rights })).toEqual(allowed);
  const manager = member({ orgRole: "administrator", chatRole: "admin" });
  expect(mayInviteMember({ ...plain, actor: manager, rights: ALL_RIGHTS })).toEqual(allowed);
});

test("MINV-6 MINV-7 members and pending addresses are not invited again, free seat or not", () => {
  for (const limit of [3, 1]) {
    const facts = { ...plain, actor: chatAdmin, seats: { ...seats, limit } };
    expect(mayInviteMember({ ...facts, address: { kind: "member" } })).toEqual(
      refused("already-member", "MINV-6"),
    );
    expect(mayInviteMember({ ...facts, address: { kind: "pending", invitationId: "inv_1" } })).toEqual({
      ...refused("already-invited", "MINV-7"),
      details: { invitationId: "inv_1" },
    });
    expect(mayInviteMember({ ...facts, address: { kind: "pending" } })).toEqual(
      refused("already-invited", "MINV-7"),
    );
  }
});

test("SEAT-2 SEAT-8 without a free seat an invitation is refused, with the figures", () => {
  expect(mayInviteMember({ ...plain, actor: chatAdmin, seats: { limit: 3, held: 1, reserved: 2 } })).toEqual({
    ...refused("quota-exceeded", "SEAT-2"),
    details: { quota: "seats", limit: 3, used: 3 },
  });
});

test("ORG-7 nobody invites into more than they hold", () => {
  holds(
    fc.property(anyStanding, anyOrgRole, anyChatRole, anyRights, (actor, orgRole, chatRole, rights) => {
      if (!mayGrant(actor, { orgRole, chatRole, rights }).allowed) return;
      expect(actor).toMatchObject({ kind: "member", state: "active", chatRole: "admin" });
      if (actor.kind !== "member") return;
      expect(rankOf(actor.orgRole)).toBeGreaterThanOrEqual(rankOf(orgRole));
      if (orgRole === "user") expect(coversRights(rightsOf(actor), rights)).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

const invitation: InvitationFacts = {
  orgRole: "user",
  chatRole: "user",
  rights: NO_RIGHTS,
  state: "pending",
  expiresAt: now + 1,
  email: "Ada@example.org",
  strict: true,
  acceptedBy: null,
};
const person = { userId: "usr_ada", email: "ada@example.org", emailVerified: true };

/** Everything in order: Ada, registered, accepts the invitation of a chat admin, and a seat is reserved for her. */
function setup(facts: Partial<AcceptFacts> = {}): AcceptFacts {
  return {
    invitation,
    senderStanding: chatAdmin,
    person,
    existing: outsider,
    registration: {
      profile: { firstName: "Ada", lastName: "Lovelace" },
      termsVersion: "1",
      currentTerms: "1",
    },
    seats: { limit: 2, held: 1, reserved: 1 },
    now,
    ...facts,
  };
}

test("INV-5 MINV-5 the invitee accepts", () => {
  expect(mayAccept(setup())).toEqual({ allowed: true, repeat: false });
});

test("INV-5 the same person repeating it gets the same success, whatever happened since", () => {
  const facts = setup({
    invitation: { ...invitation, state: "accepted", acceptedBy: "usr_ada" },
    existing: user,
    senderStanding: outsider,
    seats: { limit: 1, held: 1, reserved: 0 },
    now: now + 10,
  });
  expect(mayAccept(facts)).toEqual({ allowed: true, repeat: true });
  expect(mayAccept({ ...facts, person: { ...person, userId: "usr_bob" } })).toEqual(
    refused("invitation-used", "INV-5"),
  );
});

test("INV-5 ORG-10 who accepted and has left since needs a new invitation", () => {
  const facts = setup({ invitation: { ...invitation, state: "accepted", acceptedBy: "usr_ada" } });
  expect(mayAccept(facts)).toEqual(refused("invitation-used", "INV-5"));
});

test.each([
  ["accepted", "invitation-used", "INV-5"],
  ["declined", "invitation-declined", "INV-8"],
  ["revoked", "invitation-revoked", "INV-8"],
  ["expired", "invitation-expired", "INV-1"],
] as const)(
  "INV-1 INV-15 an invitation that is %s is neither accepted nor declined: %s",
  (state, code, rule) => {
    const facts = setup({ invitation: { ...invitation, state } });
    expect(mayAccept(facts)).toEqual(refused(code, rule));
    expect(mayDecline(facts)).toEqual(refused(code, rule));
  },
);

test("INV-1 past its date it is expired without any sweep", () => {
  const facts = setup({ now: invitation.expiresAt });
  expect(mayAccept(facts)).toEqual(refused("invitation-expired", "INV-1"));
  expect(mayDecline(facts)).toEqual(refused("invitation-expired", "INV-1"));
  expect(previewState(facts)).toBe("expired");
});

test("INV-14 a sender who lost the chat role, left or was deactivated leaves a revoked invitation", () => {
  const gone: Standing[] = [user, administrator, legalRepresentative, outsider, guest, deactivated];
  for (const senderStanding of gone) {
    expect(mayAccept(setup({ senderStanding }))).toEqual(refused("invitation-revoked", "INV-14"));
    expect(previewState(setup({ senderStanding }))).toBe("revoked");
  }
  expect(previewState(setup())).toBe("pending");
});

test("INV-14 ORG-7 a sender who could no longer grant that role leaves a revoked invitation", () => {
  const facts = setup({ invitation: { ...invitation, orgRole: "administrator" } });
  expect(mayAccept(facts)).toEqual(refused("invitation-revoked", "INV-14"));
  expect(
    mayAccept({ ...facts, senderStanding: member({ orgRole: "administrator", chatRole: "admin" }) }).allowed,
  ).toBe(true);
});

test("INV-14 a final state is shown as it is, whatever became of the sender", () => {
  for (const state of ["accepted", "declined", "expired"] as const)
    expect(previewState(setup({ invitation: { ...invitation, state }, senderStanding: outsider }))).toBe(
      state,
    );
});

test("INV-6 accepting and declining need a verified address", () => {
  const facts = setup({ person: { ...person, emailVerified: false } });
  expect(mayAccept(facts)).toEqual(refused("email-not-verified", "INV-6"));
  expect(mayDecline(facts)).toEqual(refused("email-not-verified", "INV-6"));
});

test("INV-6 MINV-3 strict wants the invited address, not strict any verified one", () => {
  const other = { ...person, email: "ada@elsewhere.org" };
  expect(mayAccept(setup({ person: other }))).toEqual(refused("recipient-mismatch", "INV-6"));
  expect(mayDecline(setup({ person: other }))).toEqual(refused("recipient-mismatch", "INV-6"));
  const lenient = { ...invitation, strict: false };
  expect(mayAccept(setup({ person: other, invitation: lenient })).allowed).toBe(true);
  expect(mayDecline(setup({ person: other, invitation: lenient }))).toEqual(allowed);
});

test("MINV-6 a member has nothing to accept, a guest is promoted, a deactivated member does not come in this way", () => {
  expect(mayAccept(setup({ existing: user }))).toEqual(refused("already-member", "MINV-6"));
  expect(mayAccept(setup({ existing: guest })).allowed).toBe(true);
  expect(mayAccept(setup({ existing: deactivated }))).toEqual(refused("member-deactivated", "ORG-10"));
});

test("INV-7 accepting names what registration lacks", () => {
  const registration = { profile: { firstName: "Ada", lastName: " " }, termsVersion: "1", currentTerms: "2" };
  expect(mayAccept(setup({ registration }))).toEqual({
    ...refused("registration-required", "INV-7"),
    details: { missing: ["profile.lastName", "termsVersion"] },
  });
});

test("SEAT-5 accepting is refused when the seats held would pass a lowered limit", () => {
  expect(mayAccept(setup({ seats: { limit: 1, held: 1, reserved: 1 } }))).toEqual({
    ...refused("quota-exceeded", "SEAT-5"),
    details: { quota: "seats", limit: 1, used: 1 },
  });
});

test("INV-8 the invitee declines, registered or not", () => {
  expect(mayDecline({ invitation, person, now })).toEqual(allowed);
});

const ofMember = { ...invitation, kind: "member" } as const;
const ofShare = { ...invitation, kind: "share" } as const;
const mailManager = member({ rights: { ...NO_RIGHTS, mail: true } });

test("INV-8 chat admins and the sender revoke, others do not", () => {
  const revoke = (actor: Standing, isSender: boolean) =>
    mayRevoke({ actor, isSender, invitation: ofMember, now });
  expect(revoke(chatAdmin, false)).toEqual(allowed);
  expect(revoke(user, true)).toEqual(allowed);
  for (const actor of [user, administrator, legalRepresentative])
    expect(revoke(actor, false)).toEqual(refused("not-chat-admin", "INV-8"));
  expect(revoke(outsider, true)).toEqual(refused("not-found", "INV-15"));
});

test("INV-1 INV-8 only a pending invitation is revoked", () => {
  for (const state of ["accepted", "declined", "revoked", "expired"] as const)
    expect(mayRevoke({ actor: chatAdmin, isSender: false, invitation: { ...ofMember, state }, now })).toEqual(
      {
        ...refused("invitation-not-pending", "INV-1"),
        details: { state },
      },
    );
  expect(
    mayRevoke({ actor: chatAdmin, isSender: false, invitation: ofMember, now: invitation.expiresAt }),
  ).toMatchObject({
    details: { state: "expired" },
  });
});

test("MINV-8 chat admins edit a pending invitation; its sender alone does not, nor anybody one that is over", () => {
  const edit = (actor: Standing, isSender: boolean) =>
    mayEdit({ actor, isSender, invitation: ofMember, now });
  expect(edit(chatAdmin, false)).toEqual(allowed);
  for (const actor of [user, administrator, legalRepresentative])
    expect(edit(actor, true)).toEqual(refused("not-chat-admin", "MINV-8"));
  for (const state of ["accepted", "declined", "revoked", "expired"] as const)
    expect(
      mayEdit({ actor: chatAdmin, isSender: false, invitation: { ...ofMember, state }, now }),
    ).toMatchObject({ code: "invitation-not-pending", details: { state } });
});

test("INV-8 SHR-6 a share's invitation is the mail managers' to change, and its sender's to withdraw", () => {
  const facts = { isSender: false, invitation: ofShare, now, lastSentAt: 0 };
  for (const actor of [mailManager, administrator, legalRepresentative])
    for (const may of [mayRevoke, mayEdit, mayResend]) expect(may({ ...facts, actor })).toEqual(allowed);
  for (const actor of [chatAdmin, user])
    for (const may of [mayRevoke, mayEdit, mayResend])
      expect(may({ ...facts, actor })).toMatchObject({ code: "not-mail-manager" });
  expect(mayRevoke({ ...facts, actor: user, isSender: true })).toEqual(allowed);
  expect(mayResend({ ...facts, actor: user, isSender: true })).toMatchObject({ code: "not-mail-manager" });
});

test.each([
  ["pending", "+"],
  ["expired", "+"],
  ["accepted", "invitation-not-pending"],
  ["declined", "invitation-not-pending"],
  ["revoked", "invitation-not-pending"],
] as const)("INV-9 an invitation that is %s is resent: %s", (state, expected) => {
  const decision = mayResend({
    actor: chatAdmin,
    isSender: false,
    invitation: { ...ofMember, state },
    now,
    lastSentAt: now - RESEND_COOLDOWN_MS,
  });
  expect(decision.allowed ? "+" : decision.code).toBe(expected);
});

test("INV-9 past its date a pending one is resent too; a sender who is no chat admin any more does not resend", () => {
  const facts = { invitation: ofMember, now: invitation.expiresAt + 1, lastSentAt: 0 };
  expect(mayResend({ ...facts, actor: chatAdmin, isSender: false })).toEqual(allowed);
  expect(mayResend({ ...facts, actor: user, isSender: true })).toEqual(refused("not-chat-admin", "INV-9"));
});

test("INV-9 at most once a minute, to the millisecond, and the refusal says for how long", () => {
  const resend = (passedMs: number) =>
    mayResend({ actor: chatAdmin, isSender: false, invitation: ofMember, now, lastSentAt: now - passedMs });
  expect(resend(60_000)).toEqual(allowed);
  expect(resend(59_999)).toEqual({
    ...refused("resent-too-soon", "INV-9"),
    details: { retryAfterSeconds: 1 },
  });
  expect(resend(0)).toMatchObject({ details: { retryAfterSeconds: 60 } });
});

test("MINV-8 INV-14 who edited it answers for what it grants, its sender for having sent it", () => {
  const facts = setup({ invitation: { ...invitation, orgRole: "administrator" } });
  const manager = member({ orgRole: "administrator", chatRole: "admin" });
  const revoked = refused("invitation-revoked", "INV-14");
  expect(mayAccept({ ...facts, grantorStanding: manager }).allowed).toBe(true);
  expect(previewState({ ...facts, grantorStanding: manager })).toBe("pending");
  expect(mayAccept({ ...facts, grantorStanding: chatAdmin })).toEqual(revoked);
  expect(mayAccept({ ...facts, grantorStanding: outsider })).toEqual(revoked);
  expect(mayAccept({ ...facts, senderStanding: user, grantorStanding: manager })).toEqual(revoked);
});

test("INV-2 a reminder is due two days before the end, and never of a short one", () => {
  const day = 86_400_000;
  expect(reminderDueAt({ lastSentAt: now, expiresAt: now + 7 * day })).toBe(now + 5 * day);
  expect(reminderDueAt({ lastSentAt: now, expiresAt: now + 5 * day })).toBe(now + 3 * day);
  expect(reminderDueAt({ lastSentAt: now, expiresAt: now + 5 * day - 1 })).toBeNull();
});
