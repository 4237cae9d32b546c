import type { Denied } from "@vestibule/domain/decision";
import { deny, firstDenial } from "@vestibule/domain/decision";
import { type GuestAddressFacts, mayInviteGuestAddress } from "@vestibule/domain/guests";
import { type AddressFacts, mayInviteMemberAddress } from "@vestibule/domain/invitations";
import { mayTakeGuestPlace } from "@vestibule/domain/quotas";
import { mayReserveSeat } from "@vestibule/domain/seats";
import { carryOutSoon } from "../membership/carry-out.ts";
import { madeRoom } from "../shell/made-room.ts";
import { problemOf } from "../shell/problem.ts";
import { type Address, getAddress } from "../table/addresses.ts";
import { endGuest } from "../table/ended-guests.ts";
import { isOver } from "../table/guests.ts";
import type { GuestInvitation, Invitation, MemberInvitation } from "../table/invitations.ts";
import { guestCounters, type Organization, seatCounters } from "../table/organizations.ts";
import { getPerson } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";
import { closedWhatIsInTheWay } from "./outcome.ts";

type Settled = "free" | "again";

function memberFacts(address: Address | undefined): AddressFacts {
  if (address === undefined) return { kind: "free" };
  if (address.invitationId === undefined) return { kind: "member" };
  return { kind: "pending", invitationId: address.invitationId };
}

/** Who is a guest already needs no invitation, whatever channels they lack: those are added to them (GINV-6). */
function guestFacts(asMember: Address | undefined, asGuest: Address | undefined): GuestAddressFacts {
  if (asMember?.userId !== undefined) return { kind: "member" };
  const facts = memberFacts(asGuest);
  return facts.kind === "member" || facts.kind === "guest" ? { kind: "guest", channelIds: [] } : facts;
}

/** A guest past their end holds the address no more, once they are removed (GINV-10). */
async function isEndedNow(table: Table, address: Address | undefined, now: number): Promise<boolean> {
  if (address?.userId === undefined) return false;
  const person = await getPerson(table, address.organizationId, address.userId);
  if (person?.kind !== "guest" || !isOver(person, now)) return false;
  const intent = await endGuest(table, person, now);
  await carryOutSoon(table, intent === undefined ? [] : [intent]);
  return true;
}

async function refuse(
  table: Table,
  invitation: Invitation,
  denied: Denied,
  address: Address | undefined,
  now: number,
): Promise<Settled> {
  const { organizationId: org, kind } = invitation;
  if (denied.code === "quota-exceeded" && (await madeRoom(table, org, now, kind))) return "again";
  if (await closedWhatIsInTheWay(table, denied, address, now)) return "again";
  throw problemOf(denied);
}

/** GINV-7: who has become a member since needs no guest's invitation; a pending one could not be accepted any more. */
export async function demandNoMember(table: Table, invitation: GuestInvitation): Promise<void> {
  const { organizationId: org, addressKey } = invitation;
  const asMember = await getAddress(table, { org, kind: "member", addressKey });
  if (asMember?.userId !== undefined) throw problemOf(deny("already-member", "GINV-7"));
}

/**
 * SEAT-9, MINV-6, MINV-7, GINV-6, GINV-7: whether an expired invitation that was closed finds its address and its place
 * free, by the rules of a new one.
 * @returns "again" where what was in the way is gone now
 * @throws Problem
 */
export async function retakenPlace(
  table: Table,
  invitation: MemberInvitation | GuestInvitation,
  organization: Organization,
  now: number,
): Promise<Settled> {
  const { organizationId: org, addressKey } = invitation;
  const asMember = await getAddress(table, { org, kind: "member", addressKey });
  if (invitation.kind === "member") {
    const decision = firstDenial(
      mayInviteMemberAddress(memberFacts(asMember)),
      mayReserveSeat(seatCounters(organization)),
    );
    return decision.allowed ? "free" : await refuse(table, invitation, decision, asMember, now);
  }
  const asGuest = await getAddress(table, { org, kind: "guest", addressKey });
  if (await isEndedNow(table, asGuest, now)) return "again";
  const decision = firstDenial(
    mayInviteGuestAddress(guestFacts(asMember, asGuest), []),
    mayTakeGuestPlace(guestCounters(organization)),
  );
  return decision.allowed ? "free" : await refuse(table, invitation, decision, asGuest, now);
}
