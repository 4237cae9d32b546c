import { groupNameKey } from "@vestibule/domain/groups";
import { unlistAttachmentWrite } from "./group-attachments.ts";
import type { Group } from "./groups.ts";
import { keys } from "./keys.ts";
import type { Write } from "./transaction.ts";

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
