import { groupNameKey } from "@vestibule/domain/groups";
import * as z from "zod";
import type { ChannelKey } from "./channel-heads.ts";
import { idIn, keys, PREFIXES } from "./keys.ts";
import { getItem, getItems, type Page, queryPage } from "./read.ts";
import { isoTime, type Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/** How many channels a group may be attached to: joining it, or leaving, is one transaction (CH-9). */
export const MAX_ATTACHED_CHANNELS = 20;

/**
 * A group of members: `O#<org>#GROUPS` / `GROUP#<grp>`. `channelIds` are the channels that its people are in (CH-9);
 * of those `detaching`, people are just being taken out. Both are read with the group by whoever joins or leaves.
 */
export const groupItem = z.object({
  groupId: z.string(),
  name: z.string(),
  isOpen: z.boolean(),
  members: z.number().int(),
  channelIds: z.array(z.string()),
  detaching: z.array(z.string()),
  createdAt: z.string(),
  createdBy: z.string(),
  version: z.number().int(),
});

export type Group = z.infer<typeof groupItem>;

/** One group, read strongly, if the organization has it. */
export async function getGroup(table: Table, org: string, group: string): Promise<Group | undefined> {
  return await getItem(table, keys.group(org, group), groupItem);
}

/** Several groups by id, read strongly; one that is not there is not in the map. */
export async function getGroups(
  table: Table,
  org: string,
  ids: readonly string[],
): Promise<Map<string, Group>> {
  const found = await getItems(
    table,
    [...new Set(ids)].map((id) => keys.group(org, id)),
    groupItem,
  );
  return new Map(found.map((group) => [group.groupId, group]));
}

/** One page of an organization's groups, oldest first. */
export async function listGroups(
  table: Table,
  org: string,
  page: { limit: number; after: string | undefined },
): Promise<Page<Group>> {
  return await queryPage(table, { partition: keys.groups(org), ...page }, groupItem);
}

/** Takes a name, which reads like no other group's of the organization (label `name`). */
function takeNameWrite(org: string, groupId: string, name: string): Write {
  return {
    label: "name",
    put: { ...keys.groupName(org, groupNameKey(name)), groupId },
    condition: "attribute_not_exists(pk)",
  };
}

function freeNameWrite(org: string, groupId: string, name: string): Write {
  return {
    label: "former name",
    remove: keys.groupName(org, groupNameKey(name)),
    condition: "attribute_not_exists(pk) OR groupId = :group",
    values: { ":group": groupId },
  };
}

/** The writes of a new group (labels `group`, `name`). */
export function newGroupWrites(org: string, group: Group): Write[] {
  return [
    {
      label: "group",
      put: { ...keys.group(org, group.groupId), ...group },
      condition: "attribute_not_exists(pk)",
    },
    takeNameWrite(org, group.groupId, group.name),
  ];
}

/** Renames, opens or closes a group on the version that was read (label `group`). */
export function changeGroupWrites(
  org: string,
  before: Group,
  after: Pick<Group, "name" | "isOpen">,
): Write[] {
  const { groupId, version } = before;
  const isRenamed = groupNameKey(before.name) !== groupNameKey(after.name);
  return [
    {
      label: "group",
      update: keys.group(org, groupId),
      expression: "SET #name = :name, isOpen = :isOpen, version = :next",
      condition: "version = :version",
      names: { "#name": "name" },
      values: { ":name": after.name, ":isOpen": after.isOpen, ":version": version, ":next": version + 1 },
    },
    ...(isRenamed ? [takeNameWrite(org, groupId, after.name), freeNameWrite(org, groupId, before.name)] : []),
  ];
}

/** Deletes a group as it was read, with its name and its attachments; its people go by an intent (label `group`). */
export function removeGroupWrites(org: string, group: Group): Write[] {
  const { groupId, version, channelIds, detaching } = group;
  return [
    {
      label: "group",
      remove: keys.group(org, groupId),
      condition: "version = :version AND channelIds = :channels AND detaching = :detaching",
      values: { ":version": version, ":channels": channelIds, ":detaching": detaching },
    },
    freeNameWrite(org, groupId, group.name),
    ...channelIds.map((channelId) => unlistAttachmentWrite(org, groupId, channelId)),
  ];
}

/**
 * Counts who joins or leaves, while the group is attached to the channels that were read, and as open as it was: nobody
 * lets themselves into one that is closed at the same time (label `group`, CH-9).
 */
export function countGroupWrite(org: string, { groupId, channelIds, isOpen }: Group, by: 1 | -1): Write {
  return {
    label: "group",
    update: keys.group(org, groupId),
    expression: "ADD members :by",
    condition: "channelIds = :channels AND isOpen = :isOpen",
    values: { ":by": by, ":channels": channelIds, ":isOpen": isOpen },
  };
}

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

/** Puts a person into a group (label `in group`): the group's row of them, and theirs of the group. */
export function enterGroupWrites(org: string, groupId: string, userId: string, now: number): Write[] {
  return [
    {
      label: "in group",
      put: { ...keys.groupPerson(org, groupId, userId), userId, joinedAt: isoTime(now) },
      condition: "attribute_not_exists(pk)",
    },
    { label: "group of person", put: { ...keys.personGroup(org, userId, groupId), groupId } },
  ];
}

/** Takes a person out of a group (label `in group`). */
export function quitGroupWrites(org: string, groupId: string, userId: string): Write[] {
  return [
    {
      label: "in group",
      remove: keys.groupPerson(org, groupId, userId),
      condition: "attribute_exists(pk)",
    },
    { label: "group of person", remove: keys.personGroup(org, userId, groupId) },
  ];
}

/** The condition that somebody is still in a group (label `in group <usr>`). */
export function inGroupCheck(org: string, groupId: string, userId: string): Write {
  return {
    label: `in group ${userId}`,
    check: keys.groupPerson(org, groupId, userId),
    condition: "attribute_exists(pk)",
  };
}

/** The rows of several people of a group, to be taken away once its channels are left. */
export function forgetGroupPeopleWrites(org: string, groupId: string, userIds: readonly string[]): Write[] {
  return userIds.flatMap((userId) => [
    { label: "in group", remove: keys.groupPerson(org, groupId, userId) },
    { label: "group of person", remove: keys.personGroup(org, userId, groupId) },
  ]);
}

const groupPersonItem = z.object({ userId: z.string(), joinedAt: z.string() });

export type GroupPerson = z.infer<typeof groupPersonItem>;

/** One page of a group's people, in the order of their ids. */
export async function listGroupPeople(
  table: Table,
  org: string,
  groupId: string,
  { limit, after }: { limit: number; after: string | undefined },
): Promise<Page<GroupPerson>> {
  return await queryPage(table, { partition: keys.groupPeople(org, groupId), limit, after }, groupPersonItem);
}

/** Somebody's row of a group, if they are in it; read strongly. */
export async function getGroupPerson(
  table: Table,
  org: string,
  groupId: string,
  userId: string,
): Promise<GroupPerson | undefined> {
  return await getItem(table, keys.groupPerson(org, groupId, userId), groupPersonItem);
}

const personGroupItem = z.object({ sk: z.string() });

/** The groups that somebody is in. */
export async function groupsOf(table: Table, org: string, userId: string): Promise<string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = await queryPage(
      table,
      { partition: keys.person(org, userId), prefix: PREFIXES.group, limit: 1_000, after },
      personGroupItem,
    );
    ids.push(...page.items.map(({ sk }) => idIn(sk)));
    after = page.after;
  } while (after !== undefined);
  return ids;
}

/** Which of several groups somebody is in, read strongly. */
export async function groupsAmong(
  table: Table,
  org: string,
  userId: string,
  groupIds: readonly string[],
): Promise<Set<string>> {
  const rows = await getItems(
    table,
    [...new Set(groupIds)].map((id) => keys.personGroup(org, userId, id)),
    personGroupItem,
  );
  return new Set(rows.map(({ sk }) => idIn(sk)));
}
