import { addressKey } from "@vestibule/domain/invitations";
import { normalAddress } from "@vestibule/domain/mail-address";
import { mayChangeShare } from "@vestibule/domain/shares";
import { presentInvitation } from "../contract/invitation.ts";
import { withMailCharged } from "../shell/charge-mail.ts";
import { invalid } from "../shell/request-body.ts";
import type { Answer } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import { demand } from "../shell/standing.ts";
import { getAddress, inviteAddressWrite } from "../table/addresses.ts";
import { auditWrite } from "../table/audit.ts";
import { closeInvitation } from "../table/close-invitation.ts";
import { addSecret, linkOf, mintSecret } from "../table/invitation-secrets.ts";
import { getInvitation, newInvitationWrite, type ShareInvitation } from "../table/invitations.ts";
import { limitsIn, type MailLimits } from "../table/mail-allowances.ts";
import { getOrganization } from "../table/organizations.ts";
import { shareSlot } from "../table/shares.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed, transact, type Write } from "../table/transaction.ts";
import { draftShareInvitation, plannedInvitationId } from "./draft-share-invitation.ts";
import { loadMailAddress } from "./load-mail-address.ts";
import {
  demandShare,
  loadSharing,
  originOf,
  type ShareRequest,
  type Sharing,
  sharingChecks,
} from "./sharing.ts";

export type ShareDependencies = {
  readonly table: Table;
  readonly pageBaseUrl: string;
  readonly mailLimits: MailLimits;
};

/** What is pending for the address on this mail address, and whether it is somebody's who has access. */
async function slotOf(table: Table, { address }: Sharing, { body }: ShareRequest) {
  const { email } = body;
  if (email === undefined) return { email: null, hasAccess: false, pending: undefined };
  const slot = await getAddress(table, shareSlot(address, addressKey(email)));
  if (slot?.invitationId === undefined)
    return { email, hasAccess: slot?.userId !== undefined, pending: undefined };
  const pending = await getInvitation(table, address.organizationId, slot.invitationId);
  return { email, hasAccess: false, pending };
}

/**
 * Reads and decides. What is in the way past its date is closed, as soon as nothing else is.
 * @throws Problem 400, 401, 403, 404, 409
 */
async function decide(table: Table, request: ShareRequest): Promise<Sharing | "again"> {
  const { body, now } = request;
  if (body.email !== undefined && normalAddress(body.email) === undefined)
    throw invalid([{ path: "email", message: "Not an address" }]);
  const sharing = await loadSharing(table, request);
  const { pending, ...target } = await slotOf(table, sharing, request);
  const isOver = pending !== undefined && pending.endsAt <= now;
  demandShare(sharing, request, {
    ...target,
    pendingInvitationId: isOver ? undefined : pending?.invitationId,
  });
  if (!isOver) return sharing;
  await closeInvitation(table, pending, "expired", { actorId: "system", sourceIp: undefined, now });
  return "again";
}

function writesOf(sharing: Sharing, request: ShareRequest, invitation: ShareInvitation): Write[] {
  const { organizationId: org, invitationId, addressId, addressKey: key, endsAt, shareRights } = invitation;
  return [
    newInvitationWrite(invitation),
    inviteAddressWrite({ org, kind: "share", addressKey: key }, invitationId, endsAt),
    ...sharingChecks(sharing),
    auditWrite(org, originOf(request), {
      action: "invitation.created",
      subjectId: invitationId,
      details: { kind: "share", addressId, rights: shareRights.join(" ") },
    }),
  ];
}

function answer({ pageBaseUrl }: ShareDependencies, invitation: ShareInvitation, secret?: string): Answer {
  const link = secret === undefined ? {} : { link: linkOf(pageBaseUrl, secret) };
  const shown = presentInvitation(invitation, Date.parse(invitation.createdAt));
  return { status: 201, body: { invitation: shown, ...link } };
}

/**
 * What this very request did before its function died, with another link: the first one's secret is gone (INV-3). The new
 * one asks for a recent sign-in as the first did (SHR-2).
 */
async function doneBefore(deps: ShareDependencies, request: ShareRequest): Promise<Answer | undefined> {
  const { params, person, now } = request;
  const { org, adr } = params;
  if (request.plannedSuffix === undefined) return undefined;
  const known = await getInvitation(deps.table, org, plannedInvitationId(request));
  if (known?.kind !== "share" || known.addressId !== adr) return undefined;
  const { actor } = await loadMailAddress(deps.table, request, "share.create");
  demand(mayChangeShare({ actor: actor.standing, signedInAt: person.signedInAt, now }));
  if (known.delivery === "email") return answer(deps, known);
  const { secret, hash } = mintSecret(org, known.invitationId);
  const isAdded = await addSecret(deps.table, org, known.invitationId, hash);
  return answer(deps, known, isAdded ? secret : undefined);
}

/**
 * SHR-4b: offers an outsider access by an invitation, mailed or by its link alone. One transaction stores it, takes the
 * invited address on this mail address (MINV-7), and has the conditions of every share in it (SHR-2, SHR-3).
 */
export async function shareByInvitation(deps: ShareDependencies, request: ShareRequest): Promise<Answer> {
  const { table, mailLimits } = deps;
  const { params, now } = request;
  const before = await doneBefore(deps, request);
  if (before !== undefined) return before;
  let sharing = await untilSettled(() => decide(table, request));
  const organization = await getOrganization(table, params.org);
  if (organization === undefined) throw new Error("an organization's member without the organization");
  const { invitation, secret } = draftShareInvitation(organization, sharing, request);
  const limits = limitsIn(organization, mailLimits);
  const { invitedBy, delivery } = invitation;
  const mail = {
    invitation,
    isNew: true,
    isMailed: delivery !== "link",
    senderId: invitedBy.userId,
    limits,
    now,
  };
  await withMailCharged(table, mail, async () => {
    await untilSettled(async () => {
      try {
        await transact(table, writesOf(sharing, request, invitation));
        return "done";
      } catch (error) {
        if (!(error instanceof ConditionsFailed)) throw error;
        sharing = await untilSettled(() => decide(table, request));
        return "again";
      }
    });
  });
  return answer(deps, invitation, secret);
}
