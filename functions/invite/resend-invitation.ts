import { mayResend, RESEND_COOLDOWN_MS } from "@vestibule/domain/invitations";
import { mayChangeShare } from "@vestibule/domain/shares";
import { showInvitation } from "../membership/show-invitations.ts";
import { withMailCharged } from "../shell/charge-mail.ts";
import type { Answer, Request } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import { demand } from "../shell/standing.ts";
import { closeInvitation } from "../table/close-invitation.ts";
import { addSecret, linkOf, mintSecret } from "../table/invitation-secrets.ts";
import type { Invitation } from "../table/invitations.ts";
import { limitsIn } from "../table/mail-allowances.ts";
import { unchangedCheck } from "../table/members.ts";
import { getOrganization, type Organization } from "../table/organizations.ts";
import { type Resending, resendInvitationWrites, resentAttributes } from "../table/resend-invitation.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed, transact } from "../table/transaction.ts";
import type { InviteDependencies } from "./invite.ts";
import { loadManaged, type Managed } from "./load-managed.ts";
import type { resendInvitationRoute } from "./manage-contract.ts";
import { demandLink, renewedAuthority } from "./renewed-authority.ts";
import { channelsStillThere } from "./resent-channels.ts";
import { resentShare, resentShareChecks } from "./resent-share.ts";
import { resentDelivery, resentEnd } from "./resent-terms.ts";
import { demandNoMember, retakenPlace } from "./retaken-place.ts";

type ResendRequest = Request<typeof resendInvitationRoute>;
type Resent = { readonly managed: Managed; readonly after: Invitation; readonly secret: string | undefined };

const lastSentAtOf = ({ resentAt, createdAt }: Invitation): number => resentAt ?? Date.parse(createdAt);

/** Who may resend it, and whether its pause is over; of a share, also how recently they signed in (SHR-2). */
function demandMay(
  { who, invitation, facts }: Managed,
  { person, now }: ResendRequest,
  lastSentAt = lastSentAtOf(invitation),
): void {
  demand(mayResend({ ...facts, lastSentAt }));
  if (invitation.kind !== "share") return;
  demand(mayChangeShare({ actor: who.standing, signedInAt: person.signedInAt, now }));
}

async function loadOrganization(table: Table, org: string): Promise<Organization> {
  const organization = await getOrganization(table, org);
  if (organization === undefined) throw new Error("an organization's invitation without the organization");
  return organization;
}

/** What keeps it from being accepted, or, if it was closed, from taking its place again. @throws Problem */
async function isInTheWay(table: Table, invitation: Invitation, organization: Organization, now: number) {
  if (invitation.kind === "share") return (await resentShare(table, invitation, now)) === "again";
  if (invitation.state !== "expired") {
    if (invitation.kind === "guest") await demandNoMember(table, invitation);
    return false;
  }
  return (await retakenPlace(table, invitation, organization, now)) === "again";
}

/** Sends it anew as it is now. @returns "again" if something has changed since it was read */
async function attempt(table: Table, request: ResendRequest): Promise<Resent | "again"> {
  const { params, body = {}, person, sourceIp, plannedSuffix, now } = request;
  const managed = await loadManaged(table, request, "invitation.resend");
  const { who, invitation } = managed;
  demandMay(managed, request);
  if (invitation.state === "pending" && invitation.endsAt <= now) {
    // SEAT-4: it holds what it reserved in the counters only. From here on it takes its place again like any other.
    await closeInvitation(table, invitation, "expired", { actorId: "system", sourceIp: undefined, now });
    return "again";
  }
  const organization = await loadOrganization(table, params.org);
  const delivery = resentDelivery(invitation, body);
  const endsAt = resentEnd(invitation, organization, body, now);
  const channelIds = await channelsStillThere(table, invitation);
  const authority = await renewedAuthority(table, managed, now);
  if (delivery !== "email") await demandLink(table, managed, now);
  if (await isInTheWay(table, invitation, organization, now)) return "again";

  const minted = delivery === "email" ? undefined : mintSecret(params.org, invitation.invitationId);
  const resending: Resending = {
    before: invitation,
    resent: {
      delivery,
      endsAt,
      ...authority,
      secretHashes: minted === undefined ? undefined : new Set([minted.hash]),
      message: body.message ?? invitation.message,
      locale: body.locale ?? invitation.locale,
      resentUnder: plannedSuffix,
    },
    channelIds,
    notSince: now - RESEND_COOLDOWN_MS,
    origin: { actorId: person.userId, sourceIp, now },
  };
  await transact(table, [
    ...resendInvitationWrites(resending),
    ...(invitation.kind === "share" ? resentShareChecks(invitation) : []),
    unchangedCheck("actor", who.person),
  ]);
  return { managed, after: { ...invitation, ...resentAttributes(resending) }, secret: minted?.secret };
}

/** What a request that died had done already: it is told again to those who still may, with a link of its own (INV-3). */
async function doneBefore(
  { table }: InviteDependencies,
  managed: Managed,
  request: ResendRequest,
): Promise<Resent | undefined> {
  const { plannedSuffix } = request;
  const { invitation } = managed;
  const { organizationId: org, invitationId, state, resentUnder, resentAt, delivery } = invitation;
  if (plannedSuffix === undefined || resentUnder !== plannedSuffix || state !== "pending") return undefined;
  demandMay(managed, request, 0);
  if (delivery === "email") return { managed, after: invitation, secret: undefined };
  const { secret, hash } = mintSecret(org, invitationId);
  const isAdded = await addSecret(table, org, invitationId, hash, resentAt);
  return { managed, after: invitation, secret: isAdded ? secret : undefined };
}

/**
 * INV-9: sends an invitation anew, pending or expired, with other secrets and another end: the old link is dead at once.
 * The mail is charged first (INV-13); one that was closed takes its seat or place, its address and its lines again under
 * the limits (SEAT-9), all of it in one transaction.
 */
export async function resendInvitation(deps: InviteDependencies, request: ResendRequest): Promise<Answer> {
  const { table, pageBaseUrl, mailLimits } = deps;
  const { params, body = {}, person, now } = request;
  const asked = await loadManaged(table, request, "invitation.resend");
  const { invitation } = asked;
  const done = await doneBefore(deps, asked, request);
  if (done === undefined) demandMay(asked, request);

  const charge = async () => {
    const organization = await loadOrganization(table, params.org);
    const limits = limitsIn(organization, mailLimits);
    const isMailed = resentDelivery(invitation, body) !== "link";
    return { invitation, isNew: false, isMailed, senderId: person.userId, limits, now };
  };
  const settle = async () =>
    await untilSettled<Resent>(async () => {
      try {
        return await attempt(table, request);
      } catch (error) {
        if (error instanceof ConditionsFailed) return "again";
        throw error;
      }
    });
  const resent = done ?? (await withMailCharged(table, await charge(), settle));
  const { managed, after, secret } = resent;
  return {
    status: 200,
    body: {
      invitation: await showInvitation(table, managed.who, after, now),
      ...(secret === undefined ? {} : { link: linkOf(pageBaseUrl, secret) }),
    },
    version: after.version,
  };
}
