import { deny } from "@vestibule/domain/decision";
import { isGivable } from "@vestibule/domain/guests";
import { problemOf } from "../shell/problem.ts";
import type { Invitation } from "../table/invitations.ts";
import { getChannels } from "../table/read-channels.ts";
import type { Table } from "../table/table.ts";

/**
 * GINV-8: the channels of an invitation that are still there. A guest's that leads to none any more could not be accepted,
 * and is not sent.
 * @throws Problem `channel-unavailable`
 */
export async function channelsStillThere(table: Table, invitation: Invitation): Promise<string[]> {
  const { organizationId: org, kind, channelIds } = invitation;
  if (kind !== "guest") return [];
  const channels = await getChannels(table, org, channelIds);
  const isOpen = [...channels.values()].some(({ type, archivedAt }) =>
    isGivable({ isKnown: true, type, isArchived: archivedAt !== undefined }),
  );
  if (!isOpen) throw problemOf(deny("channel-unavailable", "GINV-8"));
  return channelIds.filter((channelId) => channels.has(channelId));
}
