import { mayAccept } from "@vestibule/domain/invitations";
import { carryOutSoon } from "../membership/carry-out.ts";
import type { Answer } from "../shell/route.ts";
import { acceptWrites } from "../table/accept-invitation.ts";
import { beginGeneral } from "../table/begin-general.ts";
import { lastSeqsOf } from "../table/channel-figures.ts";
import { newIntent } from "../table/intents.ts";
import { type MemberInvitation, memberFactsOf } from "../table/invitations.ts";
import { generalChannelId } from "../table/keys.ts";
import { handleFor, type NewMember } from "../table/members.ts";
import { type Organization, seatCounters } from "../table/organizations.ts";
import { standingAt } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";
import { transact } from "../table/transaction.ts";
import { type AcceptRequest, type Arrival, refuse } from "./arrival.ts";
import { authorityOf, backersOf } from "./authority.ts";
import { clearedTheWay } from "./cleared-way.ts";
import { inviteeOf } from "./invitee.ts";
import { openChannels } from "./open-channels.ts";

function newMember(
  { found, registered }: Arrival<"member">,
  { email }: AcceptRequest["person"],
): Omit<NewMember, "addressKeys"> {
  const { organizationId, orgRole, chatRole, rights } = found.invitation;
  const { userId, firstName, lastName } = registered;
  const granted = { orgRole, chatRole, rights, state: "active" } as const;
  return { organizationId, userId, email, firstName, lastName, handle: handleFor(email, userId), ...granted };
}

/** MINV-5, CH-2: the channels that a newcomer joins beside General: the default ones and the invitation's, if still open. */
async function channelsToJoin(
  table: Table,
  { organizationId: org, defaultChannelIds }: Organization,
  { channelIds }: MemberInvitation,
): Promise<string[]> {
  const wanted = new Set([...defaultChannelIds, ...channelIds]);
  wanted.delete(generalChannelId(org));
  return await openChannels(table, org, [...wanted]);
}

function presentAccepted(
  { organizationId, kind, orgRole, chatRole, givenChannelIds }: MemberInvitation,
  userId: string,
): Answer {
  const channelIds = givenChannelIds ?? [generalChannelId(organizationId)];
  return { status: 200, body: { organizationId, userId, kind, orgRole, chatRole, channelIds } };
}

/**
 * MINV-5, MINV-6: makes an invitee a member; who is a guest is promoted and keeps their channels. The channels and groups
 * are joined after the transaction, by the intent that it leaves.
 * @returns "again" if something has changed since it was read
 * @throws Problem of what is refused; ConditionsFailed
 */
export async function acceptAsMember(
  table: Table,
  request: AcceptRequest,
  arrival: Arrival<"member">,
): Promise<Answer | "again"> {
  const { person, sourceIp, now } = request;
  const { userId } = person;
  const { found, existing, own, registration, profile } = arrival;
  const { invitation, organization } = found;
  const decision = mayAccept({
    invitation: memberFactsOf(invitation),
    ...backersOf(found),
    person: inviteeOf(person),
    existing: standingAt(existing, now),
    registration,
    seats: seatCounters(organization),
    now,
  });
  if (!decision.allowed) return await refuse(table, found, decision, now);
  if (decision.repeat) return presentAccepted(invitation, userId);
  const { organizationId: org, groupIds } = invitation;
  if (await clearedTheWay(table, existing, { org, userId, now })) return "again";

  const guest = existing?.kind === "guest" ? existing : undefined;
  const general = generalChannelId(org);
  const [join, lastSeqs] = await Promise.all([
    channelsToJoin(table, organization, invitation),
    lastSeqsOf(table, org, [general]),
  ]);
  const isMore = guest !== undefined || join.length > 0 || groupIds.length > 0;
  const intent = isMore ? newIntent(org, { kind: "align", userId, join, groupIds }, now) : undefined;
  const givenChannelIds = [general, ...join];
  await transact(
    table,
    acceptWrites({
      invitation,
      givenChannelIds,
      authority: authorityOf(found),
      own,
      member: newMember(arrival, person),
      guest,
      profile,
      intent,
      origin: { actorId: userId, sourceIp, now },
    }),
  );
  await beginGeneral(table, org, userId, lastSeqs.get(general) ?? 0);
  await carryOutSoon(table, intent === undefined ? [] : [intent]);
  return presentAccepted({ ...invitation, givenChannelIds }, userId);
}
