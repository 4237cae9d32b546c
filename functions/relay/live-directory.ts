import { isConversation } from "@vestibule/domain/permissions";
import type { LiveDirectory } from "../realtime/recipients.ts";
import { followersOf } from "../table/followers.ts";
import { listGroupPeople } from "../table/group-people.ts";
import { forgetConnections, livePages, livePeopleAmong, managerIds } from "../table/live.ts";
import { getChannels } from "../table/read-channels.ts";
import { rosterOf } from "../table/roster.ts";
import type { Table } from "../table/table.ts";

/** So many channels are remembered; a channel never becomes a conversation, nor the other way round. */
const MAX_KNOWN = 10_000;

async function everybodyIn(table: Table, org: string, groupId: string): Promise<string[]> {
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = await listGroupPeople(table, org, groupId, { limit: 1_000, after });
    found.push(...page.items.map(({ userId }) => userId));
    after = page.after;
  } while (after !== undefined);
  return found;
}

/** Who is connected, who is in which channel, and whom messages are for, from the table. */
export function liveDirectory(table: Table, now: () => number): LiveDirectory {
  const kinds = new Map<string, boolean>();
  return {
    everybody: (org) => livePages(table, org, now()),
    among: (org, userIds) => livePeopleAmong(table, org, userIds, now()),
    managerIds: (org) => managerIds(table, org),
    roster: (organizationId, channelId) => rosterOf(table, { organizationId, channelId }),
    followers: (organizationId, channelId, root) => followersOf(table, { organizationId, channelId }, root),
    groupPeople: (org, groupId) => everybodyIn(table, org, groupId),
    async isConversation(org, channelId) {
      const known = kinds.get(channelId);
      if (known !== undefined) return known;
      const channel = (await getChannels(table, org, [channelId])).get(channelId);
      const found = channel !== undefined && isConversation(channel.type);
      if (kinds.size >= MAX_KNOWN) kinds.clear();
      if (channel !== undefined) kinds.set(channelId, found);
      return found;
    },
    removeConnections: (gone) => forgetConnections(table, gone, now()),
  };
}
