import { type ChatRole, type Locale, type OrgRole, RIGHTS, type Rights } from "@vestibule/domain/vocabulary";
import { escapeHtml } from "./escape-html.ts";
import { invitationHtml } from "./invitation-html.ts";
import { PHRASES, type Phrases } from "./phrases.ts";
import { shownMessage, shownName } from "./shown-text.ts";

/** What an invitation grants, as its mail says it. */
export type Granted =
  | {
      readonly kind: "member";
      readonly orgRole: OrgRole;
      readonly chatRole: ChatRole;
      readonly rights: Rights;
    }
  /** `accessUntil`: when it ends (GINV-10), epoch ms. */
  | { readonly kind: "guest"; readonly accessUntil?: number | undefined };

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
};

export type RenderedMail = { readonly subject: string; readonly html: string; readonly text: string };

function shownDate(epochMs: number, { dates }: Phrases): string {
  const format = new Intl.DateTimeFormat(dates, { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });
  return `${format.format(epochMs)} UTC`;
}

function shownRights(rights: Rights, phrases: Phrases): string {
  const names = RIGHTS.filter((right) => rights[right]).map((right) => phrases.rightNames[right]);
  return new Intl.ListFormat(phrases.dates).format(names);
}

type Fact = [label: string, value: string];

function grantFacts(granted: Granted, phrases: Phrases): Fact[] {
  if (granted.kind === "guest") {
    const until = granted.accessUntil;
    const role: Fact = [phrases.orgRole, phrases.guest];
    return until === undefined ? [role] : [role, [phrases.accessUntil, shownDate(until, phrases)]];
  }
  const rights = shownRights(granted.rights, phrases);
  return [
    [phrases.orgRole, phrases.orgRoles[granted.orgRole]],
    [phrases.chatRole, phrases.chatRoles[granted.chatRole]],
    ...(rights === "" ? [] : [[phrases.rights, rights] satisfies Fact]),
  ];
}

/** The channels by name (GINV-3); of a name that is nothing but a link, nothing is left. */
function channelFacts(mail: InvitationMail, phrases: Phrases): Fact[] {
  const names = mail.channels.map(shownName).filter((name) => name !== "");
  return names.length === 0 ? [] : [[phrases.channels, new Intl.ListFormat(phrases.dates).format(names)]];
}

function factsOf(mail: InvitationMail, phrases: Phrases, names: { sender: string; organization: string }) {
  const facts: Fact[] = [
    [phrases.organization, names.organization],
    [phrases.invitedBy, names.sender],
    ...grantFacts(mail.granted, phrases),
    ...channelFacts(mail, phrases),
    [phrases.validUntil, shownDate(mail.expiresAt, phrases)],
  ];
  return facts;
}

/** A name within a sentence: set apart, and whole whatever direction it is written in. */
function nameMarkup(name: string): string {
  return `<strong><bdi>${escapeHtml(name)}</bdi></strong>`;
}

/**
 * The mail of an invitation in its invitee's language (INV-16): who invites to what, as what, until when. Names
 * and message are escaped, stripped of links and capped; the text part says all that the HTML part says.
 */
export function renderInvitation(mail: InvitationMail): RenderedMail {
  const phrases = PHRASES[mail.locale];
  const sender = shownName(mail.senderName) || phrases.somebody;
  const organization = shownName(mail.organizationName) || phrases.anOrganization;
  const firstName = shownName(mail.firstName ?? "") || undefined;
  const message = shownMessage(mail.message ?? "") || undefined;
  const facts = factsOf(mail, phrases, { sender, organization });
  const subject = phrases.subject(sender, organization);
  const invitation = mail.granted.kind === "guest" ? phrases.guestInvitation : phrases.invitation;

  const text = [
    phrases.greeting(firstName),
    invitation(sender, organization),
    facts.map(([label, value]) => `${label}: ${value}`).join("\n"),
    ...(message === undefined ? [] : [`${phrases.writes(sender)}\n${message.replace(/^/gmu, "> ")}`]),
    `${phrases.button}:\n${mail.link}`,
    phrases.ignore,
  ].join("\n\n");

  const html = invitationHtml(
    {
      locale: mail.locale,
      title: escapeHtml(subject),
      preheader: escapeHtml(`${phrases.validUntil} ${shownDate(mail.expiresAt, phrases)}`),
      greeting: phrases.greeting(firstName === undefined ? undefined : `<bdi>${escapeHtml(firstName)}</bdi>`),
      invitation: invitation(nameMarkup(sender), nameMarkup(organization)),
      facts: facts.map(([label, value]) => [label, `<bdi>${escapeHtml(value)}</bdi>`] as const),
      message:
        message === undefined
          ? undefined
          : { intro: phrases.writes(`<bdi>${escapeHtml(sender)}</bdi>`), text: escapeHtml(message) },
      button: phrases.button,
      plainLink: phrases.plainLink,
      ignore: phrases.ignore,
    },
    mail.link,
  );
  return { subject, html, text: `${text}\n` };
}
