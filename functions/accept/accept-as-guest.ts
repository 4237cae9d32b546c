import { mayAcceptGuest } from "@vestibule/domain/guests";
import { announcement } from "../membership/announce.ts";
import { carryOutSoon } from "../membership/carry-out.ts";
import { endGuests } from "../shell/made-room.ts";
import type { Answer } from "../shell/route.ts";
import { acceptGuestWrites, type GuestAcceptance, isTooMuch } from "../table/accept-guest.ts";
import { lastSeqsOf } from "../table/channel-figures.ts";
import { closeInvitation } from "../table/close-invitation.ts";
import { newIntent } from "../table/intents.ts";
import { factsOf, type GuestInvitation, supersededAs } from "../table/invitations.ts";
import { fullName, handleFor } from "../table/members.ts";
import { guestCounters } from "../table/organizations.ts";
import { standingAt } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";
import { transact } from "../table/transaction.ts";
import { type AcceptRequest, type Arrival, refuse } from "./arrival.ts";
import { authorityOf, backersOf } from "./authority.ts";
import { clearedTheWay } from "./cleared-way.ts";
import { channelsLeft } from "./guest-channels-left.ts";
import { inviteeOf } from "./invitee.ts";

function guestOf(
  { found, existing, registered }: Arrival<"guest">,
  { email }: AcceptRequest["person"],
): GuestAcceptance["guest"] {
  if (existing?.kind === "guest") return existing;
  const { organizationId, invitedBy, guestEndsAt } = found.invitation;
  const { userId, firstName, lastName } = registered;
  const ending = guestEndsAt === undefined ? {} : { endsAt: guestEndsAt };
  const handle = handleFor(email, userId);
  return { organizationId, userId, email, firstName, lastName, handle, invitedBy, ...ending };
}

function presentAccepted({ organizationId, kind, givenChannelIds }: GuestInvitation, userId: string): Answer {
  return { status: 200, body: { organizationId, userId, kind, channelIds: givenChannelIds ?? [] } };
}

/**
 * GINV-5…8: makes an invitee a guest of exactly the invitation's channels that are still there, in one transaction; who
 * is a guest already comes into those they lack.
 * @returns "again" if something has changed since it was read
 * @throws Problem of what is refused; ConditionsFailed
 */
export async function acceptAsGuest(
  table: Table,
  request: AcceptRequest,
  arrival: Arrival<"guest">,
): Promise<Answer | "again"> {
  const { person, sourceIp, now } = request;
  const { userId, email } = person;
  const { found, existing, own, registration, profile } = arrival;
  const { invitation, organization } = found;
  const org = organization.organizationId;
  const { given, joins } = await channelsLeft(table, invitation, userId);
  const decision = mayAcceptGuest({
    invitation: factsOf(invitation),
    ...backersOf(found),
    person: inviteeOf(person),
    existing: standingAt(existing, now),
    registration,
    channelsLeft: given.length,
    guests: guestCounters(organization),
    now,
  });
  if (!decision.allowed) {
    if (decision.code === "quota-exceeded" && (await endGuests(table, org, now)) > 0) return "again";
    return await refuse(table, found, decision, now);
  }
  if (decision.repeat) return presentAccepted(invitation, userId);
  if (await clearedTheWay(table, existing, { org, userId, now })) return "again";

  const origin = { actorId: userId, sourceIp, now };
  const guest = guestOf(arrival, person);
  const told = { actorName: fullName(guest), system: { kind: "joined", actorId: userId } } as const;
  const intent = joins.length === 0 ? undefined : newIntent(org, announcement(joins, told), now);
  const writes = acceptGuestWrites({
    invitation,
    givenChannelIds: given,
    joins: await lastSeqsOf(table, org, joins),
    authority: authorityOf(found),
    own,
    guest,
    login: email,
    profile,
    intent,
    origin,
  });
  if (isTooMuch(writes) && own.kind === "invited") {
    // INV-19: both are theirs. Together they are too much for one transaction, so that the other one is closed first.
    await closeInvitation(table, own.sibling, supersededAs(own.sibling, now), origin);
    return "again";
  }
  await transact(table, writes);
  await carryOutSoon(table, intent === undefined ? [] : [intent]);
  return presentAccepted({ ...invitation, givenChannelIds: given }, userId);
}
