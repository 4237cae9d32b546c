import { CHANNEL_ROLES, CHANNEL_TYPES } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import type { Channel } from "../table/channels.ts";

/** How I stand to a channel (CH-11). */
export const myChannelShape = z.object({
  member: z.boolean(),
  role: z.enum(CHANNEL_ROLES).nullable(),
  favourite: z.boolean(),
  muted: z.boolean(),
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
  me: myChannelShape,
});

/** Every active member is in General, as a member (CH-1); favourite and mute come with the other channels. */
export function presentMe(lastReadSeq: number): z.infer<typeof myChannelShape> {
  return { member: true, role: "member", favourite: false, muted: false, lastReadSeq };
}

type Figures = { memberCount: number; guestCount: number; lastSeq: number; lastReadSeq: number };

/** A channel as one of its readers sees it. */
export function presentChannel(channel: Channel, figures: Figures): z.infer<typeof channelShape> {
  const { channelId, name, handle, type, purpose, header, archivedAt, isGeneral, isDefault } = channel;
  const { memberCount, guestCount, lastSeq, lastReadSeq } = figures;
  return {
    id: channelId,
    name,
    handle,
    type,
    purpose,
    header,
    archived: archivedAt !== undefined,
    general: isGeneral,
    default: isDefault,
    memberCount,
    guestCount,
    lastSeq,
    me: presentMe(lastReadSeq),
  };
}
