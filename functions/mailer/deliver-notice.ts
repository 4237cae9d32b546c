import { DEFAULT_LOCALE, type Locale } from "@vestibule/domain/vocabulary";
import { renderRoleChange } from "../mail/render-role-change.ts";
import type { OutgoingMail, SendOutcome } from "../mail/send-mail.ts";
import type { Notice, NoticeClaim } from "../table/notices.ts";
import type { Organization } from "../table/organizations.ts";
import type { PersonRecord } from "../table/person-records.ts";
import { type Delivery, LEASE_MS, mailObstacle, type Records, settle, skipped } from "./delivery.ts";
import { lookOf } from "./look-of.ts";
import type { QueuedNotice } from "./queued-mail.ts";

export type NoticeDeps = Records<NoticeClaim> & {
  readonly loadNotice: (of: QueuedNotice) => Promise<Notice | undefined>;
  readonly loadOrganization: (organizationId: string) => Promise<Organization | undefined>;
  readonly loadPerson: (organizationId: string, userId: string) => Promise<PersonRecord | undefined>;
  /** The language that somebody chose, if they did. */
  readonly loadLocale: (userId: string) => Promise<Locale | undefined>;
  readonly claim: (claim: NoticeClaim, now: number) => Promise<boolean>;
  readonly send: (mail: OutgoingMail) => Promise<SendOutcome>;
  readonly pageBaseUrl: string;
};

type Facts = { notice: Notice; organization: Organization; person: PersonRecord; locale: Locale };

async function loadFacts(deps: NoticeDeps, of: QueuedNotice): Promise<Facts | undefined> {
  const [notice, organization] = await Promise.all([
    deps.loadNotice(of),
    deps.loadOrganization(of.organizationId),
  ]);
  if (notice === undefined || organization === undefined) return undefined;
  const [person, locale = DEFAULT_LOCALE] = await Promise.all([
    deps.loadPerson(of.organizationId, notice.userId),
    deps.loadLocale(notice.userId),
  ]);
  return person === undefined ? undefined : { notice, organization, person, locale };
}

/**
 * Mails a notice to the person it concerns, in their language (ORG-11): claimed, sent and recorded as an invitation's mail
 * is, and so at most once too often. Who has left the organization meanwhile is told nothing more of it.
 */
export async function deliverNotice(deps: NoticeDeps, of: QueuedNotice): Promise<Delivery> {
  const facts = await loadFacts(deps, of);
  if (facts === undefined) return skipped("unknown");
  const { notice, organization, person, locale } = facts;
  const now = deps.now();
  if (notice.expiresAt * 1_000 <= now) return skipped("expired");
  const inTheWay = mailObstacle(notice.mail, now);
  if (inTheWay !== undefined) return inTheWay;

  const claim: NoticeClaim = { ...of, leaseUntil: now + LEASE_MS };
  if (!(await deps.claim(claim, now))) return { kind: "later", at: now, why: "claim lost" };

  const { actor, facts: change } = notice;
  const outcome = await deps.send({
    ...renderRoleChange({
      organizationName: organization.name,
      actorName: actor.userId === notice.userId ? undefined : actor.name,
      firstName: person.firstName,
      change,
      locale,
      look: lookOf(organization, deps.pageBaseUrl),
    }),
    to: person.email,
    organizationName: organization.name,
    tags: { organization: of.organizationId, notice: of.noticeId },
  });
  return await settle(deps, claim, outcome);
}
