import type { ChannelActor } from "@vestibule/domain/channels";
import { type Action, permit } from "@vestibule/domain/permissions";
import type { ChannelRelation } from "@vestibule/domain/vocabulary";
import { notFound } from "../shell/problem.ts";
import { type Actor, demand } from "../shell/standing.ts";
import type { ChannelKey } from "../table/channel-heads.ts";
import type { Channel } from "../table/channels.ts";
import { asMembership, getPersonChannel, type Membership, type PersonChannel } from "../table/memberships.ts";
import { getPerson, type PersonRecord, standingAt } from "../table/person-records.ts";
import { getChannel } from "../table/read-channels.ts";
import type { Table } from "../table/table.ts";
import { unknownChannel } from "./unknown-channel.ts";

/** Somebody who acts in a channel, at a time. */
export type InChannel = {
  readonly org: string;
  readonly channelId: string;
  readonly userId: string;
  readonly now: number;
};

/** What an act in a channel is decided on. */
export type ChannelFacts = Actor & {
  readonly channel: Channel;
  /** The actor's row, whether they are in the channel or have only read General (CH-1). */
  readonly row: PersonChannel | undefined;
  /** The row, if it says that they are in the channel. */
  readonly membership: Membership | undefined;
  readonly relation: ChannelRelation;
};

/** Where the channel of an act is kept. */
export function keyOf({ org, channelId }: Pick<InChannel, "org" | "channelId">): ChannelKey {
  return { organizationId: org, channelId };
}

/** The facts as the domain's rules about channels take them. */
export function channelActor({ standing, relation, channel }: ChannelFacts): ChannelActor {
  const { type, isGeneral, archivedAt } = channel;
  return { actor: standing, relation, channel: { type, isGeneral, isArchived: archivedAt !== undefined } };
}

/**
 * How somebody stands to a channel. Every member is in General, as CH-1 has it, without a row. A guest is only where a
 * row lets a guest in: what a member had, who was made a guest, counts no more from that moment on (GINV-11).
 */
export function relationOf(
  channel: Pick<Channel, "isGeneral">,
  person: PersonRecord | undefined,
  row: PersonChannel | undefined,
): ChannelRelation {
  if (person === undefined) return "none";
  if (channel.isGeneral && person.kind === "member") return "member";
  const membership = asMembership(row);
  if (membership === undefined) return "none";
  if (person.kind === "member") return membership.role;
  return membership.kind === "guest" ? "member" : "none";
}

/**
 * The acting person, the channel, and how they stand to it, read strongly (3 read units). What they may do is still to
 * be decided: whoever answers asks the permission table, to which a channel out of sight does not exist.
 * @throws Problem 404 for an outsider or an unknown channel, 403 for a deactivated member
 */
export async function loadChannelFacts(table: Table, where: InChannel): Promise<ChannelFacts> {
  const { org, channelId, userId, now } = where;
  const [person, channel, row] = await Promise.all([
    getPerson(table, org, userId),
    getChannel(table, org, channelId),
    getPersonChannel(table, keyOf(where), userId),
  ]);
  const standing = standingAt(person, now);
  demand(permit("permissions.read", { standing }));
  if (person === undefined) throw notFound("organization");
  if (channel === undefined) throw unknownChannel(standing);
  const relation = relationOf(channel, person, row);
  return { person, standing, channel, row, membership: asMembership(row), relation };
}

/**
 * The facts of an act in a channel, if the permission table allows it.
 * @throws Problem 404 where the person may not know of the channel, 403 otherwise
 */
export async function demandInChannel(table: Table, where: InChannel, action: Action): Promise<ChannelFacts> {
  const facts = await loadChannelFacts(table, where);
  const { standing, relation, channel } = facts;
  demand(permit(action, { standing, relation, channelType: channel.type }));
  return facts;
}
