import { allow, type Decision, type Denied, deny, firstDenial } from "./decision.ts";
import { type Grant, mayGrant } from "./grants.ts";
import { normalAddress } from "./mail-address.ts";
import { isActiveMember, type Standing } from "./people.ts";
import { type Action, permit } from "./permissions.ts";
import { missingRegistration, type Registration } from "./registration.ts";
import { mayHoldReservedSeat, mayReserveSeat, type SeatCounters } from "./seats.ts";
import type { InvitationEvent, InvitationKind, InvitationState } from "./vocabulary.ts";

/** An invitation as stored: its state may still say `pending` past its date; `stateAt` knows better. */
export type InvitationFacts = Grant & {
  readonly state: InvitationState;
  readonly expiresAt: number;
  readonly email: string;
  readonly strict: boolean;
  readonly acceptedBy: string | null;
};

/** INV-6: the signed-in person, as their token says. */
export type Invitee = { readonly userId: string; readonly email: string; readonly emailVerified: boolean };

const DAY_MS = 86_400_000;

/** INV-2. */
export const DEFAULT_LIFETIME_DAYS: Record<InvitationKind, number> = { member: 7, guest: 7, share: 30 };

/** INV-2: the days an organization, or an inviter, may choose. */
export const MIN_LIFETIME_DAYS = 1;
export const MAX_LIFETIME_DAYS = 30;

/** INV-2: how long an invitation lives. */
export function lifetimeMs(kind: InvitationKind, days: number = DEFAULT_LIFETIME_DAYS[kind]): number {
  return days * DAY_MS;
}

/**
 * INV-6: what addresses are compared by: small letters, the domain in ASCII; what is stored keeps the spelling given. Only
 * ASCII letters have a case here: other ones would become those of somebody else's address, as the Kelvin sign becomes k.
 */
export function addressKey(email: string): string {
  return (normalAddress(email) ?? email).replaceAll(/[A-Z]/gu, (letter) => letter.toLowerCase());
}

/** INV-6: addresses compare case-insensitively. */
export function sameAddress(a: string, b: string): boolean {
  return addressKey(a) === addressKey(b);
}

/** INV-1: `expired` is derived from the date, and never waits for a sweep. */
export function stateAt(
  { state, expiresAt }: Pick<InvitationFacts, "state" | "expiresAt">,
  now: number,
): InvitationState {
  return state === "pending" && now >= expiresAt ? "expired" : state;
}

/** INV-1: final states never change; what a holder of the link is told of each (INV-15). */
const OVER: Record<InvitationState, Denied | null> = {
  pending: null,
  accepted: deny("invitation-used", "INV-5"),
  declined: deny("invitation-declined", "INV-8"),
  revoked: deny("invitation-revoked", "INV-8"),
  expired: deny("invitation-expired", "INV-1"),
};

/** INV-15: what the holder of a link is told of an invitation in this state; `null` while it is pending. */
export function overDenial(state: InvitationState): Denied | null {
  return OVER[state];
}

const LEADS_TO: Record<InvitationEvent, InvitationState> = {
  accept: "accepted",
  decline: "declined",
  revoke: "revoked",
  expire: "expired",
  resend: "pending",
};

/** INV-1: every state but `pending`. */
export function isFinal(state: InvitationState): boolean {
  return OVER[state] !== null;
}

/**
 * INV-1: the state machine. From a final state nothing leads on, the same event included; but an expired invitation,
 * which nobody ended, is sent again (INV-9).
 */
export function transition(
  state: InvitationState,
  event: InvitationEvent,
): { readonly allowed: true; readonly state: InvitationState } | Denied {
  if (state === "expired" && event === "resend") return { allowed: true, state: "pending" };
  return OVER[state] ?? { allowed: true, state: LEADS_TO[event] };
}

/** What is known of an address in the organization when somebody invites it (MINV-6, MINV-7). */
export type AddressFacts =
  | { readonly kind: "free" }
  | { readonly kind: "pending"; readonly invitationId?: string }
  | { readonly kind: "guest" }
  | { readonly kind: "member" };

/** MINV-1, MINV-6, MINV-7, SEAT-2: whether this address may be invited as a member with this grant. */
export function mayInviteMember(
  facts: Grant & { readonly actor: Standing; readonly seats: SeatCounters; readonly address: AddressFacts },
): Decision {
  return firstDenial(
    mayGrant(facts.actor, facts),
    mayInviteMemberAddress(facts.address),
    mayReserveSeat(facts.seats),
  );
}

/** MINV-6, MINV-7: a guest is invited as anybody is, and promoted on acceptance. */
export function mayInviteMemberAddress(address: AddressFacts): Decision {
  switch (address.kind) {
    case "free":
    case "guest":
      return allow();
    case "member":
      return deny("already-member", "MINV-6");
    case "pending":
      return address.invitationId === undefined
        ? deny("already-invited", "MINV-7")
        : deny("already-invited", "MINV-7", { invitationId: address.invitationId });
  }
}

/** Who answers for an invitation: its sender and, once another has edited it, that one (MINV-8, INV-14). */
export type Backers = { readonly senderStanding: Standing; readonly grantorStanding?: Standing | undefined };

/** INV-14: the sender must still be a chat admin, and who granted what it gives still able to grant it. */
function isStillBacked(
  invitation: Grant,
  { senderStanding, grantorStanding = senderStanding }: Backers,
): boolean {
  const maySend = permit("invitation.create", { standing: senderStanding });
  return maySend.allowed && mayGrant(grantorStanding, invitation).allowed;
}

/** INV-14, INV-15: the state a holder of the link is shown; `revoked` when the sender could not invite them so today. */
export function previewState(
  facts: Backers & { readonly invitation: InvitationFacts; readonly now: number },
): InvitationState {
  const state = stateAt(facts.invitation, facts.now);
  return state === "pending" && !isStillBacked(facts.invitation, facts) ? "revoked" : state;
}

export type AcceptFacts = Backers & {
  readonly invitation: InvitationFacts;
  readonly person: Invitee;
  readonly existing: Standing;
  readonly registration: Registration;
  readonly seats: SeatCounters;
  readonly now: number;
};

/**
 * `repeat`: the same person accepted it before, is still in, and gets the same success (INV-5); there is nothing to
 * write. Who has left or was removed since needs a new invitation.
 */
export type AcceptDecision = { readonly allowed: true; readonly repeat: boolean } | Denied;

/**
 * INV-5, 6, 7, 14, MINV-6, SEAT-5: whether this person may accept now. Every denial but those of a final state leaves
 * the invitation pending, except INV-14's, which leaves a revoked one behind.
 */
export function mayAccept(facts: AcceptFacts): AcceptDecision {
  const { invitation, person, existing, seats, now } = facts;
  const isTheirs = invitation.state === "accepted" && invitation.acceptedBy === person.userId;
  if (isTheirs && isActiveMember(existing)) return { allowed: true, repeat: true };
  const decision = firstDenial(
    OVER[stateAt(invitation, now)] ?? allow(),
    isStillBacked(invitation, facts) ? allow() : deny("invitation-revoked", "INV-14"),
    isInvitee(invitation, person),
    mayBecomeMember(existing),
    isRegistered(facts.registration),
    mayHoldReservedSeat(seats),
  );
  return decision.allowed ? { allowed: true, repeat: false } : decision;
}

/** INV-8: the invitee declines while it is pending; a strict one, with the invited address only (INV-6). */
export function mayDecline(facts: {
  readonly invitation: Pick<InvitationFacts, "state" | "expiresAt" | "email" | "strict">;
  readonly person: Invitee;
  readonly now: number;
}): Decision {
  return firstDenial(
    OVER[stateAt(facts.invitation, facts.now)] ?? allow(),
    isInvitee(facts.invitation, facts.person),
  );
}

/** Somebody who acts on an invitation that was sent; `kind` decides who may: a share's is the mail managers' (INV-8). */
export type InvitationActor = {
  readonly actor: Standing;
  readonly isSender: boolean;
  readonly invitation: Pick<InvitationFacts, "state" | "expiresAt"> & { readonly kind: InvitationKind };
  readonly now: number;
};

/** INV-8: a chat admin (of a share, a mail manager) or the sender revokes while it is pending. */
export function mayRevoke(facts: InvitationActor): Decision {
  return firstDenial(
    permitOn(facts, { share: "share.remove", other: "invitation.revoke" }),
    isPending(stateAt(facts.invitation, facts.now)),
  );
}

/** MINV-8, SHR-5: a chat admin (of a share, a mail manager) edits while it is pending; what it may grant is `mayGrant`'s. */
export function mayEdit(facts: InvitationActor): Decision {
  return firstDenial(
    permitOn(facts, { share: "share.update", other: "invitation.update" }),
    isPending(stateAt(facts.invitation, facts.now)),
  );
}

/** INV-9: how long after it was sent, or sent again, an invitation is not sent again. */
export const RESEND_COOLDOWN_MS = 60_000;

/**
 * INV-9: a chat admin (of a share, a mail manager) resends what is pending or expired, once a minute. `lastSentAt`: when
 * it was created, or last resent. What a resent one takes again is the quotas' to say (SEAT-9).
 */
export function mayResend(facts: InvitationActor & { readonly lastSentAt: number }): Decision {
  const state = stateAt(facts.invitation, facts.now);
  return firstDenial(
    permitOn(facts, { share: "share.update", other: "invitation.resend" }),
    state === "expired" ? allow() : isPending(state),
    hasCooledDown(facts.lastSentAt, facts.now),
  );
}

function permitOn(
  { actor, isSender, invitation }: InvitationActor,
  action: { readonly share: Action; readonly other: Action },
): Decision {
  const name = invitation.kind === "share" ? action.share : action.other;
  return permit(name, { standing: actor, isOwn: isSender });
}

function isPending(state: InvitationState): Decision {
  return isFinal(state) ? deny("invitation-not-pending", "INV-1", { state }) : allow();
}

function hasCooledDown(lastSentAt: number, now: number): Decision {
  const waitMs = lastSentAt + RESEND_COOLDOWN_MS - now;
  if (waitMs <= 0) return allow();
  return deny("resent-too-soon", "INV-9", { retryAfterSeconds: Math.ceil(waitMs / 1_000) });
}

const REMINDED_BEFORE_END_MS = 2 * DAY_MS;
const MIN_REMINDED_LIFETIME_MS = 5 * DAY_MS;

/** When the invitee of a pending invitation is reminded: two days before its end; `null` of one with less than five days. */
export function reminderDueAt(invitation: {
  /** When it was created, or last resent. */
  readonly lastSentAt: number;
  readonly expiresAt: number;
}): number | null {
  const { lastSentAt, expiresAt } = invitation;
  return expiresAt - lastSentAt < MIN_REMINDED_LIFETIME_MS ? null : expiresAt - REMINDED_BEFORE_END_MS;
}

/** INV-6, MINV-3, GST-6: a verified address always, by whatever sign-in; the invited one when the invitation is strict. */
export function isInvitee(invitation: Pick<InvitationFacts, "email" | "strict">, person: Invitee): Decision {
  if (!person.emailVerified) return deny("email-not-verified", "INV-6");
  if (invitation.strict && !sameAddress(invitation.email, person.email))
    return deny("recipient-mismatch", "INV-6");
  return allow();
}

/** MINV-6: a guest is promoted, a member is one already; a deactivated one needs reactivation, not an invitation. */
function mayBecomeMember(existing: Standing): Decision {
  if (existing.kind !== "member") return allow();
  return existing.state === "active"
    ? deny("already-member", "MINV-6")
    : deny("member-deactivated", "ORG-10");
}

/** INV-7. */
export function isRegistered(registration: Registration): Decision {
  const missing = missingRegistration(registration);
  return missing.length === 0 ? allow() : deny("registration-required", "INV-7", { missing });
}
