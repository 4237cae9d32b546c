import type * as z from "zod";
import { keyOf, relationOf } from "../membership/channel-relation.ts";
import type { Channel } from "../table/channels.ts";
import { isOver } from "../table/guests.ts";
import { getInvitations } from "../table/invitations-by-id.ts";
import type { Member } from "../table/members.ts";
import { getMembershipsOf, type Membership } from "../table/memberships.ts";
import { getPeople, type PersonRecord } from "../table/person-records.ts";
import type { RosterLine } from "../table/roster.ts";
import type { Table } from "../table/table.ts";
import type { channelMemberShape, pendingGuestShape } from "./people-contract.ts";

export type ChannelMember = z.infer<typeof channelMemberShape>;
export type PendingGuest = z.infer<typeof pendingGuestShape>;

/** Whose lines are shown, to whom: guests see no addresses and no groups, nor who was invited (GST-13, GINV-4). */
export type Viewed = {
  readonly org: string;
  readonly channel: Channel;
  readonly isByGuest: boolean;
  readonly now: number;
};

/** One line of a channel's list: somebody as they stand there. */
export function presentLine(
  person: PersonRecord,
  place: Pick<Membership, "role" | "via" | "joinedAt">,
  { isByGuest }: Pick<Viewed, "isByGuest">,
): ChannelMember {
  const { userId, firstName, lastName, handle, email, kind } = person;
  return {
    userId,
    firstName,
    lastName,
    handle,
    ...(isByGuest ? {} : { email }),
    kind,
    role: kind === "guest" ? "member" : place.role,
    state: kind === "guest" ? "active" : person.state,
    joinedAt: place.joinedAt ?? person.joinedAt,
    groupIds: isByGuest ? [] : [...(place.via ?? [])],
  };
}

/** A member's line in General, in which they are without a row (CH-1). */
export function generalLine(member: Member, viewed: Pick<Viewed, "isByGuest">): ChannelMember {
  return presentLine(member, { role: "member", joinedAt: member.joinedAt }, viewed);
}

/** The lines of those people who are in the channel, by person. */
export async function linesOf(
  table: Table,
  viewed: Viewed,
  userIds: readonly string[],
): Promise<Map<string, ChannelMember>> {
  const { org, channel, now } = viewed;
  const [people, rows] = await Promise.all([
    getPeople(table, org, userIds),
    getMembershipsOf(table, keyOf({ org, channelId: channel.channelId }), userIds),
  ]);
  const lines = new Map<string, ChannelMember>();
  for (const [userId, person] of people) {
    const row = rows.get(userId);
    if (row === undefined || isEnded(person, now) || relationOf(channel, person, row) === "none") continue;
    lines.set(userId, presentLine(person, row, viewed));
  }
  return lines;
}

/** A guest past their end is gone, whatever was swept (GINV-10). */
function isEnded(person: PersonRecord, now: number): boolean {
  return person.kind === "guest" && isOver(person, now);
}

/** A page of a roster as its viewer sees it, in the roster's order (CH-10). */
export async function rosterLines(
  table: Table,
  viewed: Viewed,
  roster: readonly RosterLine[],
): Promise<(ChannelMember | PendingGuest)[]> {
  const userIds = roster.flatMap(({ userId }) => userId ?? []);
  const invited = viewed.isByGuest ? [] : roster.flatMap(({ invitationId }) => invitationId ?? []);
  const [lines, invitations] = await Promise.all([
    linesOf(table, viewed, userIds),
    getInvitations(table, viewed.org, invited),
  ]);
  return roster.flatMap(({ userId, invitationId, joinedAt }): (ChannelMember | PendingGuest)[] => {
    const line = lines.get(userId ?? "");
    if (line !== undefined) return [line];
    const invitation = invitations.get(invitationId ?? "");
    if (invitation?.state !== "pending" || invitation.endsAt <= viewed.now) return [];
    const { invitationId: id, email } = invitation;
    return [{ invitationId: id, email, kind: "guest", state: "pending", invitedAt: joinedAt }];
  });
}
