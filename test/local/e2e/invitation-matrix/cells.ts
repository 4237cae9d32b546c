import type { RuleId } from "@vestibule/domain/codes";
import type { InvitationEvent, InvitationKind, InvitationState } from "@vestibule/domain/vocabulary";

/** The kinds of invitation as they differ here: a share's link is for an address, or for whoever holds it (SHR-4). */
const KINDS_OF = {
  member: ["member"],
  guest: ["guest"],
  share: ["share", "share-link"],
} as const satisfies Record<InvitationKind, readonly string[]>;

export type Kind = (typeof KINDS_OF)[InvitationKind][number];
export const KINDS: readonly Kind[] = Object.values(KINDS_OF).flat();

/** The states of INV-1; `over` is past its date and not swept, so that it is stored as pending. */
const STATES_OF = {
  pending: ["pending"],
  expired: ["over", "expired"],
  accepted: ["accepted"],
  declined: ["declined"],
  revoked: ["revoked"],
} as const satisfies Record<InvitationState, readonly string[]>;

export type State = (typeof STATES_OF)[InvitationState][number];
export const STATES: readonly State[] = Object.values(STATES_OF).flat();

/** What can happen to an invitation (INV-1, INV-9), and what else is asked of it. */
type Happening = InvitationEvent | "read" | "edit" | "invite";

/** Everything that is done with an invitation in each of its states; unless it says otherwise, by its invitee or an admin. */
const EVENTS_OF = {
  read: ["preview", "get", "list"],
  accept: [
    "accept",
    "accept-by-another",
    "accept-unverified",
    "accept-unregistered",
    "accept-without-factor",
    "accept-among-mine",
  ],
  decline: ["decline", "decline-by-another"],
  revoke: ["revoke", "revoke-by-sender", "revoke-by-user"],
  edit: ["edit"],
  resend: ["resend", "resend-twice"],
  invite: ["invite-again"],
  expire: ["expire"],
} as const satisfies Record<Happening, readonly string[]>;

export type Event = (typeof EVENTS_OF)[Happening][number];
export const EVENTS: readonly Event[] = Object.values(EVENTS_OF).flat();

/** The rules that each event is about, where no refusal names its own. */
export const EVENT_RULES: Readonly<Record<Event, string>> = {
  preview: "INV-4, INV-15",
  accept: "INV-5, MINV-5, GINV-5, SHR-4",
  "accept-by-another": "INV-5, MINV-3",
  "accept-unverified": "INV-5, INV-6",
  "accept-unregistered": "INV-5, INV-7",
  "accept-without-factor": "INV-5, SHR-9",
  "accept-among-mine": "INV-5, INV-6, INV-15",
  decline: "INV-8, SEAT-4",
  "decline-by-another": "INV-8, MINV-3",
  revoke: "INV-8, SEAT-4",
  "revoke-by-sender": "INV-8, SEAT-4",
  "revoke-by-user": "INV-8, SHR-6",
  edit: "MINV-8",
  resend: "INV-9, SEAT-9",
  "resend-twice": "INV-9",
  get: "INV-1",
  list: "INV-1, MINV-4, SHR-6",
  "invite-again": "MINV-7, SEAT-4",
  expire: "INV-1, SEAT-4",
};

/** What becomes of what it holds: a seat, a guest's place; of a share, its slot and then the access. */
export type Places = "unchanged" | "freed" | "held" | "taken";

/** What its link does afterwards; `renewed`: that is dead, and another one opens it. */
export type Link = "opens" | "over" | "renewed";

/** What is written to the invitation, and what follows. */
export type Change = {
  readonly state: InvitationState;
  readonly places: Places;
  readonly link: Link;
  readonly mails?: 1;
};

/** What an event leads to: an answer, or a refusal; without a change, nothing at all is written to the invitation. */
export type Outcome = {
  readonly status: number;
  readonly code?: string;
  readonly rule?: RuleId;
  /** INV-7. */
  readonly missing?: readonly string[];
  readonly change?: Change;
  /** The entry in the audit log, where its subject is not the invitation: a share's rights are the mail address'. */
  readonly audit?: "share.updated";
  /** Where what led up to it has changed the state already. */
  readonly after?: InvitationState;
  /** Of an event that leaves the invitation as it is, and invites its address anew. */
  readonly takes?: Places;
};

export type Row = Readonly<Record<Kind, Outcome>>;

/** The same for every kind. */
export function all(outcome: Outcome): Row {
  return { member: outcome, guest: outcome, share: outcome, "share-link": outcome };
}

/** One for people, one for shares of either sort. */
export function split(people: Outcome, shares: Outcome): Row {
  return { member: people, guest: people, share: shares, "share-link": shares };
}

/** As `all`, except for the link that is for whoever holds it. */
export function named(outcome: Outcome, forAnybody: Outcome): Row {
  return { ...all(outcome), "share-link": forAnybody };
}

/** Answered, with nothing written. */
export const ok: Outcome = { status: 200 };

/** Nothing of the sort, for whoever may not know of it; no rule is named. */
export const unknown: Outcome = { status: 404, code: "not-found" };

/** Refused, with nothing written. */
export function refused(status: number, code: string, rule?: RuleId): Outcome {
  return rule === undefined ? { status, code } : { status, code, rule };
}

/** INV-7: refused for what is missing. */
export function missing(...fields: string[]): Outcome {
  return { ...refused(409, "registration-required", "INV-7"), missing: fields };
}

const ended = (status: number, state: InvitationState, places: Places): Outcome => ({
  status,
  change: { state, places, link: "over" },
});

export const accepted = ended(200, "accepted", "held");
export const declined = ended(200, "declined", "freed");
export const revoked = ended(204, "revoked", "freed");
/** By its date alone: what it held is counted until somebody looks, and in nobody's way (SEAT-4). */
export const expired = ended(200, "expired", "unchanged");
export const swept = ended(200, "expired", "freed");

export const edited: Outcome = {
  status: 200,
  change: { state: "pending", places: "unchanged", link: "opens" },
};

/** SHR-5. */
export const narrowed: Outcome = { ...edited, audit: "share.updated" };

/** INV-9: sent anew, by mail and by a link; `places`: what a closed one takes again. */
export function resent(places: Places = "unchanged", mails = true): Outcome {
  const change = { state: "pending", places, link: "renewed" } as const;
  return { status: 200, change: mails ? { ...change, mails: 1 } : change };
}

/** The same address gets another invitation. */
export function invited(status: number, places: Places = "taken"): Outcome {
  return { status, takes: places };
}

/** INV-15: what the holder of a link is told of each end. */
export const USED = refused(410, "invitation-used", "INV-5");
export const DECLINED = refused(410, "invitation-declined", "INV-8");
export const REVOKED = refused(410, "invitation-revoked", "INV-8");
export const EXPIRED = refused(410, "invitation-expired", "INV-1");

export const NOT_PENDING = refused(409, "invitation-not-pending", "INV-1");
export const TOO_SOON = refused(429, "resent-too-soon", "INV-9");
/** Sent anew a moment ago, which has led out of `expired`. */
export const TOO_SOON_AGAIN: Outcome = { ...TOO_SOON, after: "pending" };
export const MISMATCH = refused(403, "recipient-mismatch", "INV-6");
export const UNVERIFIED = refused(403, "email-not-verified", "INV-6");
export const NO_FACTOR = refused(403, "mfa-required", "SHR-9");
export const NOT_ADMIN = refused(403, "not-chat-admin", "INV-8");
export const INVITED_ALREADY = refused(409, "already-invited", "MINV-7");
