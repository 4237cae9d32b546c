import { setTimeout as wait } from "node:timers/promises";
import { openPost, sendMail } from "../mail/send-mail.ts";
import { readEnvironment } from "../shell/environment.ts";
import { claimMail, markMailFailed, markMailSent, releaseMail } from "../table/invitation-mail.ts";
import { mintSecret } from "../table/invitation-secrets.ts";
import { getInvitation, type Invitation } from "../table/invitations.ts";
import { claimNotice, getNotice, markNotice, releaseNotice } from "../table/notices.ts";
import { getOrganization } from "../table/organizations.ts";
import { getPerson } from "../table/person-records.ts";
import { getProfile } from "../table/profiles.ts";
import { getChannel } from "../table/read-channels.ts";
import { openTable, type Table } from "../table/table.ts";
import type { MailerDeps } from "./create-handler.ts";
import { type DeliveryDeps, deliverInvitation } from "./deliver-invitation.ts";
import { deliverNotice, type NoticeDeps } from "./deliver-notice.ts";

/** Read one by one: there are few, and the mailer's role reads single items only. */
async function openChannelNames(
  table: Table,
  { organizationId, channelIds }: Invitation,
): Promise<readonly string[]> {
  const channels = await Promise.all(channelIds.map((id) => getChannel(table, organizationId, id)));
  return channels.flatMap((channel) =>
    channel === undefined || channel.archivedAt !== undefined ? [] : [channel.name],
  );
}

/** The mailer's dependencies in this container. */
export function mailerDeps(): MailerDeps {
  const environment = readEnvironment("TABLE_NAME", "PAGE_BASE_URL", "MAIL_FROM", "MAIL_CONFIGURATION_SET");
  const table = openTable(environment.TABLE_NAME);
  const post = openPost(environment.MAIL_FROM, environment.MAIL_CONFIGURATION_SET);
  const invitations: DeliveryDeps = {
    loadInvitation: ({ organizationId, invitationId }) => getInvitation(table, organizationId, invitationId),
    loadOrganization: (organizationId) => getOrganization(table, organizationId),
    loadChannelNames: (invitation) => openChannelNames(table, invitation),
    claim: (claim, now) => claimMail(table, claim, now),
    markSent: (claim, messageId, now) => markMailSent(table, claim, messageId, now),
    markFailed: (claim) => markMailFailed(table, claim),
    release: (claim, terms) => releaseMail(table, claim, terms),
    send: (mail) => sendMail(post, mail),
    mint: mintSecret,
    now: Date.now,
    pageBaseUrl: environment.PAGE_BASE_URL,
  };
  const notices: NoticeDeps = {
    loadNotice: ({ organizationId, noticeId }) => getNotice(table, organizationId, noticeId),
    loadOrganization: (organizationId) => getOrganization(table, organizationId),
    loadPerson: (organizationId, userId) => getPerson(table, organizationId, userId),
    loadLocale: async (userId) => (await getProfile(table, userId))?.locale,
    claim: (claim, now) => claimNotice(table, claim, now),
    markSent: (claim) => markNotice(table, claim, "sent"),
    markFailed: (claim) => markNotice(table, claim, "failed"),
    release: (claim, { until }) => releaseNotice(table, claim, until),
    send: (mail) => sendMail(post, mail),
    now: Date.now,
    pageBaseUrl: environment.PAGE_BASE_URL,
  };
  return {
    deliver: (of) => ("noticeId" in of ? deliverNotice(notices, of) : deliverInvitation(invitations, of)),
    now: Date.now,
    wait: (ms) => wait(ms),
  };
}
