import * as z from "zod";
import type { ChannelKey } from "./channel-heads.ts";
import type { Group } from "./groups.ts";
import { keys } from "./keys.ts";
import { type Page, queryPage } from "./read.ts";
import { isoTime, type Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/** How many channels a group may be attached to: joining it, or leaving, is one transaction (CH-9). */
export const MAX_ATTACHED_CHANNELS = 20;

/** Sets which channels a group is attached to, on the lists that were read (label `group`). */
export function changeAttachmentsWrite(
  org: string,
  before: Group,
  after: Pick<Group, "channelIds" | "detaching">,
): Write {
  return {
    label: "group",
    update: keys.group(org, before.groupId),
    expression: "SET channelIds = :channels, detaching = :detaching",
    condition: "channelIds = :beforeChannels AND detaching = :beforeDetaching",
    values: {
      ":channels": after.channelIds,
      ":detaching": after.detaching,
      ":beforeChannels": before.channelIds,
      ":beforeDetaching": before.detaching,
    },
  };
}

/** The condition that a group is still attached to a channel (label `group`). */
export function attachedCheck(org: string, groupId: string, channelId: string): Write {
  return {
    label: "group",
    check: keys.group(org, groupId),
    condition: "contains(channelIds, :channel)",
    values: { ":channel": channelId },
  };
}

/** The condition that a group is not attached to a channel, or is no more at all (label `group`). */
export function notAttachedCheck(org: string, groupId: string, channelId: string): Write {
  return {
    label: "group",
    check: keys.group(org, groupId),
    condition: "attribute_not_exists(pk) OR NOT contains(channelIds, :channel)",
    values: { ":channel": channelId },
  };
}

/** Lists a group on a channel that it is attached to. */
export function listAttachmentWrite(org: string, groupId: string, channelId: string, now: number): Write {
  return {
    label: "attachment",
    put: { ...keys.channelGroup(org, channelId, groupId), groupId, attachedAt: isoTime(now) },
  };
}

/** Takes a group off a channel's list. */
export function unlistAttachmentWrite(org: string, groupId: string, channelId: string): Write {
  return { label: "attachment", remove: keys.channelGroup(org, channelId, groupId) };
}

const attachmentItem = z.object({ groupId: z.string(), attachedAt: z.string() });

/** One page of the groups attached to a channel, oldest first. */
export async function listAttachedGroups(
  table: Table,
  { organizationId, channelId }: ChannelKey,
  page: { limit: number; after: string | undefined },
): Promise<Page<z.infer<typeof attachmentItem>>> {
  return await queryPage(
    table,
    { partition: keys.channelGroups(organizationId, channelId), ...page },
    attachmentItem,
  );
}
