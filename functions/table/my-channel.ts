import type { ChannelKey } from "./channel-heads.ts";
import { keys } from "./keys.ts";
import type { Write } from "./transaction.ts";

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
