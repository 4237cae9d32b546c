import type { ChannelType } from "@vestibule/domain/vocabulary";
import { keys } from "../table/keys.ts";
import { unchangedCheck } from "../table/members.ts";
import type { Write } from "../table/transaction.ts";
import type { ChannelFacts } from "./channel-relation.ts";

/**
 * The conditions that what gave the actor the right still holds when they use it: their record, and their place in the
 * channel if they have one there (labels `actor`, `actor in channel`). `except` is what the act itself writes.
 */
export function actorChecks(
  { person, membership, channel }: Pick<ChannelFacts, "person" | "membership" | "channel">,
  except: { readonly record?: boolean; readonly row?: boolean } = {},
): Write[] {
  const { organizationId: org, userId } = person;
  const checks: Write[] = except.record === true ? [] : [unchangedCheck("actor", person)];
  if (membership === undefined || except.row === true) return checks;
  return [
    ...checks,
    {
      label: "actor in channel",
      check: keys.personChannel(org, userId, channel.channelId),
      condition: "#role = :role",
      names: { "#role": "role" },
      values: { ":role": membership.role },
    },
  ];
}

/**
 * The type that the channel must still have when the actor's right is used: a chat admin who is not in it has one only
 * as long as it is public (CH-5, CH-6). Whoever is in it has theirs by their place.
 */
export function typeInSight({
  membership,
  channel,
}: Pick<ChannelFacts, "membership" | "channel">): ChannelType | undefined {
  return membership === undefined ? channel.type : undefined;
}
