import { channelsLacking, mayInviteGuest } from "@vestibule/domain/guests";
import { addressKey } from "@vestibule/domain/invitations";
import { carryOutSoon } from "../membership/carry-out.ts";
import { madeRoom } from "../shell/made-room.ts";
import { untilSettled } from "../shell/settle.ts";
import type { Origin } from "../table/audit.ts";
import { endGuest } from "../table/ended-guests.ts";
import { isOver } from "../table/guests.ts";
import { guestCounters } from "../table/organizations.ts";
import { standingAt } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed, TableBusy, transact } from "../table/transaction.ts";
import { addChannels } from "./add-channels.ts";
import { draftInvitation } from "./draft-invitation.ts";
import { loadGivenChannels } from "./given-channels.ts";
import { guestAddressFacts, loadGuestFacts } from "./guest-facts.ts";
import { newInvitationsWrites } from "./new-invitations-writes.ts";
import {
  type Candidate,
  closedWhatIsInTheWay,
  type GuestTerms,
  type InviteOutcome,
  refusal,
} from "./outcome.ts";

/**
 * Invites one address as a guest. One transaction stores the invitation, takes the address (MINV-7) and a place among the
 * guests under the limit (SEAT-6), lists it on its channels, checks that the sender is still who they were (GINV-1), and
 * writes the audit entry. Who is a guest already is added to what they lack at once (GINV-6). A channel that is archived
 * at the same time drops out at acceptance (GINV-8).
 * @throws TableBusy also when somebody who was only to be added is a guest no more: asked again, they are invited
 */
export async function inviteGuest(
  table: Table,
  org: string,
  origin: Origin,
  candidate: Candidate,
  terms: GuestTerms,
): Promise<InviteOutcome> {
  const { now, actorId } = origin;
  const { channelIds } = terms;

  async function attempt(): Promise<InviteOutcome | "again"> {
    const facts = await loadGuestFacts(table, org, actorId, addressKey(candidate.invitee.email));
    const { actor, organization, asGuest, guest } = facts;
    if (guest !== undefined && isOver(guest, now)) {
      const intent = await endGuest(table, guest, now);
      await carryOutSoon(table, intent === undefined ? [] : [intent]);
      return "again";
    }
    const address = await guestAddressFacts(table, facts, channelIds);
    const decision = mayInviteGuest({
      actor: standingAt(actor, now),
      channels: actor === undefined ? [] : await loadGivenChannels(table, actor, channelIds),
      address,
      guests: guestCounters(organization),
    });
    if (!decision.allowed) {
      if (decision.code === "quota-exceeded" && (await madeRoom(table, org, now, "guest"))) return "again";
      if (await closedWhatIsInTheWay(table, decision, asGuest, now)) return "again";
      return await refusal(table, decision, asGuest);
    }
    if (actor === undefined) throw new Error("an outsider was permitted");
    if (guest !== undefined && address.kind === "guest") {
      const lacking = channelsLacking(channelIds, address.channelIds);
      return await addChannels(table, { actor, guest, channelIds: lacking }, origin);
    }
    if (candidate.isOnlyAdded === true) throw new TableBusy();
    const draft = draftInvitation(organization, actor, candidate, terms, now);
    await transact(table, newInvitationsWrites([draft.invitation], { organization, actor, origin }));
    return { kind: "invited", ...draft };
  }

  return await untilSettled<InviteOutcome>(async () => {
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof ConditionsFailed) return "again";
      throw error;
    }
  });
}
