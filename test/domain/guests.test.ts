import {
  channelsLacking,
  type GuestChannel,
  guestPreviewState,
  isEnded,
  isGivable,
  mayAcceptGuest,
  mayChangeGuestEnd,
  mayConvertToGuest,
  mayConvertToMember,
  mayInviteGuest,
  mayRemoveGuest,
} from "@vestibule/domain/guests";
import { mayInviteMember } from "@vestibule/domain/invitations";
import { NO_RIGHTS } from "@vestibule/domain/people";
import { CHANNEL_TYPES } from "@vestibule/domain/vocabulary";
import { expect, test } from "vitest";
import {
  administrator,
  chatAdmin,
  deactivated,
  guest,
  legalRepresentative,
  member,
  outsider,
  user,
} from "./people.ts";

const allowed = { allowed: true };
const refused = (code: string, rule: string, details?: object) => ({
  allowed: false,
  code,
  rule,
  ...(details === undefined ? {} : { details }),
});
const now = Date.UTC(2026, 10, 22);
const ended = { ...guest, state: "deactivated" } as const;

/** A private channel that the actor is in, unless said otherwise. */
function channel(facts: Partial<GuestChannel> = {}): GuestChannel {
  return {
    channelId: "chn_a",
    isKnown: true,
    type: "private",
    isArchived: false,
    relation: "member",
    ...facts,
  };
}

type InviteFacts = Parameters<typeof mayInviteGuest>[0];
function inviting(facts: Partial<InviteFacts> = {}): InviteFacts {
  return {
    actor: chatAdmin,
    channels: [channel()],
    address: { kind: "free" },
    guests: { limit: 2, guests: 1, pendingGuests: 0 },
    ...facts,
  };
}

test("GINV-1 only chat admins invite guests, and guests never do (GST-12)", () => {
  expect(mayInviteGuest(inviting())).toEqual(allowed);
  for (const actor of [user, administrator, legalRepresentative])
    expect(mayInviteGuest(inviting({ actor }))).toEqual(refused("not-chat-admin", "RGT-1"));
  expect(mayInviteGuest(inviting({ actor: guest }))).toEqual(refused("guest-restricted", "GST-12"));
  expect(mayInviteGuest(inviting({ actor: outsider }))).toEqual(refused("not-found", "INV-15"));
});

test("GINV-2 a guest is given one channel or more", () => {
  expect(mayInviteGuest(inviting({ channels: [] }))).toEqual(refused("channel-required", "GINV-2"));
  expect(mayInviteGuest(inviting({ channels: [channel(), channel({ channelId: "chn_b" })] }))).toEqual(
    allowed,
  );
});

test.each([
  ["another organization's", { isKnown: false }, "not-found"],
  ["a private one that the actor is not in", { relation: "none" }, "not-found"],
  ["an archived one", { isArchived: true }, "channel-archived"],
  ["a direct conversation", { type: "direct" }, "channel-not-shareable"],
  ["a group conversation", { type: "group" }, "channel-not-shareable"],
  ["somebody else's direct conversation", { type: "direct", relation: "none" }, "not-found"],
] as const)("GINV-2 %s is refused, naming the channel", (_, facts, code) => {
  const channels = [channel(), channel({ channelId: "chn_b", ...facts })];
  expect(mayInviteGuest(inviting({ channels }))).toEqual(refused(code, "GINV-2", { channelId: "chn_b" }));
});

test("GINV-2 CH-6 a chat admin gives any public channel, in it or not", () => {
  expect(mayInviteGuest(inviting({ channels: [channel({ type: "public", relation: "none" })] }))).toEqual(
    allowed,
  );
});

test("GINV-6 a guest is invited again into what they lack, without a place, and otherwise is one already", () => {
  const full = { limit: 1, guests: 1, pendingGuests: 0 };
  const again = (channelIds: string[]) =>
    mayInviteGuest(inviting({ guests: full, address: { kind: "guest", channelIds } }));
  expect(again(["chn_z"])).toEqual(allowed);
  expect(again(["chn_z", "chn_a"])).toEqual(refused("already-member", "GINV-6"));
  expect(channelsLacking(["chn_a", "chn_b"], ["chn_b", "chn_c"])).toEqual(["chn_a"]);
});

test("GINV-7 MINV-7 members and pending addresses are not invited as guests", () => {
  expect(mayInviteGuest(inviting({ address: { kind: "member" } }))).toEqual(
    refused("already-member", "GINV-7"),
  );
  expect(mayInviteGuest(inviting({ address: { kind: "pending", invitationId: "inv_1" } }))).toEqual(
    refused("already-invited", "MINV-7", { invitationId: "inv_1" }),
  );
  expect(mayInviteGuest(inviting({ address: { kind: "pending" } }))).toEqual(
    refused("already-invited", "MINV-7"),
  );
});

test("SEAT-6 pending guests count against the limit, and nothing is asked of it for a refused channel", () => {
  const guests = { limit: 2, guests: 1, pendingGuests: 1 };
  expect(mayInviteGuest(inviting({ guests }))).toEqual(
    refused("quota-exceeded", "SEAT-6", { quota: "guests", limit: 2, used: 2 }),
  );
  expect(mayInviteGuest(inviting({ guests, channels: [] }))).toEqual(refused("channel-required", "GINV-2"));
});

test("MINV-6 a guest may be invited as a member", () => {
  const facts = { orgRole: "user", chatRole: "user", rights: NO_RIGHTS } as const;
  expect(
    mayInviteMember({
      ...facts,
      actor: chatAdmin,
      seats: { limit: 2, held: 1, reserved: 0 },
      address: { kind: "guest" },
    }),
  ).toEqual(allowed);
});

test("GINV-8 only channels of the organization that are not archived are left to give", () => {
  expect(CHANNEL_TYPES.filter((type) => isGivable(channel({ type })))).toEqual(["public", "private"]);
  expect(isGivable(channel({ isArchived: true }))).toBe(false);
  expect(isGivable(channel({ isKnown: false }))).toBe(false);
});

type AcceptFacts = Parameters<typeof mayAcceptGuest>[0];
const invitation = {
  state: "pending",
  expiresAt: now + 1,
  email: "Gil@partner.example",
  strict: true,
  acceptedBy: null,
} as const;
const person = { userId: "usr_gil", email: "gil@partner.example", emailVerified: true };

function accepting(facts: Partial<AcceptFacts> = {}): AcceptFacts {
  return {
    invitation,
    senderStanding: chatAdmin,
    person,
    existing: outsider,
    registration: { profile: { firstName: "Gil", lastName: "Roux" }, termsVersion: "1", currentTerms: "1" },
    channelsLeft: 1,
    guests: { limit: 1, guests: 0 },
    now,
    ...facts,
  };
}

test("GINV-5 GST-7 the guest comes in, whatever they are elsewhere", () => {
  expect(mayAcceptGuest(accepting())).toEqual({ allowed: true, repeat: false });
});

test("GST-6 INV-6 a guest signs in as they please where the invitation is not strict, else as invited", () => {
  const other = { ...person, email: "gil@home.example" };
  expect(mayAcceptGuest(accepting({ person: other }))).toEqual(refused("recipient-mismatch", "INV-6"));
  expect(
    mayAcceptGuest(accepting({ person: other, invitation: { ...invitation, strict: false } })).allowed,
  ).toBe(true);
  expect(mayAcceptGuest(accepting({ person: { ...person, emailVerified: false } }))).toEqual(
    refused("email-not-verified", "INV-6"),
  );
});

test("INV-5 the same guest repeating it gets the same success, a member by now too; who is gone does not", () => {
  const accepted = { ...invitation, state: "accepted", acceptedBy: "usr_gil" } as const;
  const again = (existing: AcceptFacts["existing"]) =>
    mayAcceptGuest(accepting({ invitation: accepted, existing }));
  for (const existing of [guest, user]) expect(again(existing)).toEqual({ allowed: true, repeat: true });
  for (const existing of [outsider, ended, deactivated])
    expect(again(existing)).toEqual(refused("invitation-used", "INV-5"));
});

test("INV-1 INV-15 what is over is not accepted", () => {
  expect(mayAcceptGuest(accepting({ now: now + 1 }))).toEqual(refused("invitation-expired", "INV-1"));
  for (const state of ["accepted", "declined", "revoked"] as const)
    expect(mayAcceptGuest(accepting({ invitation: { ...invitation, state } })).allowed).toBe(false);
});

test("INV-14 a sender who is no chat admin any more leaves a revoked invitation", () => {
  for (const senderStanding of [user, administrator, outsider, deactivated, guest]) {
    expect(mayAcceptGuest(accepting({ senderStanding }))).toEqual(refused("invitation-revoked", "INV-14"));
    expect(guestPreviewState({ invitation, senderStanding, now })).toBe("revoked");
  }
  expect(guestPreviewState({ invitation, senderStanding: chatAdmin, now })).toBe("pending");
  expect(guestPreviewState({ invitation, senderStanding: chatAdmin, now: now + 1 })).toBe("expired");
});

test("GINV-7 a member does not become a guest by accepting, a deactivated one neither", () => {
  expect(mayAcceptGuest(accepting({ existing: user }))).toEqual(refused("already-member", "GINV-7"));
  expect(mayAcceptGuest(accepting({ existing: deactivated }))).toEqual(
    refused("member-deactivated", "ORG-10"),
  );
});

test("INV-7 GINV-8 SEAT-6 registration, then a channel that is left, then a place", () => {
  const registration = { profile: null, termsVersion: null, currentTerms: "1" };
  const nothing = { registration, channelsLeft: 0, guests: { limit: 1, guests: 1 } };
  expect(mayAcceptGuest(accepting(nothing))).toMatchObject(refused("registration-required", "INV-7"));
  expect(mayAcceptGuest(accepting({ channelsLeft: 0, guests: nothing.guests }))).toEqual(
    refused("channel-unavailable", "GINV-8"),
  );
  expect(mayAcceptGuest(accepting({ guests: nothing.guests }))).toEqual(
    refused("quota-exceeded", "SEAT-6", { quota: "guests", limit: 1, used: 1 }),
  );
});

test("SEAT-6 SEAT-3 who is a guest already takes no second place", () => {
  expect(mayAcceptGuest(accepting({ existing: guest, guests: { limit: 1, guests: 1 } })).allowed).toBe(true);
});

test("GINV-11 SEAT-9 chat admins make a guest a member, when a seat is free", () => {
  const seats = { limit: 3, held: 1, reserved: 1 };
  const convert = (facts: Partial<Parameters<typeof mayConvertToMember>[0]>) =>
    mayConvertToMember({ actor: chatAdmin, target: guest, seats, ...facts });
  expect(convert({})).toEqual(allowed);
  expect(convert({ seats: { ...seats, reserved: 2 } })).toEqual(
    refused("quota-exceeded", "SEAT-9", { quota: "seats", limit: 3, used: 3 }),
  );
  expect(convert({ actor: administrator })).toEqual(refused("not-chat-admin", "GINV-11"));
  expect(convert({ actor: guest })).toEqual(refused("guest-restricted", "GST-13"));
  expect(convert({ target: user })).toEqual(refused("already-member", "GINV-11"));
  for (const target of [outsider, ended])
    expect(convert({ target })).toEqual(refused("not-found", "GINV-11"));
});

type ToGuest = Parameters<typeof mayConvertToGuest>[0];
function converting(facts: Partial<ToGuest> = {}): ToGuest {
  return {
    actor: chatAdmin,
    target: user,
    legalRepresentatives: 1,
    keeps: [channel()],
    guests: { limit: 3, guests: 1, pendingGuests: 1 },
    ...facts,
  };
}

test("GINV-11 chat admins and org managers make a member a guest of chosen channels", () => {
  for (const actor of [chatAdmin, administrator, legalRepresentative])
    expect(mayConvertToGuest(converting({ actor }))).toEqual(allowed);
  expect(mayConvertToGuest(converting({ actor: user }))).toEqual(refused("not-manager", "GINV-11"));
  expect(mayConvertToGuest(converting({ actor: guest }))).toEqual(refused("guest-restricted", "GST-13"));
});

test("GINV-11 only an active member becomes a guest", () => {
  expect(mayConvertToGuest(converting({ target: guest }))).toEqual(refused("already-guest", "GINV-11"));
  for (const target of [outsider, ended])
    expect(mayConvertToGuest(converting({ target }))).toEqual(refused("not-found", "GINV-11"));
  expect(mayConvertToGuest(converting({ target: member({ state: "deactivated" }) }))).toEqual(
    refused("already-deactivated", "ORG-10"),
  );
});

test("GINV-11 ORG-5 ORG-6 a legal representative is made a guest by another one only, and never the last", () => {
  const target = legalRepresentative;
  expect(mayConvertToGuest(converting({ target, legalRepresentatives: 2 }))).toEqual(
    refused("legal-representative-only", "ORG-5"),
  );
  const facts = { target, actor: legalRepresentative };
  expect(mayConvertToGuest(converting({ ...facts, legalRepresentatives: 2 }))).toEqual(allowed);
  expect(mayConvertToGuest(converting(facts))).toEqual(refused("last-legal-representative", "ORG-6"));
});

test("GINV-11 GINV-2 one channel at least is kept, and only such as they are in", () => {
  const keep = (facts: Partial<GuestChannel>) => mayConvertToGuest(converting({ keeps: [channel(facts)] }));
  const named = { channelId: "chn_a" };
  expect(mayConvertToGuest(converting({ keeps: [] }))).toEqual(refused("channel-required", "GINV-11"));
  expect(keep({ relation: "none" })).toEqual(refused("not-found", "GINV-11", named));
  expect(keep({ isKnown: false })).toEqual(refused("not-found", "GINV-11", named));
  expect(keep({ type: "group" })).toEqual(refused("channel-not-shareable", "GINV-2", named));
  expect(keep({ isArchived: true })).toEqual(refused("channel-archived", "GINV-2", named));
});

test("GINV-11 SEAT-9 SEAT-6 a member becomes a guest when the guests have a place", () => {
  expect(mayConvertToGuest(converting({ guests: { limit: 2, guests: 1, pendingGuests: 1 } }))).toEqual(
    refused("quota-exceeded", "SEAT-9", { quota: "guests", limit: 2, used: 2 }),
  );
});

test("GINV-9 chat admins remove guests, and guests leave; members do not leave this way", () => {
  expect(mayRemoveGuest({ actor: chatAdmin, isSelf: false })).toEqual(allowed);
  expect(mayRemoveGuest({ actor: administrator, isSelf: false })).toEqual(
    refused("not-chat-admin", "GINV-9"),
  );
  expect(mayRemoveGuest({ actor: guest, isSelf: true })).toEqual(allowed);
  expect(mayRemoveGuest({ actor: guest, isSelf: false })).toEqual(refused("guest-restricted", "GST-13"));
  expect(mayRemoveGuest({ actor: user, isSelf: true })).toEqual(refused("members-leave-otherwise", "ORG-10"));
});

test("GINV-10 an end is reached to the millisecond, and is set by chat admins in the future only", () => {
  expect([now - 1, now, now + 1, null].map((endsAt) => isEnded(endsAt, now))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  const change = (actor: Parameters<typeof mayChangeGuestEnd>[0]["actor"], endsAt: number | null) =>
    mayChangeGuestEnd({ actor, endsAt, now });
  expect(change(chatAdmin, now + 1)).toEqual(allowed);
  expect(change(chatAdmin, null)).toEqual(allowed);
  expect(change(chatAdmin, now)).toEqual(refused("end-in-past", "GINV-10"));
  expect(change(administrator, now + 1)).toEqual(refused("not-chat-admin", "GINV-10"));
});
