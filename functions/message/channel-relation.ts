import { type Action, permit } from "@vestibule/domain/permissions";
import type { ChannelRelation } from "@vestibule/domain/vocabulary";
import { notFound } from "../shell/problem.ts";
import { demand } from "../shell/standing.ts";
import type { ChannelKey } from "../table/channel-heads.ts";
import { generalChannelId } from "../table/keys.ts";
import { type Member, standingOf } from "../table/members.ts";

/** Reads a person's record in an organization. */
export type LoadMember = (organizationId: string, userId: string) => Promise<Member | undefined>;

/**
 * How a person stands to a channel. Every member is in General, as CH-1 has it, so that no record of it is needed.
 * @throws Problem 404 for any other channel: there is none
 */
export function relationTo(channel: ChannelKey, member: Member | undefined): ChannelRelation {
  if (channel.channelId !== generalChannelId(channel.organizationId)) throw notFound("channel");
  return member === undefined ? "none" : "member";
}

/**
 * Lets a person act in a channel, if the permission table does (1 read unit).
 * @throws Problem 404 for an outsider or an unknown channel, 403 otherwise
 */
export async function demandInChannel(
  load: LoadMember,
  channel: ChannelKey,
  userId: string,
  action: Action,
): Promise<void> {
  const member = await load(channel.organizationId, userId);
  demand(permit(action, { standing: standingOf(member), relation: relationTo(channel, member) }));
}
