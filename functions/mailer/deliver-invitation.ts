import { stateAt } from "@vestibule/domain/invitations";
import { type Granted, renderInvitation } from "../mail/render-invitation.ts";
import type { RenderedMail } from "../mail/render-letter.ts";
import type { OutgoingMail, SendOutcome } from "../mail/send-mail.ts";
import type { MailClaim } from "../table/invitation-mail.ts";
import { linkOf, type mintSecret } from "../table/invitation-secrets.ts";
import type { Invitation } from "../table/invitations.ts";
import type { Organization } from "../table/organizations.ts";
import { type Delivery, LEASE_MS, mailObstacle, type Records, settle, skipped } from "./delivery.ts";
import { lookOf } from "./look-of.ts";
import type { QueuedInvitation } from "./queued-mail.ts";

export type DeliveryDeps = Records<MailClaim> & {
  readonly loadInvitation: (of: QueuedInvitation) => Promise<Invitation | undefined>;
  readonly loadOrganization: (organizationId: string) => Promise<Organization | undefined>;
  /** The names of the channels that an invitation leads to and that are still open (GINV-3). */
  readonly loadChannelNames: (invitation: Invitation) => Promise<readonly string[]>;
  readonly claim: (claim: MailClaim, now: number) => Promise<boolean>;
  readonly send: (mail: OutgoingMail) => Promise<SendOutcome>;
  readonly mint: typeof mintSecret;
  readonly pageBaseUrl: string;
};

/** What the invitation itself says about sending its mail; `undefined` if it may be claimed now. */
function obstacle(invitation: Invitation, now: number): Delivery | undefined {
  const state = stateAt({ state: invitation.state, expiresAt: invitation.endsAt }, now);
  if (state !== "pending") return skipped(state);
  return mailObstacle(invitation.mail, now);
}

function grantedBy(invitation: Invitation): Granted {
  switch (invitation.kind) {
    case "guest":
      return { kind: "guest", accessUntil: invitation.guestEndsAt };
    case "member": {
      const { orgRole, chatRole, rights } = invitation;
      return { kind: "member", orgRole, chatRole, rights };
    }
    case "share":
      return { kind: "share", address: invitation.address, shareRights: invitation.shareRights };
  }
}

function render(
  invitation: Invitation,
  organization: Organization,
  channels: readonly string[],
  pageBaseUrl: string,
  secret: string,
): RenderedMail {
  const { invitedBy, firstName, message, endsAt, locale } = invitation;
  return renderInvitation({
    organizationName: organization.name,
    senderName: invitedBy.name,
    firstName,
    granted: grantedBy(invitation),
    channels,
    message,
    expiresAt: endsAt,
    locale,
    link: linkOf(pageBaseUrl, secret),
    isReminder: invitation.mail?.isReminder === true,
    look: lookOf(organization, pageBaseUrl),
  });
}

/**
 * Sends the mail of a committed invitation (INV-12). Claimed before it is sent, with a lease, and recorded after: a
 * mailer that dies in between leaves a claim that ends, and at most one mail too many. The secret is made here, so that
 * it is in no table and no stream; a second mail carries its own, as valid as the first.
 */
export async function deliverInvitation(deps: DeliveryDeps, of: QueuedInvitation): Promise<Delivery> {
  const [invitation, organization] = await Promise.all([
    deps.loadInvitation(of),
    deps.loadOrganization(of.organizationId),
  ]);
  if (invitation === undefined || organization === undefined) return skipped("unknown");
  const now = deps.now();
  const inTheWay = obstacle(invitation, now);
  if (inTheWay !== undefined) return inTheWay;

  const channels = await deps.loadChannelNames(invitation);
  const { secret, hash } = deps.mint(of.organizationId, of.invitationId);
  const claim: MailClaim = { ...of, hash, leaseUntil: now + LEASE_MS };
  if (!(await deps.claim(claim, now))) return { kind: "later", at: now, why: "claim lost" };

  const outcome = await deps.send({
    ...render(invitation, organization, channels, deps.pageBaseUrl, secret),
    to: invitation.email,
    organizationName: organization.name,
    tags: { organization: of.organizationId, invitation: of.invitationId, attempt: hash },
  });
  return await settle(deps, claim, outcome);
}
