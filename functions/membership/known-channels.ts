import { permit } from "@vestibule/domain/permissions";
import type { Actor } from "../shell/standing.ts";
import { getPersonChannels } from "../table/memberships.ts";
import { getChannels } from "../table/read-channels.ts";
import type { Table } from "../table/table.ts";
import { relationOf } from "./channel-relation.ts";

/** Which of several channels somebody may know of (CH-5, GST-9): the public ones, and those they are in. */
export async function knownAmong(
  table: Table,
  { person, standing }: Actor,
  channelIds: readonly string[],
): Promise<Set<string>> {
  const { organizationId: org, userId } = person;
  const [channels, rows] = await Promise.all([
    getChannels(table, org, channelIds),
    getPersonChannels(table, org, userId, channelIds),
  ]);
  const known = [...channels.values()].filter((channel) => {
    const relation = relationOf(channel, person, rows.get(channel.channelId));
    return permit("channel.read", { standing, relation, channelType: channel.type }).allowed;
  });
  return new Set(known.map(({ channelId }) => channelId));
}
