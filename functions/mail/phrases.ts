import type { ChatRole, Locale, OrgRole, Right, ShareRight } from "@vestibule/domain/vocabulary";
import { de } from "./phrases/de.ts";
import { en } from "./phrases/en.ts";
import { es } from "./phrases/es.ts";
import { fr } from "./phrases/fr.ts";
import { it } from "./phrases/it.ts";

/**
 * What mails say in one language. Names come in ready for the place they go to: plain for the text part,
 * escaped and marked up for the HTML part. The phrases' own words are therefore free of `&`, `<` and `>`.
 */
export type Phrases = {
  /** The locale that dates are written in. */
  readonly dates: string;
  /** Stand in for a name of which nothing is left once its links are stripped. */
  readonly anOrganization: string;
  readonly somebody: string;
  readonly subject: (sender: string, organization: string) => string;
  readonly greeting: (firstName: string | undefined) => string;
  readonly invitation: (sender: string, organization: string) => string;
  readonly guestInvitation: (sender: string, organization: string) => string;
  readonly organization: string;
  readonly invitedBy: string;
  readonly orgRole: string;
  readonly chatRole: string;
  readonly guest: string;
  readonly channels: string;
  readonly accessUntil: string;
  readonly rights: string;
  readonly validUntil: string;
  readonly orgRoles: Record<OrgRole, string>;
  readonly chatRoles: Record<ChatRole, string>;
  readonly rightNames: Record<Right, string>;
  readonly writes: (sender: string) => string;
  readonly button: string;
  readonly plainLink: string;
  readonly ignore: string;
  /** A share of a mail address (SHR-4). */
  readonly sharedAddress: (sender: string, organization: string, address: string) => string;
  readonly shareSubject: (sender: string, organization: string) => string;
  readonly address: string;
  readonly shareRights: string;
  readonly shareRightNames: Record<ShareRight, string>;
  readonly shareNeeds: string;
  /** The mail that reminds of an invitation before it ends. */
  readonly reminderSubject: (subject: string) => string;
  readonly reminder: (until: string) => string;
  /** A change of somebody's role (ORG-11). */
  readonly noticeSubject: (organization: string) => string;
  readonly changed: (actor: string, organization: string) => string;
  readonly changedByYou: (organization: string) => string;
  readonly member: string;
  readonly before: string;
  readonly after: string;
  readonly changedBy: string;
  /** Stands for no right at all. */
  readonly none: string;
  readonly noticeClosing: string;
};

/** The words of mails in every language of INV-16. */
export const PHRASES: Record<Locale, Phrases> = { en, fr, de, it, es };
