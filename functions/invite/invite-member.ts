import { type AddressFacts, addressKey, mayInviteMember } from "@vestibule/domain/invitations";
import { NO_RIGHTS } from "@vestibule/domain/people";
import { madeRoom } from "../shell/made-room.ts";
import { untilSettled } from "../shell/settle.ts";
import { type Address, getAddress } from "../table/addresses.ts";
import type { Origin } from "../table/audit.ts";
import { getMember, standingOf } from "../table/members.ts";
import { getOrganization, seatCounters } from "../table/organizations.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed, transact } from "../table/transaction.ts";
import { draftInvitation } from "./draft-invitation.ts";
import { newInvitationsWrites } from "./new-invitations-writes.ts";
import {
  type Candidate,
  closedWhatIsInTheWay,
  type InviteOutcome,
  type MemberTerms,
  refusal,
} from "./outcome.ts";

async function loadFacts(table: Table, org: string, actorId: string, key: string) {
  const [actor, organization, address] = await Promise.all([
    getMember(table, org, actorId),
    getOrganization(table, org),
    getAddress(table, { org, kind: "member", addressKey: key }),
  ]);
  if (organization === undefined) throw new Error("an organization's member without the organization");
  return { actor, organization, address };
}

function addressFacts(address: Address | undefined): AddressFacts {
  if (address === undefined) return { kind: "free" };
  if (address.invitationId !== undefined) return { kind: "pending", invitationId: address.invitationId };
  return { kind: "member" };
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
  candidate: Candidate,
  terms: MemberTerms,
): Promise<InviteOutcome> {
  const { now, actorId } = origin;
  const key = addressKey(candidate.invitee.email);
  const { orgRole, chatRole, rights = NO_RIGHTS } = terms;
  return await untilSettled<InviteOutcome>(async () => {
    const { actor, organization, address } = await loadFacts(table, org, actorId, key);
    const decision = mayInviteMember({
      actor: standingOf(actor),
      orgRole,
      chatRole,
      rights,
      seats: seatCounters(organization),
      address: addressFacts(address),
    });
    if (!decision.allowed) {
      if (decision.code === "quota-exceeded" && (await madeRoom(table, org, now))) return "again";
      if (await closedWhatIsInTheWay(table, decision, address, now)) return "again";
      return await refusal(table, decision, address);
    }
    if (actor === undefined) throw new Error("an outsider was permitted");
    const draft = draftInvitation(organization, actor, candidate, terms, now);
    try {
      await transact(table, newInvitationsWrites([draft.invitation], { organization, actor, origin }));
      return { kind: "invited", ...draft };
    } catch (error) {
      if (error instanceof ConditionsFailed) return "again";
      throw error;
    }
  });
}
