import type { ChannelType } from "@vestibule/domain/vocabulary";
import { type ChannelKey, fenceWrite } from "../table/channel-heads.ts";
import { headcountWrite } from "../table/channels.ts";
import { leaveWrites } from "../table/membership-writes.ts";
import type { Membership } from "../table/memberships.ts";
import type { Write } from "../table/transaction.ts";

/** Somebody who is taken out of a channel, as they were read. */
export type TakenOut = { readonly userId: string; readonly membership: Membership };

/** How many people one transaction takes in or out: with all that belongs to it, it stays below DynamoDB's 100 items. */
export const MOST_PEOPLE = 30;

/**
 * Takes people out of a channel that there is, in one transaction with what ends them there: rows, figures, and the
 * fence that posts respect from then on (MSG-4). `type`: that of the channel, where the actor's right rests on it.
 */
export function takeOutWrites(
  channel: ChannelKey,
  people: readonly TakenOut[],
  now: number,
  type?: ChannelType | undefined,
): Write[] {
  if (people.length === 0) return [];
  const guests = people.filter(({ membership }) => membership.kind === "guest").length;
  return [
    ...people.flatMap(({ userId, membership }) => leaveWrites(channel, userId, membership)),
    headcountWrite(
      channel.organizationId,
      channel.channelId,
      { members: guests - people.length, guests: -guests },
      { isOpen: false, type },
    ),
    fenceWrite(channel, now),
  ];
}
