import type { Sentences } from "../sentences.ts";

export const en: Sentences = {
  opening: "Opening your invitation…",
  leadingToSignIn: "Taking you to the sign-in page…",
  signingIn: "Signing you in…",
  sending: "One moment…",
  waiting: "The service is busy. Trying again…",
  language: "Language",

  invitedTo: {
    member: ({ organization }) => `Join ${organization}`,
    guest: ({ organization }) => `Be a guest of ${organization}`,
    share: ({ organization }) => `Use a mail address of ${organization}`,
  },
  invitedBy: {
    member: ({ sender, organization }) =>
      `${sender} invites you to ${organization} on Vestibule, where the team talks and works together.`,
    guest: ({ sender, organization }) =>
      `${sender} invites you to talk with the team of ${organization} on Vestibule, as a guest of its channels.`,
    share: ({ sender, organization }) =>
      `${sender} shares a mail address of ${organization} with you. You use it with your own sign-in; no password changes hands.`,
  },
  sender: "Invited by",
  forAddress: "For",
  sharedAddress: "Mail address",
  rights: "You may",
  role: "Your role",
  channels: "Channels",
  accessUntil: "Access until",
  validUntil: "Valid until",
  andMore: (count) => `and ${count} more`,

  signInToAnswer: "Sign in to answer",
  signInAs: (email) => `Sign in as ${email}: the invitation is for this address.`,
  signInAny: "You may sign in with any account of yours.",
  secondFactorAhead: "You will need a second factor, such as a code from an authenticator app.",
  signedInAs: (email) => `You are signed in as ${email}.`,
  anotherAccount: "Use another account",
  accept: "Accept",
  decline: "Decline",
  back: "Back",
  toInvitation: "Back to the invitation",
  again: "Try again",
  signInAgain: "Sign in again",
  signInWithSecondFactor: "Sign in with a second factor",

  attachTitle: "Where should the address go?",
  attachPersonal: "My personal space",

  declineTitle: "Decline this invitation?",
  declineText: ({ sender }) => `This cannot be undone: ${sender} would have to invite you again.`,
  declineFor: "Decline for good",
  declinedTitle: "You declined the invitation",
  declinedText: "Nothing else is needed. You can close this page.",

  registrationTitle: "A few details first",
  registrationText: ({ organization }) => `This is how people at ${organization} will see you.`,
  firstName: "First name",
  lastName: "Last name",
  phone: "Phone number",
  phoneHint: "With the country code, such as +44 20 7946 0000.",
  terms: (version) => `I accept the terms of use (version ${version}).`,
  join: "Join",
  checkDetails: "Some of these details were not accepted. Please check them.",

  inTitle: {
    member: ({ organization }) => `Welcome to ${organization}`,
    guest: ({ organization }) => `Welcome to ${organization}`,
    share: () => "The address is yours to use",
  },
  inText: {
    member: ({ organization }) => `You are now a member of ${organization}.`,
    guest: ({ organization }) => `You are now a guest of ${organization}.`,
    share: ({ organization }) => `You now have access to a mail address of ${organization}.`,
  },
  inNext: "You can close this page and open Vestibule.",
  openChat: "Open Vestibule",

  noSecretTitle: "Open the link from your mail",
  noSecretText: "This page needs the whole invitation link. Open it from the mail, or copy it completely.",
  theSender: "the person who invited you",

  signInCancelled: "You did not sign in. The invitation is still open.",
  signInFailed: "Signing in did not work. Please try again.",
  signInUnavailable: "Signing in is not possible right now. Please try again in a moment.",

  refusals: {
    expired: {
      title: "This invitation has expired",
      text: ({ sender }) => `Ask ${sender} to send it again: you will get a new link.`,
    },
    revoked: {
      title: "This invitation was withdrawn",
      text: ({ sender }) => `If you think that is a mistake, ask ${sender} for a new one.`,
    },
    used: {
      title: "This invitation was already accepted",
      text: ({ sender }) =>
        `If that was you, you are in: just open Vestibule. If not, tell ${sender}, who can invite you again.`,
    },
    declined: {
      title: "This invitation was declined",
      text: ({ sender }) => `If you want to join after all, ask ${sender} for a new one.`,
    },
    unknown: {
      title: "This link is not known",
      text: () =>
        "Check that you copied all of it and that it is the newest one you got: a link that was sent again replaces the old one. Otherwise ask the person who invited you.",
    },
    organizationGone: {
      title: "This invitation is gone",
      text: ({ organization }) =>
        `It was there a moment ago: ${organization} no longer exists, or has taken back what you were invited to. Nothing else is needed.`,
    },
    alreadyMember: {
      title: "You are already a member",
      text: ({ organization }) =>
        `You belong to ${organization}; there is nothing left to accept. Just open Vestibule.`,
    },
    alreadyGuest: {
      title: "You are already a guest",
      text: ({ organization }) =>
        `You are a guest of ${organization}; there is nothing left to accept. Just open Vestibule.`,
    },
    alreadyHasAccess: {
      title: "You already have access",
      text: () => "This mail address is already among yours. Just open Vestibule.",
    },
    wrongAccount: {
      title: "This invitation is for another address",
      text: ({ invited, signedIn }) =>
        `It was sent to ${invited}, and you are signed in as ${signedIn}. Sign in with the invited address; the invitation stays open.`,
    },
    notVerified: {
      title: "Your address is not verified yet",
      text: ({ signedIn }) =>
        `Confirm ${signedIn} with your sign-in provider (look for its mail with a code or link), then sign in again. The invitation stays open.`,
    },
    noSeat: {
      title: "No free seat at the moment",
      text: ({ organization, sender }) =>
        `All seats of ${organization} are taken. Your invitation stays open: ask ${sender} to free one, then try again.`,
    },
    noGuestPlace: {
      title: "No place for another guest",
      text: ({ organization, sender }) =>
        `${organization} has as many guests as it can have. Your invitation stays open: ask ${sender} to make room, then try again.`,
    },
    noChannel: {
      title: "The channels are no longer open",
      text: ({ sender }) =>
        `None of the channels of this invitation is open any more. Ask ${sender} to restore one or to invite you to another, then try again.`,
    },
    secondFactor: {
      title: "A second factor is needed",
      text: () =>
        "A mail address is only shared with people who sign in with a second factor. Turn one on with your sign-in provider (an authenticator app or a passkey), then sign in with it. The invitation stays open.",
    },
    deactivated: {
      title: "Your access is deactivated",
      text: ({ organization }) =>
        `You were a member of ${organization}, and your access is deactivated. One of its managers can reactivate it.`,
    },
    addressConflict: {
      title: "This account cannot use the address",
      text: ({ signedIn }) =>
        `Your own address ${signedIn} is the shared one. Sign in with an account of another address.`,
    },
    addressIsLogin: {
      title: "This address can no longer be shared",
      text: ({ sender }) =>
        `Somebody signs in with it, so that it is not shared any more. Ask ${sender} for another one.`,
    },
    tooMany: {
      title: "Too many attempts",
      text: () => "The service takes a short break with you. Wait a minute, then try again.",
    },
    busy: {
      title: "The service is busy",
      text: () => "Nothing is lost. Please try again in a moment.",
    },
    offline: {
      title: "The service cannot be reached",
      text: () => "Check your connection, then try again. Nothing is lost.",
    },
    signedOut: {
      title: "Your sign-in has ended",
      text: () => "Please sign in again; the invitation stays open.",
    },
    failed: {
      title: "That did not work",
      text: ({ reference }) =>
        `Something went wrong on our side. Please try again; if it keeps happening, tell us this reference: ${reference}`,
    },
  },

  orgRoles: {
    legal_representative: "legal representative",
    administrator: "administrator",
    user: "user",
  },
  guest: "guest",
  chatAdmin: "chat admin",
  shareRights: {
    read: "read",
    send: "send",
    manageFilters: "manage filters",
    manageAliases: "manage aliases",
    manageRedirections: "manage redirections",
    manageSignatures: "manage signatures",
    manageAutoReply: "manage the automatic reply",
    manageFolders: "manage folders",
    restoreMessages: "restore messages",
    changePassword: "change the password",
    viewLogs: "view logs",
  },

  mineTitle: "Your invitations",
  mineText: (email) => `These are waiting for ${email}.`,
  mineNone: (email) => `Nothing is waiting for ${email} right now.`,
  mineSignIn: "You can also sign in to see the invitations that are waiting for your address.",
  signIn: "Sign in",
  show: "View",
};
