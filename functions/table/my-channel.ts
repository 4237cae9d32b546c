import type { NotificationLevel } from "@vestibule/domain/vocabulary";
import type { ChannelKey } from "./channel-heads.ts";
import { keys } from "./keys.ts";
import type { Membership } from "./memberships.ts";
import { rankOf } from "./roster.ts";
import type { Write } from "./transaction.ts";

/** What somebody sets for themselves in a channel (CH-11, PRS-4). */
export type MyFlags = {
  readonly isFavourite?: boolean;
  readonly isMuted?: boolean;
  readonly level?: NotificationLevel;
};

function setting(flags: MyFlags) {
  const set = Object.entries(flags).filter(([, value]) => value !== undefined);
  return {
    expression: `SET ${set.map(([name]) => `#${name} = :${name}`).join(", ")}`,
    names: Object.fromEntries(set.map(([name]) => [`#${name}`, name])),
    values: Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
  };
}

/**
 * Favourites, mutes or sets the level of a channel for one person (label `my channel`). Who is in it by a row must still
 * be, as they were read; a member in General may have none, and gets one without a role (CH-1). What decides about
 * notifications is on their line of the roster, too (label `my line`), where those who deliver read it.
 */
export function myFlagsWrites(
  { organizationId: org, channelId }: ChannelKey,
  userId: string,
  flags: MyFlags,
  membership: Membership | undefined,
): Write[] {
  const row = { label: "my channel", update: keys.personChannel(org, userId, channelId), ...setting(flags) };
  // Whoever is made a guest at this moment has a line from then on, which is to say the same.
  if (membership === undefined)
    return [
      {
        ...row,
        condition: "attribute_not_exists(#role)",
        names: { ...row.names, "#role": "role" },
      },
    ];
  const { role, kind } = membership;
  const there = {
    ...row,
    condition: "#role = :role AND kind = :kind",
    names: { ...row.names, "#role": "role" },
    values: { ...row.values, ":role": role, ":kind": kind },
  };
  const { isFavourite: _favourite, ...told } = flags;
  if (Object.keys(told).length === 0) return [there];
  const line: Write = {
    label: "my line",
    update: keys.rosterEntry(org, channelId, rankOf(membership), userId),
    ...setting(told),
    condition: "attribute_exists(pk)",
  };
  return [there, line];
}
