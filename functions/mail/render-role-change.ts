import type { ChatRole, Locale, OrgRole, Rights } from "@vestibule/domain/vocabulary";
import type { Fact, Letter, Writing } from "./letter.ts";
import type { Look } from "./look.ts";
import { PHRASES, type Phrases } from "./phrases.ts";
import { type RenderedMail, renderLetter } from "./render-letter.ts";
import { shownName } from "./shown-text.ts";
import { shownRights } from "./shown-values.ts";

/** What was changed of somebody's place in an organization. */
export type RoleChange =
  | { readonly kind: "org-role"; readonly from: OrgRole; readonly to: OrgRole }
  | { readonly kind: "chat-role"; readonly from: ChatRole; readonly to: ChatRole }
  | { readonly kind: "rights"; readonly from: Rights; readonly to: Rights }
  /** GINV-11: between a member, who has roles, and a guest, who has none. */
  | { readonly kind: "place"; readonly from: "member" | "guest"; readonly to: "member" | "guest" };

/** What the mail of a role change says (ORG-11); names as people typed them. */
export type RoleChangeMail = {
  readonly organizationName: string;
  /** Who changed it; `undefined` if it was the person themselves. */
  readonly actorName: string | undefined;
  readonly firstName: string;
  readonly change: RoleChange;
  readonly locale: Locale;
  readonly look?: Look | undefined;
};

/** What the change is about, what it was, and what it is. */
function shownChange(change: RoleChange, phrases: Phrases): [about: string, from: string, to: string] {
  switch (change.kind) {
    case "org-role":
      return [phrases.orgRole, phrases.orgRoles[change.from], phrases.orgRoles[change.to]];
    case "chat-role":
      return [phrases.chatRole, phrases.chatRoles[change.from], phrases.chatRoles[change.to]];
    case "rights": {
      const shown = (rights: Rights) => shownRights(rights, phrases) || phrases.none;
      return [phrases.rights, shown(change.from), shown(change.to)];
    }
    case "place":
      return [phrases.orgRole, phrases[change.from], phrases[change.to]];
  }
}

function compose(mail: RoleChangeMail, phrases: Phrases, organization: string, write: Writing): Letter {
  const { actorName } = mail;
  const actor = actorName === undefined ? undefined : shownName(actorName) || phrases.somebody;
  const firstName = shownName(mail.firstName) || undefined;
  const [about, from, to] = shownChange(mail.change, phrases);
  const facts: Fact[] = [
    [phrases.organization, organization],
    [`${about} – ${phrases.before}`, from],
    [`${about} – ${phrases.after}`, to],
    ...(actor === undefined ? [] : [[phrases.changedBy, actor] satisfies Fact]),
  ];
  const where = write.name(organization);
  return {
    greeting: phrases.greeting(firstName === undefined ? undefined : write.value(firstName)),
    paragraphs: [
      actor === undefined ? phrases.changedByYou(where) : phrases.changed(write.name(actor), where),
    ],
    facts: facts.map(([label, value]) => [label, write.value(value)]),
    notes: [],
    closing: phrases.noticeClosing,
  };
}

/** The mail that tells somebody of a change of their role (ORG-11), in their language. It leads nowhere. */
export function renderRoleChange(mail: RoleChangeMail): RenderedMail {
  const { locale, look } = mail;
  const phrases = PHRASES[locale];
  const organization = shownName(mail.organizationName) || phrases.anOrganization;
  const [about, , to] = shownChange(mail.change, phrases);
  return renderLetter({
    locale,
    look,
    organization,
    subject: phrases.noticeSubject(organization),
    preheader: `${about}: ${to}`,
    compose: (write) => compose(mail, phrases, organization, write),
  });
}
