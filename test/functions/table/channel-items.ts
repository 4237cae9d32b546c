import { type Channel, channelItem } from "../../../functions/table/channels.ts";
import { keys } from "../../../functions/table/keys.ts";
import { ORG } from "./items.ts";

/** A channel as it lies in the table; public unless said otherwise. */
export function storedChannel(change: Partial<Channel> & Pick<Channel, "channelId">) {
  const { channelId } = change;
  const channel = channelItem.parse({
    name: channelId.replace("chn_", "The "),
    handle: channelId.replace("chn_", ""),
    type: "public",
    purpose: "",
    header: "",
    isGeneral: false,
    isDefault: false,
    members: 1,
    guests: 0,
    createdAt: "2026-01-01T00:00:00.000Z",
    createdBy: "usr_sender",
    version: 1,
    ...change,
  });
  return { ...keys.channel(ORG, channelId), ...channel };
}

/** Somebody's row of a channel that they are in. */
export function storedRow(
  channelId: string,
  userId: string,
  { kind = "member", role = "member" }: { kind?: "member" | "guest"; role?: "member" | "admin" } = {},
) {
  return { ...keys.personChannel(ORG, userId, channelId), channelId, kind, role, isDirect: true };
}

/** A group without anybody, attached to nothing. */
export function storedGroup(groupId: string) {
  return {
    ...keys.group(ORG, groupId),
    groupId,
    name: groupId,
    isOpen: false,
    members: 0,
    channelIds: [],
    detaching: [],
    createdAt: "2026-01-01T00:00:00.000Z",
    createdBy: "usr_sender",
    version: 1,
  };
}
