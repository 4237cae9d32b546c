import { stateAt } from "@vestibule/domain/invitations";
import { type Granted, type RenderedMail, renderInvitation } from "../mail/render-invitation.ts";
import type { OutgoingMail, SendOutcome } from "../mail/send-mail.ts";
import type { MailClaim } from "../table/invitation-mail.ts";
import { linkOf, type mintSecret } from "../table/invitation-secrets.ts";
import type { Invitation } from "../table/invitations.ts";
import type { Organization } from "../table/organizations.ts";
import type { QueuedInvitation } from "./queued-invitation.ts";

export type DeliveryDeps = {
  readonly loadInvitation: (of: QueuedInvitation) => Promise<Invitation | undefined>;
  readonly loadOrganization: (organizationId: string) => Promise<Organization | undefined>;
  /** The names of the channels that an invitation leads to and that are still open (GINV-3). */
  readonly loadChannelNames: (invitation: Invitation) => Promise<readonly string[]>;
  readonly claim: (claim: MailClaim, now: number) => Promise<boolean>;
  readonly markSent: (claim: MailClaim, messageId: string, now: number) => Promise<boolean>;
  readonly markFailed: (claim: MailClaim) => Promise<boolean>;
  readonly release: (claim: MailClaim, terms: { until: number; mayBeMailed: boolean }) => Promise<boolean>;
  readonly send: (mail: OutgoingMail) => Promise<SendOutcome>;
  readonly mint: typeof mintSecret;
  readonly now: () => number;
  readonly pageBaseUrl: string;
};

/** What one attempt came to. `later`: not before `at` (epoch ms), by this or another invocation. */
export type Delivery =
  | { readonly kind: "sent"; readonly messageId: string }
  | { readonly kind: "skipped"; readonly why: string }
  | { readonly kind: "failed"; readonly code: string }
  | { readonly kind: "later"; readonly at: number; readonly why: string };

/**
 * How long a claim lasts: longer than claiming, sending and recording can take with the timeouts of their clients (3 s,
 * 5.5 s, 3 s). Whoever holds one that is over is gone.
 */
export const LEASE_MS = 15_000;

/**
 * After an answer that does not say whether SES took the mail: time for its own `Send` event to tell (`mail-events`),
 * so that the next attempt is skipped rather than a second mail.
 */
export const DOUBT_MS = 5_000;

function skipped(why: string): Delivery {
  return { kind: "skipped", why };
}

/** What the invitation itself says about sending its mail; `undefined` if it may be claimed now. */
function obstacle(invitation: Invitation, now: number): Delivery | undefined {
  const state = stateAt({ state: invitation.state, expiresAt: invitation.endsAt }, now);
  if (state !== "pending") return skipped(state);
  const { mail } = invitation;
  if (mail?.state === "queued") return undefined;
  if (mail?.state !== "sending") return skipped(mail?.state ?? "no mail");
  const leaseUntil = mail.leaseUntil ?? 0;
  return leaseUntil <= now ? undefined : { kind: "later", at: leaseUntil, why: "claimed" };
}

function grantedBy(invitation: Invitation): Granted {
  if (invitation.kind === "guest") return { kind: "guest", accessUntil: invitation.guestEndsAt };
  const { orgRole, chatRole, rights } = invitation;
  return { kind: "member", orgRole, chatRole, rights };
}

function render(
  invitation: Invitation,
  organization: Organization,
  channels: readonly string[],
  link: string,
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
    link,
  });
}

async function settle(deps: DeliveryDeps, claim: MailClaim, outcome: SendOutcome): Promise<Delivery> {
  switch (outcome.kind) {
    case "accepted":
      await deps.markSent(claim, outcome.messageId, deps.now());
      return { kind: "sent", messageId: outcome.messageId };
    case "refused":
      await deps.markFailed(claim);
      return { kind: "failed", code: outcome.code };
    case "deferred":
      await deps.release(claim, { until: deps.now(), mayBeMailed: false });
      return { kind: "later", at: deps.now(), why: outcome.code };
    case "unknown": {
      const at = deps.now() + DOUBT_MS;
      await deps.release(claim, { until: at, mayBeMailed: true });
      return { kind: "later", at, why: outcome.code };
    }
  }
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
    ...render(invitation, organization, channels, linkOf(deps.pageBaseUrl, secret)),
    to: invitation.email,
    organizationName: organization.name,
    tags: { organization: of.organizationId, invitation: of.invitationId, attempt: hash },
  });
  return await settle(deps, claim, outcome);
}
