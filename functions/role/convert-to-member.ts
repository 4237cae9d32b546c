import { mayConvertToMember } from "@vestibule/domain/guests";
import { NO_RIGHTS } from "@vestibule/domain/people";
import { presentMember } from "../contract/member.ts";
import { carryOutSoon } from "../membership/carry-out.ts";
import { clearedLeftovers } from "../membership/clear-leftovers.ts";
import { madeRoom } from "../shell/made-room.ts";
import { notFound, problemOf } from "../shell/problem.ts";
import type { Answer } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import { auditWrite, type Origin } from "../table/audit.ts";
import { beginGeneralWrites } from "../table/begin-general.ts";
import { lastSeqsOf } from "../table/channel-figures.ts";
import { countInvited, type FreeSlot, readFreeSlots, takeSlotsWrites } from "../table/conversions.ts";
import { outgrowGuestWrites } from "../table/guest-removal.ts";
import type { Guest } from "../table/guests.ts";
import { type Intent, intentWrite, newIntent } from "../table/intents.ts";
import { generalChannelId } from "../table/keys.ts";
import { type NewMember, newMemberWrites } from "../table/members.ts";
import { countersWrite, type Organization, seatCounters } from "../table/organizations.ts";
import { isoTime, type Table } from "../table/table.ts";
import { ConditionsFailed, transact, type Write } from "../table/transaction.ts";
import { type ActOnPerson, actorChecks, loadPeople } from "./load-people.ts";
import { roleNoticeWrites } from "./role-notice.ts";

/** A member as every newcomer begins: no role, no right (GINV-11). */
function memberOf(guest: Guest, slots: readonly FreeSlot[]): NewMember {
  const { organizationId, userId, email, firstName, lastName, handle } = guest;
  const addressKeys = slots.map(({ addressKey }) => addressKey);
  return {
    ...{ organizationId, userId, email, firstName, lastName, handle, addressKeys },
    ...{ orgRole: "user", chatRole: "user", rights: NO_RIGHTS, state: "active" },
  };
}

function conversionWrites(guest: Guest, slots: readonly FreeSlot[], origin: Origin, intent: Intent): Write[] {
  const { organizationId: org, userId } = guest;
  const invited = countInvited(slots);
  return [
    ...newMemberWrites(memberOf(guest, slots), origin.now, guest),
    ...outgrowGuestWrites(guest),
    ...takeSlotsWrites(guest, "member", slots, origin),
    // Who was invited as a member has a seat reserved, which they take instead of a second one (SEAT-3).
    countersWrite(org, {
      ...{ guests: -1, held: 1, reserved: -invited },
      needs: [invited > 0 ? "holdable-seat" : "free-seat"],
    }),
    auditWrite(org, origin, { action: "guest.converted-to-member", subjectId: userId }),
    intentWrite(intent),
  ];
}

/** The default channels, which every new member joins; their own channels stay theirs (CH-2). */
function joinIntent(
  { organizationId, defaultChannelIds }: Organization,
  userId: string,
  now: number,
): Intent {
  const join = [...defaultChannelIds];
  return newIntent(organizationId, { kind: "align", userId, join, groupIds: [] }, now);
}

/** GINV-11, SEAT-9: makes a guest a member, who takes a free seat and joins the default channels. */
export async function convertToMember(table: Table, request: ActOnPerson): Promise<Answer> {
  const { params, person, sourceIp, now } = request;
  const { org, user } = params;
  const origin = { actorId: person.userId, sourceIp, now };
  const { guest, slots, intent } = await untilSettled(async () => {
    const facts = await loadPeople(table, request, "guest.convert-to-member");
    const { actor, target, targetStanding, organization } = facts;
    const free = target.kind === "guest" ? await readFreeSlots(table, target, "member") : [];
    const counted = seatCounters(organization);
    const seats = { ...counted, reserved: counted.reserved - countInvited(free) };
    const decision = mayConvertToMember({ actor: actor.standing, target: targetStanding, seats });
    if (!decision.allowed) {
      if (decision.code === "quota-exceeded" && (await madeRoom(table, org, now))) return "again";
      throw problemOf(decision);
    }
    if (target.kind !== "guest") throw notFound("guest");
    if (await clearedLeftovers(table, { org, userId: user, kind: "guest" }, now)) return "again";
    const align = joinIntent(organization, user, now);
    const general = generalChannelId(org);
    const readTo = (await lastSeqsOf(table, org, [general])).get(general) ?? 0;
    try {
      await transact(table, [
        ...conversionWrites(target, free, origin, align),
        ...beginGeneralWrites(org, user, readTo),
        ...roleNoticeWrites(facts, { kind: "place", from: "guest", to: "member" }, now),
        ...actorChecks(facts),
      ]);
      return { guest: target, slots: free, intent: align };
    } catch (error) {
      if (error instanceof ConditionsFailed) return "again";
      throw error;
    }
  });
  await carryOutSoon(table, [intent]);
  const version = guest.version + 1;
  const member = { ...memberOf(guest, slots), kind: "member", joinedAt: isoTime(now), version } as const;
  return { status: 200, body: presentMember(member), version };
}
