import type { OutgoingMail, SendOutcome } from "../../../../functions/mail/send-mail.ts";
import { deliverInvitation } from "../../../../functions/mailer/deliver-invitation.ts";
import { deliverNotice } from "../../../../functions/mailer/deliver-notice.ts";
import type { QueuedMail } from "../../../../functions/mailer/queued-mail.ts";
import {
  claimMail,
  type MailReport,
  markMailFailed,
  markMailSent,
  recordMailReport,
  releaseMail,
} from "../../../../functions/table/invitation-mail.ts";
import { mintSecret } from "../../../../functions/table/invitation-secrets.ts";
import { getInvitation } from "../../../../functions/table/invitations.ts";
import { keys } from "../../../../functions/table/keys.ts";
import { claimNotice, getNotice, markNotice, releaseNotice } from "../../../../functions/table/notices.ts";
import { getOrganization } from "../../../../functions/table/organizations.ts";
import { getPerson } from "../../../../functions/table/person-records.ts";
import { getProfile } from "../../../../functions/table/profiles.ts";
import { isoTime } from "../../../../functions/table/table.ts";
import type { World } from "../../../functions/channel/world.ts";
import { type Life, wholeLife } from "./life.ts";

const PAGE = "https://app.example.com";

/** The mailer's own dependencies, on the table of a life that may end, with a mailbox in the place of SES. */
function mailerOf({ table, step }: Life, mailbox: OutgoingMail[]) {
  const send = async (mail: OutgoingMail): Promise<SendOutcome> =>
    await step(async () => {
      mailbox.push(mail);
      return { kind: "accepted", messageId: `m-${mailbox.length}` };
    });
  const common = {
    loadOrganization: async (org: string) => await getOrganization(table, org),
    send,
    now: Date.now,
    pageBaseUrl: PAGE,
  };
  const invitations: Parameters<typeof deliverInvitation>[0] = {
    ...common,
    loadInvitation: ({ organizationId, invitationId }) => getInvitation(table, organizationId, invitationId),
    loadChannelNames: async () => [],
    claim: (claim, now) => claimMail(table, claim, now),
    markSent: (claim, messageId, now) => markMailSent(table, claim, messageId, now),
    markFailed: (claim) => markMailFailed(table, claim),
    release: (claim, terms) => releaseMail(table, claim, terms),
    mint: mintSecret,
  };
  const notices: Parameters<typeof deliverNotice>[0] = {
    ...common,
    loadNotice: ({ organizationId, noticeId }) => getNotice(table, organizationId, noticeId),
    loadPerson: (org, userId) => getPerson(table, org, userId),
    loadLocale: async (userId) => (await getProfile(table, userId))?.locale,
    claim: (claim, now) => claimNotice(table, claim, now),
    markSent: (claim) => markNotice(table, claim, "sent"),
    markFailed: (claim) => markNotice(table, claim, "failed"),
    release: (claim, { until }) => releaseNotice(table, claim, until),
  };
  return async (of: QueuedMail) =>
    "noticeId" in of ? await deliverNotice(notices, of) : await deliverInvitation(invitations, of);
}

type Row = Record<string, unknown>;

const stateOf = ({ mail }: Row): unknown => (mail as { state?: unknown } | undefined)?.state;
const isWaiting = (row: Row): boolean => ["queued", "sending"].includes(String(stateOf(row)));

/** What an organization's outbox holds, and what became of its mails. */
export function mailRoom(w: World) {
  const mailbox: OutgoingMail[] = [];

  async function waiting(): Promise<QueuedMail[]> {
    const rows = [
      ...(await w.partition(keys.invitations(w.org))),
      ...(await w.partition(keys.notices(w.org))),
    ];
    const organizationId = w.org;
    return rows.filter(isWaiting).map(({ invitationId, noticeId }) => {
      if (typeof noticeId === "string") return { organizationId, noticeId };
      return { organizationId, invitationId: String(invitationId) };
    });
  }

  /** Does what the stream's records make the mailer do: every mail that waits is tried. */
  async function deliver(life: Life = wholeLife(w.table)): Promise<void> {
    const attempt = mailerOf(life, mailbox);
    for (const of of await waiting()) await attempt(of);
  }

  const mailsTo = (email: string) => mailbox.filter(({ to }) => to === email);
  const secretsTo = (email: string): string[] =>
    mailsTo(email).flatMap(({ text }) => /\/invite#(\S+)/u.exec(text)?.[1] ?? []);

  /** What SES publishes of the latest mail to an address. */
  function reportOf(email: string, state: MailReport["state"], follows: MailReport["follows"]): MailReport {
    const mail = mailsTo(email).at(-1);
    if (mail === undefined || !("invitation" in mail.tags))
      throw new Error(`no invitation's mail to ${email}`);
    const { organization, invitation, attempt } = mail.tags;
    const messageId = `m-${mailbox.indexOf(mail) + 1}`;
    const sentAt = isoTime(Date.now());
    return {
      organizationId: organization,
      invitationId: invitation,
      messageId,
      attempt,
      state,
      follows,
      sentAt,
    };
  }

  /** SES's own report that it took the latest mail to an address, if there is one. */
  async function reportSent(email: string): Promise<void> {
    if (mailsTo(email).length > 0) await recordMailReport(w.table, reportOf(email, "sent", ["sending"]));
  }

  return { deliver, waiting, mailsTo, secretsTo, reportOf, reportSent };
}
