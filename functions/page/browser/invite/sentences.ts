import type { InvitationKind, OrgRole, ShareRight } from "@vestibule/domain/vocabulary";

/** Names that occur in sentences; `sender` may be `theSender`. */
export type Names = { organization: string; sender: string };

/** What a refusal's sentences may name. */
export type About = Names & { invited: string; signedIn: string; reference: string };

/** Why the page cannot go on as asked. */
export type Reason =
  | "expired"
  | "revoked"
  | "used"
  | "declined"
  | "unknown"
  | "organizationGone"
  | "alreadyMember"
  | "alreadyGuest"
  | "alreadyHasAccess"
  | "wrongAccount"
  | "notVerified"
  | "noSeat"
  | "noGuestPlace"
  | "noChannel"
  | "secondFactor"
  | "deactivated"
  | "addressConflict"
  | "addressIsLogin"
  | "tooMany"
  | "busy"
  | "offline"
  | "signedOut"
  | "failed";

type OfKind = Readonly<Record<InvitationKind, (names: Names) => string>>;

/** Everything the page says; a language that lacks a sentence does not compile. */
export type Sentences = {
  opening: string;
  leadingToSignIn: string;
  signingIn: string;
  sending: string;
  waiting: string;
  language: string;

  invitedTo: OfKind;
  invitedBy: OfKind;
  sender: string;
  forAddress: string;
  sharedAddress: string;
  rights: string;
  role: string;
  channels: string;
  accessUntil: string;
  validUntil: string;
  andMore: (count: number) => string;

  signInToAnswer: string;
  signInAs: (email: string) => string;
  signInAny: string;
  secondFactorAhead: string;
  signedInAs: (email: string) => string;
  anotherAccount: string;
  accept: string;
  decline: string;
  back: string;
  toInvitation: string;
  again: string;
  signInAgain: string;
  signInWithSecondFactor: string;

  attachTitle: string;
  attachPersonal: string;

  declineTitle: string;
  declineText: (names: Names) => string;
  declineFor: string;
  declinedTitle: string;
  declinedText: string;

  registrationTitle: string;
  registrationText: (names: Names) => string;
  firstName: string;
  lastName: string;
  phone: string;
  phoneHint: string;
  terms: (version: string) => string;
  join: string;
  checkDetails: string;

  inTitle: OfKind;
  inText: OfKind;
  inNext: string;
  openChat: string;

  noSecretTitle: string;
  noSecretText: string;
  theSender: string;

  signInCancelled: string;
  signInFailed: string;
  signInUnavailable: string;

  refusals: Readonly<Record<Reason, { title: string; text: (about: About) => string }>>;

  orgRoles: Readonly<Record<OrgRole, string>>;
  guest: string;
  chatAdmin: string;
  shareRights: Readonly<Record<ShareRight, string>>;

  mineTitle: string;
  mineText: (email: string) => string;
  mineNone: (email: string) => string;
  mineSignIn: string;
  signIn: string;
  show: string;
};
