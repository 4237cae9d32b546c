import { mayConvertToGuest } from "@vestibule/domain/guests";
import { presentGuest } from "../contract/guest.ts";
import { carryOutSoon } from "../membership/carry-out.ts";
import { clearedLeftovers } from "../membership/clear-leftovers.ts";
import { madeRoom } from "../shell/made-room.ts";
import { notFound, problemOf } from "../shell/problem.ts";
import type { Answer } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import { auditWrite, type Origin } from "../table/audit.ts";
import { closeInvitation } from "../table/close-invitation.ts";
import { countInvited, type FreeSlot, readFreeSlots, takeSlotsWrites } from "../table/conversions.ts";
import { type NewGuest, newGuestWrites } from "../table/guests.ts";
import { intentWrite, newIntent } from "../table/intents.ts";
import { supersededAs } from "../table/invitations.ts";
import { keepAsGuestWrites } from "../table/kept-channels.ts";
import { outgrowMemberWrites } from "../table/member-changes.ts";
import { fullName, type Member } from "../table/members.ts";
import { countersWrite, guestCounters } from "../table/organizations.ts";
import { revokeSentBy } from "../table/sent-invitations.ts";
import { isoTime, type Table } from "../table/table.ts";
import { ConditionsFailed, transact, type Write } from "../table/transaction.ts";
import { seatFreed } from "./change-state.ts";
import { type KeptChannel, loadKeptChannels } from "./kept-channels.ts";
import { type ActOnPerson, actorChecks, loadPeople, type PeopleFacts } from "./load-people.ts";
import { roleNoticeWrites } from "./role-notice.ts";

type Conversion = {
  readonly facts: PeopleFacts<Member>;
  readonly kept: readonly KeptChannel[];
  readonly slots: readonly FreeSlot[];
  readonly origin: Origin;
};

function guestOf({ facts, kept, slots }: Conversion): NewGuest {
  const { organizationId, userId, email, firstName, lastName, handle } = facts.target;
  const { person } = facts.actor;
  return {
    ...{ organizationId, userId, email, firstName, lastName, handle },
    channelCount: kept.length,
    addressKeys: slots.map(({ addressKey }) => addressKey),
    invitedBy: { userId: person.userId, name: fullName(person) },
  };
}

/** At most 99 writes with the 20 channels that a guest may be given: within the 100 of a transaction. */
function conversionWrites(conversion: Conversion): Write[] {
  const { facts, kept, slots, origin } = conversion;
  const { target } = facts;
  const { organizationId: org, userId } = target;
  const { needs = [], ...freed } = seatFreed(target.orgRole);
  return [
    ...newGuestWrites(guestOf(conversion), origin.now, target),
    ...outgrowMemberWrites(target),
    ...takeSlotsWrites(target, "guest", slots, origin),
    countersWrite(org, { ...freed, guests: 1, needs: ["free-guest-place", ...needs] }),
    ...kept.flatMap(({ channelId, row }) =>
      keepAsGuestWrites({ organizationId: org, channelId }, userId, row, origin.now),
    ),
    auditWrite(org, origin, {
      action: "member.converted-to-guest",
      subjectId: userId,
      details: { channels: kept.length },
    }),
    ...roleNoticeWrites(facts, { kind: "place", from: "member", to: "guest" }, origin.now),
    ...actorChecks(facts),
  ];
}

/** Pending guest invitations of their own addresses are superseded, and give up their places (INV-19). */
async function closeOwn(table: Table, slots: readonly FreeSlot[], origin: Origin): Promise<void> {
  for (const { invitation } of slots)
    if (invitation !== undefined)
      await closeInvitation(table, invitation, supersededAs(invitation, origin.now), origin);
}

/**
 * GINV-11, SEAT-9: makes a member a guest, who frees their seat, takes a place among the guests, keeps the chosen ones
 * of their channels from that moment on, and loses every role, group and other channel.
 */
export async function convertToGuest(
  table: Table,
  request: ActOnPerson,
  channelIds: readonly string[],
): Promise<Answer> {
  const { params, person, sourceIp, now } = request;
  const { org, user } = params;
  const origin = { actorId: person.userId, sourceIp, now };
  const keep = [...new Set(channelIds)];
  const intent = newIntent(org, { kind: "align", userId: user, keep, join: [], groupIds: [] }, now);
  const converted = await untilSettled(async () => {
    const facts = await loadPeople(table, request, "member.convert-to-guest");
    const { actor, target, targetStanding: standing, organization } = facts;
    const kept = await loadKeptChannels(table, target, keep);
    const slots = target.kind === "member" ? await readFreeSlots(table, target, "guest") : [];
    const { legalRepresentatives } = organization;
    const counted = guestCounters(organization);
    const guests = { ...counted, pendingGuests: counted.pendingGuests - countInvited(slots) };
    const decision = mayConvertToGuest({
      ...{ actor: actor.standing, target: standing, legalRepresentatives, keeps: kept, guests },
    });
    if (!decision.allowed) {
      const isFull = decision.code === "quota-exceeded";
      if (isFull && (await madeRoom(table, org, now, "guest"))) return "again";
      throw problemOf(decision);
    }
    if (target.kind !== "member") throw notFound("member");
    if (await clearedLeftovers(table, { org, userId: user, kind: "member" }, now)) return "again";
    if (countInvited(slots) > 0) {
      await closeOwn(table, slots, origin);
      return "again";
    }
    const conversion = { facts: { ...facts, target }, kept, slots, origin };
    try {
      await transact(table, [...conversionWrites(conversion), intentWrite(intent)]);
      return { guest: guestOf(conversion), version: target.version + 1 };
    } catch (error) {
      if (error instanceof ConditionsFailed) return "again";
      throw error;
    }
  });
  await revokeSentBy(table, org, user, origin);
  await carryOutSoon(table, [intent]);
  const { guest, version } = converted;
  const body = presentGuest({ ...guest, kind: "guest", joinedAt: isoTime(now), version }, keep);
  return { status: 200, body, version };
}
