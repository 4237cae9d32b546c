/** Everything the page says. One object, so that another language is another object. */
export const sentences = {
  title: (heading: string) => `${heading} – Vestibule`,
  opening: "Opening your invitation…",
  leadingToSignIn: "Taking you to the sign-in page…",
  signingIn: "Signing you in…",
  sending: "One moment…",

  invitedTo: (organization: string) => `You are invited to ${organization}`,
  invitedBy: (name: string, organization: string) =>
    `${name} invites you to join ${organization} on Vestibule, where the team talks and works together.`,
  invitedAsGuest: (name: string, organization: string) =>
    `${name} invites you as a guest of ${organization} on Vestibule, to talk with the team in its channels.`,
  sender: "Invited by",
  address: "For",
  role: "Your role",
  channels: "Channels",
  until: "Valid until",
  signInToAnswer: "Sign in to answer",
  signInAs: (email: string) => `Sign in with ${email}: the invitation is for this address.`,
  signInAny: "You may sign in with any account of yours.",
  signedInAs: (email: string) => `You are signed in as ${email}.`,
  anotherAccount: "Use another account",
  accept: "Accept",
  decline: "Decline",
  back: "Back",
  again: "Try again",

  declineTitle: (organization: string) => `Decline the invitation to ${organization}?`,
  declineText: (name: string) => `This cannot be undone: ${name} would have to invite you again.`,
  declineFor: "Decline for good",
  declinedTitle: "You declined the invitation",
  declinedText: "Nothing else is needed. You can close this page.",

  registrationTitle: "A few details first",
  registrationText: (organization: string) => `This is how people at ${organization} will see you.`,
  firstName: "First name",
  lastName: "Last name",
  terms: (version: string) => `I accept the terms of use (version ${version}).`,
  join: "Join",

  inTitle: "You are in",
  inText: (organization: string, role: string) => `You have joined ${organization} as ${role}.`,
  inChannels: (channels: string) => `You are in ${channels}.`,
  inNext: "You can close this page and open Vestibule.",

  noSecretTitle: "Open the link from your mail",
  noSecretText: "This page needs the whole invitation link. Open it from the mail, or copy it completely.",
  unknownTitle: "This link is not known",
  unknownText: "Check that you copied all of it, or ask the person who invited you for a new one.",

  expiredTitle: "This invitation has expired",
  revokedTitle: "This invitation was withdrawn",
  usedTitle: "This invitation was already accepted",
  usedText: "If that was you, you are in: just open Vestibule.",
  alreadyInTitle: "You are already a member",
  alreadyInText: "There is nothing left to accept: just open Vestibule.",
  wasDeclinedTitle: "This invitation was declined",
  askAgain: (name: string) => `Ask ${name} for a new one if you want to join.`,
  theSender: "the person who invited you",

  mismatch: (invited: string, signedIn: string) =>
    `This invitation is for ${invited}, and you are signed in as ${signedIn}. Sign in with the invited address.`,
  notVerified: (email: string) =>
    `The address ${email} is not verified yet. Verify it with your sign-in provider, then sign in again.`,
  deactivated: (organization: string) =>
    `Your access to ${organization} was deactivated. One of its managers can reactivate it.`,
  full: (organization: string) =>
    `${organization} has no free seat at the moment. Your invitation stays valid: ask for a seat and come back.`,
  noPlace: (organization: string) =>
    `${organization} has no place for another guest at the moment. Your invitation stays valid: ask for one and come back.`,
  noChannel: (name: string) =>
    `None of the channels of this invitation is open any more. Ask ${name} to restore one, or to invite you again.`,
  signInEnded: "Your sign-in has ended. Please sign in again.",
  signInCancelled: "You did not sign in. The invitation is still open.",
  signInFailed: "Signing in did not work. Please try again.",
  signInUnavailable: "Signing in is not possible right now. Please try again in a moment.",
  checkDetails: "Some of these details were not accepted. Please check them.",
  offline: "The service cannot be reached. Check your connection and try again.",
  busy: "The service is busy. Please try again in a moment.",
  failed: (requestId: string) =>
    `Something went wrong on our side. Please try again (reference ${requestId}).`,
  failedTitle: "That did not work",

  orgRoles: {
    legal_representative: "legal representative",
    administrator: "administrator",
    user: "user",
  },
  guest: "guest",
  chatAdmin: "chat admin",
  and: (roles: string[]) => roles.join(" and "),
} as const;
