import type { Denied } from "@vestibule/domain/decision";
import { type AddressFacts, addressKey, lifetimeMs, mayInviteMember } from "@vestibule/domain/invitations";
import { NO_RIGHTS } from "@vestibule/domain/people";
import { newId } from "../shell/ids.ts";
import { madeRoom } from "../shell/made-room.ts";
import type { Request } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import { type Address, getAddress, inviteAddressWrite } from "../table/addresses.ts";
import { auditWrite, type Origin } from "../table/audit.ts";
import { closeInvitation } from "../table/close-invitation.ts";
import { mintSecret } from "../table/invitation-secrets.ts";
import { getInvitation, type Invitation, newInvitationWrite } from "../table/invitations.ts";
import { fullName, getMember, type Member, standingOf, unchangedCheck } from "../table/members.ts";
import { countersWrite, getOrganization, type Organization, seatCounters } from "../table/organizations.ts";
import { isoTime, type Table } from "../table/table.ts";
import { ConditionsFailed, transact } from "../table/transaction.ts";
import type { inviteRoute } from "./contract.ts";

/** What every address of a request is invited with. */
export type InviteTerms = Omit<Request<typeof inviteRoute>["body"], "invitees" | "kind">;

export type Invitee = {
  readonly email: string;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
};

/** An invitation that was made, with its secret if the caller is to have it (INV-3), or why not. */
export type InviteOutcome =
  | { readonly invited: true; readonly invitation: Invitation; readonly secret: string | undefined }
  | { readonly invited: false; readonly denied: Denied; readonly pending?: Invitation };

type Facts = { actor: Member | undefined; organization: Organization; address: Address | undefined };

async function loadFacts(table: Table, org: string, actorId: string, key: string): Promise<Facts> {
  const [actor, organization, address] = await Promise.all([
    getMember(table, org, actorId),
    getOrganization(table, org),
    getAddress(table, org, key),
  ]);
  if (organization === undefined) throw new Error("an organization's member without the organization");
  return { actor, organization, address };
}

function addressFacts(address: Address | undefined): AddressFacts {
  if (address === undefined) return { kind: "free" };
  if (address.invitationId !== undefined) return { kind: "pending", invitationId: address.invitationId };
  return { kind: "member" };
}

function draft(org: string, sender: Member, invitee: Invitee, terms: InviteTerms, facts: Facts, now: number) {
  const { orgRole, chatRole, channelIds, strict, message, locale, delivery } = terms;
  const invitationId = newId("invitation", now);
  const minted = delivery === "email" ? undefined : mintSecret(org, invitationId);
  const days = terms.expiresInDays ?? facts.organization.settings.memberInvitationDays;
  const invitation: Invitation = {
    organizationId: org,
    invitationId,
    kind: "member",
    ...invitee,
    addressKey: addressKey(invitee.email),
    orgRole,
    chatRole,
    rights: terms.rights ?? NO_RIGHTS,
    channelIds,
    strict,
    ...(message === undefined ? {} : { message }),
    locale,
    delivery,
    ...(delivery === "link" ? {} : { mail: { state: "queued" } }),
    state: "pending",
    ...(minted === undefined ? {} : { secretHashes: new Set([minted.hash]) }),
    invitedBy: { userId: sender.userId, name: fullName(sender) || sender.email },
    createdAt: isoTime(now),
    endsAt: now + lifetimeMs("member", days),
    version: 1,
  };
  return { invitation, secret: minted?.secret };
}

/** Makes room before a refusal: closes what is past its date and only still counted (SEAT-4). True if anything was. */
async function clearedTheWay(
  table: Table,
  org: string,
  denied: Denied,
  facts: Facts,
  now: number,
): Promise<boolean> {
  if (denied.code === "quota-exceeded") return await madeRoom(table, org, now);
  const pendingId = facts.address?.invitationId;
  if (denied.code !== "already-invited" || pendingId === undefined) return false;
  const pending = await getInvitation(table, org, pendingId);
  if (pending === undefined || pending.endsAt > now) return false;
  await closeInvitation(table, pending, "expired", { actorId: "system", sourceIp: undefined, now });
  return true;
}

async function refusal(table: Table, org: string, denied: Denied, facts: Facts): Promise<InviteOutcome> {
  const pendingId = facts.address?.invitationId;
  if (denied.code !== "already-invited" || pendingId === undefined) return { invited: false, denied };
  const pending = await getInvitation(table, org, pendingId);
  return { invited: false, denied, ...(pending === undefined ? {} : { pending }) };
}

/**
 * Invites one address as a member. One transaction stores the invitation, takes the address (MINV-7), reserves the seat
 * under the limit (SEAT-2, SEAT-3), checks that the sender is still who they were (RGT-1), and writes the audit entry.
 * The mail follows from the table's stream, so it is sent if and only if this was committed (INV-12).
 */
export async function inviteMember(
  table: Table,
  org: string,
  origin: Origin,
  invitee: Invitee,
  terms: InviteTerms,
): Promise<InviteOutcome> {
  const { now, actorId } = origin;
  const key = addressKey(invitee.email);
  return await untilSettled<InviteOutcome>(async () => {
    const facts = await loadFacts(table, org, actorId, key);
    const decision = mayInviteMember({
      actor: standingOf(facts.actor),
      orgRole: terms.orgRole,
      chatRole: terms.chatRole,
      rights: terms.rights ?? NO_RIGHTS,
      seats: seatCounters(facts.organization),
      address: addressFacts(facts.address),
    });
    if (!decision.allowed) {
      if (await clearedTheWay(table, org, decision, facts, now)) return "again";
      return await refusal(table, org, decision, facts);
    }
    if (facts.actor === undefined) throw new Error("an outsider was permitted");
    const { invitation, secret } = draft(org, facts.actor, invitee, terms, facts, now);
    const { invitationId, endsAt } = invitation;
    try {
      await transact(table, [
        newInvitationWrite(invitation),
        inviteAddressWrite({ org, addressKey: key }, invitationId, endsAt),
        countersWrite(org, { reserved: 1, needs: ["free-seat"] }),
        unchangedCheck("actor", facts.actor),
        auditWrite(org, origin, {
          action: "invitation.created",
          subjectId: invitationId,
          details: { kind: "member", orgRole: terms.orgRole, chatRole: terms.chatRole },
        }),
      ]);
      return { invited: true, invitation, secret };
    } catch (error) {
      if (error instanceof ConditionsFailed) return "again";
      throw error;
    }
  });
}
