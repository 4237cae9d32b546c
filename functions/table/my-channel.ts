import type { ChannelKey } from "./channel-heads.ts";
import { keys } from "./keys.ts";
import type { Membership } from "./memberships.ts";
import type { Write } from "./transaction.ts";

/** The check that somebody's role in a channel is still the one that was decided on (label `actor's place`). */
export function sameRoleCheck(
  { organizationId: org, channelId }: ChannelKey,
  userId: string,
  { role, kind }: Membership,
): Write {
  return {
    label: "actor's place",
    check: keys.personChannel(org, userId, channelId),
    condition: "#role = :role AND kind = :kind",
    names: { "#role": "role" },
    values: { ":role": role, ":kind": kind },
  };
}

/** What somebody sets for themselves in a channel (CH-11). */
export type MyFlags = { readonly isFavourite?: boolean; readonly isMuted?: boolean };

/**
 * Favourites or mutes a channel for one person (label `my channel`). Who is in it by a row must still be; a member in
 * General may have none, and gets one without a role (CH-1).
 */
export function myFlagsWrite(
  { organizationId: org, channelId }: ChannelKey,
  userId: string,
  flags: MyFlags,
  { isByRow }: { isByRow: boolean },
): Write {
  const set = Object.entries(flags).filter(([, value]) => value !== undefined);
  return {
    label: "my channel",
    update: keys.personChannel(org, userId, channelId),
    expression: `SET ${set.map(([name]) => `${name} = :${name}`).join(", ")}`,
    values: Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
    ...(isByRow ? { condition: "attribute_exists(#role)", names: { "#role": "role" } } : {}),
  };
}
