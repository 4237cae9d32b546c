import type { ChatRole, Locale, OrgRole, Rights, ShareRight } from "@vestibule/domain/vocabulary";
import type { Fact, Letter, Writing } from "./letter.ts";
import type { Look } from "./look.ts";
import { PHRASES, type Phrases } from "./phrases.ts";
import { type RenderedMail, renderLetter } from "./render-letter.ts";
import { shownAddress } from "./shown-address.ts";
import { shownMessage, shownName } from "./shown-text.ts";
import { shownDate, shownList, shownRights, shownShareRights } from "./shown-values.ts";

/** What an invitation grants, as its mail says it. */
export type Granted =
  | {
      readonly kind: "member";
      readonly orgRole: OrgRole;
      readonly chatRole: ChatRole;
      readonly rights: Rights;
    }
  /** `accessUntil`: when it ends (GINV-10), epoch ms. */
  | { readonly kind: "guest"; readonly accessUntil?: number | undefined }
  | { readonly kind: "share"; readonly address: string; readonly shareRights: readonly ShareRight[] };

/** What an invitation's mail says; names and message as people typed them. */
export type InvitationMail = {
  readonly organizationName: string;
  readonly senderName: string;
  readonly firstName?: string | undefined;
  readonly granted: Granted;
  /** The names of the channels that it leads to (GINV-3). */
  readonly channels: readonly string[];
  readonly message?: string | undefined;
  /** Epoch ms. */
  readonly expiresAt: number;
  readonly locale: Locale;
  /** The page's address with the secret in its fragment (INV-4). */
  readonly link: string;
  /** Whether it is the mail that reminds of the end. */
  readonly isReminder?: boolean;
  /** The organization's brand, if it is on (BRD-1). */
  readonly look?: Look | undefined;
};

/** The names of a mail as it shows them; those of which nothing is left are replaced by words. */
type Names = { readonly sender: string; readonly organization: string };

function grantFacts(granted: Granted, phrases: Phrases): Fact[] {
  switch (granted.kind) {
    case "member": {
      const rights = shownRights(granted.rights, phrases);
      return [
        [phrases.orgRole, phrases.orgRoles[granted.orgRole]],
        [phrases.chatRole, phrases.chatRoles[granted.chatRole]],
        ...(rights === "" ? [] : [[phrases.rights, rights] satisfies Fact]),
      ];
    }
    case "guest": {
      const until = granted.accessUntil;
      const role: Fact = [phrases.orgRole, phrases.guest];
      return until === undefined ? [role] : [role, [phrases.accessUntil, shownDate(until, phrases)]];
    }
    case "share": {
      const address = shownAddress(granted.address);
      return [
        ...(address === undefined ? [] : [[phrases.address, address] satisfies Fact]),
        [phrases.shareRights, shownShareRights(granted.shareRights, phrases)],
      ];
    }
  }
}

/** The channels by name (GINV-3); of a name that is nothing but a link, nothing is left. */
function channelFacts(mail: InvitationMail, phrases: Phrases): Fact[] {
  const names = mail.channels.map(shownName).filter((name) => name !== "");
  return names.length === 0 ? [] : [[phrases.channels, shownList(names, phrases)]];
}

function factsOf(mail: InvitationMail, phrases: Phrases, { sender, organization }: Names): Fact[] {
  return [
    [phrases.organization, organization],
    [phrases.invitedBy, sender],
    ...grantFacts(mail.granted, phrases),
    ...channelFacts(mail, phrases),
    [phrases.validUntil, shownDate(mail.expiresAt, phrases)],
  ];
}

function sentenceOf({ granted }: InvitationMail, phrases: Phrases, names: Names, write: Writing): string {
  const sender = write.name(names.sender);
  const organization = write.name(names.organization);
  switch (granted.kind) {
    case "member":
      return phrases.invitation(sender, organization);
    case "guest":
      return phrases.guestInvitation(sender, organization);
    case "share":
      return phrases.sharedAddress(
        sender,
        organization,
        write.name(shownAddress(granted.address) ?? phrases.address),
      );
  }
}

function subjectOf({ granted, isReminder }: InvitationMail, phrases: Phrases, names: Names): string {
  const subject = (granted.kind === "share" ? phrases.shareSubject : phrases.subject)(
    names.sender,
    names.organization,
  );
  return isReminder === true ? phrases.reminderSubject(subject) : subject;
}

function compose(mail: InvitationMail, phrases: Phrases, names: Names, write: Writing): Letter {
  const firstName = shownName(mail.firstName ?? "") || undefined;
  const message = shownMessage(mail.message ?? "") || undefined;
  const until = write.value(shownDate(mail.expiresAt, phrases));
  return {
    greeting: phrases.greeting(firstName === undefined ? undefined : write.value(firstName)),
    paragraphs: [
      ...(mail.isReminder === true ? [phrases.reminder(until)] : []),
      sentenceOf(mail, phrases, names, write),
    ],
    facts: factsOf(mail, phrases, names).map(([label, value]) => [label, write.value(value)]),
    message:
      message === undefined
        ? undefined
        : { intro: phrases.writes(write.value(names.sender)), text: write.text(message) },
    notes: mail.granted.kind === "share" ? [phrases.shareNeeds] : [],
    action: { label: phrases.button, plainLink: phrases.plainLink, href: mail.link },
    closing: phrases.ignore,
  };
}

/**
 * The mail of an invitation, or the one that reminds of it, in its invitee's language (INV-16): who invites to what, as
 * what, until when. Names and message are escaped, stripped of links and capped; the text part says all that the HTML
 * part says.
 */
export function renderInvitation(mail: InvitationMail): RenderedMail {
  const { locale, look, expiresAt } = mail;
  const phrases = PHRASES[locale];
  const names: Names = {
    sender: shownName(mail.senderName) || phrases.somebody,
    organization: shownName(mail.organizationName) || phrases.anOrganization,
  };
  return renderLetter({
    locale,
    look,
    organization: names.organization,
    subject: subjectOf(mail, phrases, names),
    preheader: `${phrases.validUntil} ${shownDate(expiresAt, phrases)}`,
    compose: (write) => compose(mail, phrases, names, write),
  });
}
