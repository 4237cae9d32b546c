import {
  accepted,
  all,
  DECLINED,
  declined,
  type Event,
  EXPIRED,
  edited,
  expired,
  INVITED_ALREADY,
  invited,
  MISMATCH,
  missing,
  NO_FACTOR,
  NOT_ADMIN,
  NOT_PENDING,
  named,
  type Outcome,
  ok,
  REVOKED,
  type Row,
  refused,
  resent,
  revoked,
  type State,
  split,
  swept,
  TOO_SOON,
  TOO_SOON_AGAIN,
  UNVERIFIED,
  USED,
  unknown,
} from "./cells.ts";

type Table = Readonly<Record<Event, Row>>;

/** Who may not revoke: of a share, somebody who does not even know of it (SHR-6). */
const BY_USER = split(NOT_ADMIN, unknown);

/** A link for whoever holds it is nobody's own (INV-6). */
const mine = (outcome: Outcome): Row => named(outcome, unknown);

const NAMES = ["profile.firstName", "profile.lastName"];

/** One more of each: a seat or a place for people; a share's slot. */
const ANOTHER: Row = {
  member: invited(200),
  guest: invited(200),
  share: invited(201),
  "share-link": invited(201),
};

const PENDING: Table = {
  preview: all(ok),
  accept: all(accepted),
  "accept-by-another": named(MISMATCH, accepted),
  "accept-unverified": all(UNVERIFIED),
  "accept-unregistered": split(
    missing(...NAMES, "termsVersion"),
    missing(...NAMES, "profile.phone", "termsVersion"),
  ),
  "accept-without-factor": split(accepted, NO_FACTOR),
  "accept-among-mine": mine(accepted),
  decline: all(declined),
  "decline-by-another": named(MISMATCH, declined),
  revoke: all(revoked),
  "revoke-by-sender": all(revoked),
  "revoke-by-user": BY_USER,
  edit: all(edited),
  resend: named(resent(), resent("unchanged", false)),
  "resend-twice": all(TOO_SOON),
  get: all(ok),
  list: all(ok),
  "invite-again": named(INVITED_ALREADY, invited(201)),
  expire: all(expired),
};

/** INV-1, SEAT-4: expired by its date; before anything swept it, it opens nothing and is in nobody's way. */
const OVER: Table = {
  preview: all(EXPIRED),
  accept: all(EXPIRED),
  "accept-by-another": all(EXPIRED),
  "accept-unverified": all(EXPIRED),
  "accept-unregistered": all(EXPIRED),
  "accept-without-factor": all(EXPIRED),
  "accept-among-mine": mine(EXPIRED),
  decline: all(EXPIRED),
  "decline-by-another": all(EXPIRED),
  revoke: all(NOT_PENDING),
  "revoke-by-sender": all(NOT_PENDING),
  "revoke-by-user": BY_USER,
  edit: all(NOT_PENDING),
  resend: named(resent(), resent("unchanged", false)),
  "resend-twice": all(TOO_SOON_AGAIN),
  get: all(ok),
  list: all(ok),
  // The old one is closed on the way, and its place goes to the new one.
  "invite-again": {
    member: { status: 200, change: { state: "expired", places: "unchanged", link: "over" } },
    guest: { status: 200, change: { state: "expired", places: "unchanged", link: "over" } },
    share: { status: 201, change: { state: "expired", places: "unchanged", link: "over" } },
    "share-link": invited(201),
  },
  expire: all(swept),
};

const EXPIRED_AND_CLOSED: Table = {
  preview: all(EXPIRED),
  accept: all(EXPIRED),
  "accept-by-another": all(EXPIRED),
  "accept-unverified": all(EXPIRED),
  "accept-unregistered": all(EXPIRED),
  "accept-without-factor": all(EXPIRED),
  "accept-among-mine": mine(EXPIRED),
  decline: all(EXPIRED),
  "decline-by-another": all(EXPIRED),
  revoke: all(NOT_PENDING),
  "revoke-by-sender": all(NOT_PENDING),
  "revoke-by-user": BY_USER,
  edit: all(NOT_PENDING),
  resend: named(resent("taken"), resent("taken", false)),
  "resend-twice": all(TOO_SOON_AGAIN),
  get: all(ok),
  list: all(ok),
  "invite-again": ANOTHER,
  expire: all(ok),
};

/** INV-5: whoever accepted it gets the same success again, however they ask; everybody else finds it used. */
const ACCEPTED: Table = {
  preview: all(USED),
  accept: all(ok),
  "accept-by-another": all(USED),
  "accept-unverified": all(ok),
  "accept-unregistered": all(ok),
  "accept-without-factor": all(ok),
  "accept-among-mine": mine(ok),
  decline: all(USED),
  "decline-by-another": all(USED),
  revoke: all(NOT_PENDING),
  "revoke-by-sender": all(NOT_PENDING),
  "revoke-by-user": BY_USER,
  edit: all(NOT_PENDING),
  resend: all(NOT_PENDING),
  "resend-twice": all(NOT_PENDING),
  get: all(ok),
  list: all(ok),
  "invite-again": {
    member: refused(409, "already-member", "MINV-6"),
    guest: refused(409, "already-member", "GINV-6"),
    share: refused(409, "already-has-access", "SHR-8"),
    "share-link": invited(201),
  },
  expire: all(ok),
};

const DECLINED_BEFORE: Table = {
  preview: all(DECLINED),
  accept: all(DECLINED),
  "accept-by-another": all(DECLINED),
  "accept-unverified": all(DECLINED),
  "accept-unregistered": all(DECLINED),
  "accept-without-factor": all(DECLINED),
  "accept-among-mine": mine(DECLINED),
  decline: all(DECLINED),
  "decline-by-another": all(DECLINED),
  revoke: all(NOT_PENDING),
  "revoke-by-sender": all(NOT_PENDING),
  "revoke-by-user": BY_USER,
  edit: all(NOT_PENDING),
  resend: all(NOT_PENDING),
  "resend-twice": all(NOT_PENDING),
  get: all(ok),
  list: all(ok),
  "invite-again": ANOTHER,
  expire: all(ok),
};

const REVOKED_BEFORE: Table = {
  preview: all(REVOKED),
  accept: all(REVOKED),
  "accept-by-another": all(REVOKED),
  "accept-unverified": all(REVOKED),
  "accept-unregistered": all(REVOKED),
  "accept-without-factor": all(REVOKED),
  "accept-among-mine": mine(REVOKED),
  decline: all(REVOKED),
  "decline-by-another": all(REVOKED),
  revoke: all(NOT_PENDING),
  "revoke-by-sender": all(NOT_PENDING),
  "revoke-by-user": BY_USER,
  edit: all(NOT_PENDING),
  resend: all(NOT_PENDING),
  "resend-twice": all(NOT_PENDING),
  get: all(ok),
  list: all(ok),
  "invite-again": ANOTHER,
  expire: all(ok),
};

/** The matrix (INV-1): what every event leads to, in every state, of an invitation of every kind. */
export const MATRIX: Readonly<Record<State, Table>> = {
  pending: PENDING,
  over: OVER,
  expired: EXPIRED_AND_CLOSED,
  accepted: ACCEPTED,
  declined: DECLINED_BEFORE,
  revoked: REVOKED_BEFORE,
};
