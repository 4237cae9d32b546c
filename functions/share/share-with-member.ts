import { addressKey } from "@vestibule/domain/invitations";
import { rightsInOrder } from "../contract/share.ts";
import { notFound } from "../shell/problem.ts";
import type { Answer } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import { getAddress } from "../table/addresses.ts";
import { auditWrite } from "../table/audit.ts";
import { closeInvitationWrites } from "../table/close-invitation.ts";
import { getInvitation, type Invitation, supersededAs } from "../table/invitations.ts";
import type { MailAddress } from "../table/mail-addresses.ts";
import { getMember, type Member, unchangedCheck } from "../table/members.ts";
import { getHolder, type Holder, holderWrite, isInForce, shareSlot } from "../table/shares.ts";
import { isoTime, type Table } from "../table/table.ts";
import { ConditionsFailed, transact } from "../table/transaction.ts";
import { presentHolders } from "./present-holders.ts";
import {
  demandShare,
  loadSharing,
  originOf,
  type ShareRequest,
  type Sharing,
  sharingChecks,
} from "./sharing.ts";

/** What is pending for the member's address: being given access at once supersedes it (INV-19). */
async function pendingFor(
  table: Table,
  address: MailAddress,
  member: Member,
): Promise<Invitation | undefined> {
  const slot = await getAddress(table, shareSlot(address, addressKey(member.email)));
  if (slot?.invitationId === undefined) return undefined;
  return await getInvitation(table, address.organizationId, slot.invitationId);
}

function holderOf({ address }: Sharing, member: Member, request: ShareRequest): Holder {
  const { body, person, plannedSuffix, now } = request;
  const { userId, email, firstName, lastName, joinedAt } = member;
  return {
    kind: "holder",
    organizationId: address.organizationId,
    addressId: address.addressId,
    userId,
    email,
    firstName,
    lastName,
    rights: rightsInOrder(body.rights),
    via: "member",
    memberSince: joinedAt,
    attachedTo: address.organizationId,
    addressKeys: [],
    grantedBy: person.userId,
    ...(plannedSuffix === undefined ? {} : { plannedSuffix }),
    createdAt: isoTime(now),
    version: 1,
  };
}

function writesOf(sharing: Sharing, request: ShareRequest, { member, holder, leftBehind, pending }: Given) {
  const { actor, address } = sharing;
  const { userId } = member;
  const origin = originOf(request);
  const ending =
    pending === undefined ? [] : closeInvitationWrites(pending, supersededAs(pending, request.now), origin);
  return [
    holderWrite(holder, leftBehind),
    ...sharingChecks(sharing),
    // A transaction looks at an item once.
    ...(userId === actor.person.userId ? [] : [unchangedCheck("member", member)]),
    ...ending,
    auditWrite(address.organizationId, origin, {
      action: "share.created",
      subjectId: address.addressId,
      details: { userId, rights: holder.rights.join(" ") },
    }),
  ];
}

type Given = {
  readonly member: Member;
  readonly holder: Holder;
  readonly leftBehind: Holder | undefined;
  readonly pending: Invitation | undefined;
};

/** SHR-4a: gives a member access at once; it lasts as long as they are one. */
export async function shareWithMember(table: Table, request: ShareRequest, userId: string): Promise<Answer> {
  const { params, plannedSuffix } = request;
  const given = await untilSettled(async () => {
    const sharing = await loadSharing(table, request);
    const { address } = sharing;
    const [member, stored] = await Promise.all([
      getMember(table, params.org, userId),
      getHolder(table, address, userId),
    ]);
    const inForce = stored !== undefined && isInForce(stored, member) ? stored : undefined;
    const isRepeated = plannedSuffix !== undefined && inForce?.plannedSuffix === plannedSuffix;
    if (isRepeated) return { address, holder: inForce };
    demandShare(sharing, request, { email: member?.email ?? null, hasAccess: inForce !== undefined });
    if (member?.state !== "active") throw notFound("member", { userId });
    const holder = holderOf(sharing, member, request);
    const pending = await pendingFor(table, address, member);
    try {
      const leftBehind = stored;
      await transact(table, writesOf(sharing, request, { member, holder, leftBehind, pending }));
      return { address, holder: { ...holder, version: (leftBehind?.version ?? 0) + 1 } };
    } catch (error) {
      if (error instanceof ConditionsFailed) return "again";
      throw error;
    }
  });
  const shown = await presentHolders(table, given.address, [given.holder]);
  const share = shown.get(userId);
  if (share === undefined) throw notFound("member", { userId });
  return { status: 201, body: { share }, version: given.holder.version };
}
