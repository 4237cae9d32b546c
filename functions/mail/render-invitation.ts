import { type ChatRole, type Locale, type OrgRole, RIGHTS, type Rights } from "@vestibule/domain/vocabulary";
import { escapeHtml } from "./escape-html.ts";
import { invitationHtml } from "./invitation-html.ts";
import { PHRASES, type Phrases } from "./phrases.ts";
import { shownMessage, shownName } from "./shown-text.ts";

/** What a member invitation's mail says; names and message as people typed them. */
export type InvitationMail = {
  readonly organizationName: string;
  readonly senderName: string;
  readonly firstName?: string | undefined;
  readonly orgRole: OrgRole;
  readonly chatRole: ChatRole;
  readonly rights: Rights;
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

function factsOf(mail: InvitationMail, phrases: Phrases, names: { sender: string; organization: string }) {
  const rights = shownRights(mail.rights, phrases);
  const facts: [label: string, value: string][] = [
    [phrases.organization, names.organization],
    [phrases.invitedBy, names.sender],
    [phrases.orgRole, phrases.orgRoles[mail.orgRole]],
    [phrases.chatRole, phrases.chatRoles[mail.chatRole]],
    ...(rights === "" ? [] : [[phrases.rights, rights] satisfies [string, string]]),
    [phrases.validUntil, shownDate(mail.expiresAt, phrases)],
  ];
  return facts;
}

/** A name within a sentence: set apart, and whole whatever direction it is written in. */
function nameMarkup(name: string): string {
  return `<strong><bdi>${escapeHtml(name)}</bdi></strong>`;
}

/**
 * The mail of a member invitation in its invitee's language (INV-16): who invites to what, as what, until when. Names
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

  const text = [
    phrases.greeting(firstName),
    phrases.invitation(sender, organization),
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
      invitation: phrases.invitation(nameMarkup(sender), nameMarkup(organization)),
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
