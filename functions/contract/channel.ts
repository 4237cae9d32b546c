import { isConversation } from "@vestibule/domain/conversations";
import { defaultLevel } from "@vestibule/domain/notifications";
import { readTo } from "@vestibule/domain/unread";
import {
  CHANNEL_ROLES,
  CHANNEL_TYPES,
  type ChannelRelation,
  type ChannelType,
  NOTIFICATION_LEVELS,
} from "@vestibule/domain/vocabulary";
import * as z from "zod";
import type { Channel } from "../table/channels.ts";
import type { PersonChannel } from "../table/memberships.ts";
import { nameText, text } from "./fields.ts";

/** What a channel may be called, and say at its head, by whichever way (CH-4). */
export const channelName = nameText(64);
export const channelHeader = text(0, 1_024);

/** How I stand to a channel (CH-11). */
export const myChannelShape = z.object({
  member: z.boolean(),
  role: z.enum(CHANNEL_ROLES).nullable(),
  favourite: z.boolean(),
  muted: z.boolean(),
  /** What of the channel I am notified of; conversations notify of everything unless that was changed, channels of mentions. */
  level: z.enum(NOTIFICATION_LEVELS),
  /** How far I have read it; further where what follows is hidden or deleted by the plan (SEAT-7). */
  lastReadSeq: z.number(),
});

export const channelShape = z.object({
  id: z.string(),
  name: z.string(),
  handle: z.string(),
  type: z.enum(CHANNEL_TYPES),
  purpose: z.string(),
  header: z.string(),
  archived: z.boolean(),
  general: z.boolean(),
  default: z.boolean(),
  memberCount: z.number(),
  guestCount: z.number(),
  lastSeq: z.number(),
  /** Of a conversation, which has no name: whom it was opened with (CH-3). */
  userIds: z.array(z.string()).optional(),
  me: myChannelShape,
});

/** How much of one channel somebody has not read (MSG-11). */
export const unreadShape = z.object({
  channelId: z.string(),
  lastSeq: z.number(),
  /** As `me.lastReadSeq` of a channel; `unread` is how far `lastSeq` is ahead of it. */
  lastReadSeq: z.number(),
  unread: z.number(),
  /** Messages among them that mention the person: by handle, with a group of theirs, or with the whole channel. */
  mentions: z.number(),
  /** They are counted all the same. */
  muted: z.boolean(),
  level: z.enum(NOTIFICATION_LEVELS),
  favourite: z.boolean(),
});

/** How somebody stands to a channel: in what relation, and what their row of it holds. */
export type Mine = { readonly relation: ChannelRelation; readonly row: PersonChannel | undefined };

/** CH-11: how I stand to a channel; in General a member needs no row (CH-1). */
export function presentMe(
  { relation, row }: Mine,
  type: ChannelType,
  { lastSeq, goneTo = 0 }: Pick<Figures, "lastSeq" | "goneTo"> = { lastSeq: 0 },
): z.infer<typeof myChannelShape> {
  return {
    member: relation !== "none",
    role: relation === "none" ? null : relation,
    favourite: row?.isFavourite ?? false,
    muted: row?.isMuted ?? false,
    level: row?.level ?? defaultLevel(isConversation(type)),
    lastReadSeq: readTo({ lastSeq, lastReadSeq: row?.lastReadSeq ?? 0, goneTo }),
  };
}

/**
 * `generalMembers`: how many members the organization has, who are all in General (CH-1). `goneTo`: up to there the plan
 * shows nothing any more (SEAT-7).
 */
type Figures = {
  readonly lastSeq: number;
  readonly generalMembers: number;
  readonly goneTo?: number | undefined;
};

/** A channel as somebody sees it who may know of it (CH-10's figures included). */
export function presentChannel(
  channel: Channel,
  { lastSeq, generalMembers, goneTo }: Figures,
  mine: Mine,
): z.infer<typeof channelShape> {
  const { channelId, name, handle, type, purpose, header, isGeneral, isDefault, userIds } = channel;
  return {
    id: channelId,
    name,
    handle,
    type,
    purpose,
    header,
    archived: channel.archivedAt !== undefined,
    general: isGeneral,
    default: isDefault,
    memberCount: isGeneral ? generalMembers : channel.members,
    guestCount: channel.guests,
    lastSeq,
    ...(userIds === undefined ? {} : { userIds }),
    me: presentMe(mine, type, { lastSeq, goneTo }),
  };
}
