import { CHANNEL_TYPES, NAMED_CHANNEL_TYPES, NOTIFICATION_LEVELS } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import {
  channelHeader,
  channelName,
  channelShape,
  myChannelShape,
  unreadShape,
} from "../contract/channel.ts";
import { listOf, namedId, nameText, nothing, pageQuery, text } from "../contract/fields.ts";
import { route } from "../shell/route.ts";

const CHANNELS = "/v1/organizations/{org}/channels";
const CHANNEL = `${CHANNELS}/{chn}` as const;

const truth = z.enum(["true", "false"]).transform((given) => given === "true");

const name = channelName;
/** The domain judges it (CH-4), so that a refusal says which rule. */
const handle = z.string().max(200).meta({ pattern: "^[a-z0-9._-]{1,64}$" });
const purpose = text(0, 250);
const header = channelHeader;
const namedType = z.enum(NAMED_CHANNEL_TYPES);

export const listChannelsRoute = route({
  operationId: "listChannels",
  method: "GET",
  path: CHANNELS,
  function: "channel",
  summary:
    "The channels I can see, oldest first: the public ones and my own; a guest's own alone. With `search`, the named ones whose name or handle begins so, by handle. A filtered page may hold fewer than `limit`: `nextCursor` tells whether more follow.",
  rules: ["CH-1", "CH-5", "CH-11", "GST-9"],
  query: z.strictObject({
    ...pageQuery,
    mine: truth.optional(),
    type: z.enum(CHANNEL_TYPES).optional(),
    archived: truth.optional(),
    search: nameText(64).optional(),
  }),
  answers: { 200: listOf(channelShape) },
  refusals: ["invalid-cursor"],
});

export const createChannelRoute = route({
  operationId: "createChannel",
  method: "POST",
  path: CHANNELS,
  function: "channel",
  summary:
    "Create a channel; its creator is its admin. Without a handle, one is derived from the name and made unique.",
  rules: ["CH-4", "SEAT-8", "GST-14"],
  isIdempotent: true,
  body: z.strictObject({
    name,
    type: namedType,
    handle: handle.optional(),
    purpose: purpose.optional(),
    header: header.optional(),
  }),
  answers: { 201: channelShape },
  refusals: ["guest-restricted", "handle-invalid", "handle-taken", "quota-exceeded"],
});

export const getChannelRoute = route({
  operationId: "getChannel",
  method: "GET",
  path: CHANNEL,
  function: "channel",
  summary: "One channel, with how I stand to it.",
  rules: ["CH-1", "CH-5", "CH-11", "GST-9"],
  answers: { 200: channelShape },
});

export const updateChannelRoute = route({
  operationId: "updateChannel",
  method: "PATCH",
  path: CHANNEL,
  function: "channel",
  summary:
    "Rename or describe a channel, make it public or private, make it a default one or not: all of it or nothing.",
  rules: ["CH-1", "CH-2", "CH-4", "CH-6", "SEAT-8", "GST-14"],
  body: z
    .strictObject({
      name: name.optional(),
      handle: handle.optional(),
      purpose: purpose.optional(),
      header: header.optional(),
      type: namedType.optional(),
      default: z.boolean().optional(),
    })
    .refine((body) => Object.keys(body).length > 0, "Nothing to change"),
  answers: { 200: channelShape },
  refusals: [
    "guest-restricted",
    "not-channel-admin",
    "not-channel-member",
    "not-chat-admin",
    "not-manager",
    "not-in-conversations",
    "general-channel",
    "channel-archived",
    "handle-invalid",
    "handle-taken",
    "already-public",
    "already-private",
    "quota-exceeded",
    "too-many-defaults",
    "stale",
  ],
});

export const deleteChannelRoute = route({
  operationId: "deleteChannel",
  method: "DELETE",
  path: CHANNEL,
  function: "channel",
  summary: "Delete a channel for good, messages and all; guests whose last channel it was leave.",
  rules: ["CH-1", "CH-7", "GINV-9", "GST-14"],
  answers: { 204: null },
  refusals: ["guest-restricted", "not-chat-admin", "not-in-conversations", "general-channel", "stale"],
});

export const archiveChannelRoute = route({
  operationId: "archiveChannel",
  method: "POST",
  path: `${CHANNEL}/archive`,
  function: "channel",
  summary: "Archive a channel: it is read-only from then on and frees its place in the quota.",
  rules: ["CH-1", "CH-7", "GST-14"],
  body: nothing.optional(),
  answers: { 200: channelShape },
  refusals: [
    "guest-restricted",
    "not-channel-admin",
    "not-in-conversations",
    "general-channel",
    "already-archived",
  ],
});

export const restoreChannelRoute = route({
  operationId: "restoreChannel",
  method: "POST",
  path: `${CHANNEL}/restore`,
  function: "channel",
  summary: "Restore an archived channel, if the quota has a place for it.",
  rules: ["CH-7", "SEAT-8", "GST-14"],
  body: nothing.optional(),
  answers: { 200: channelShape },
  refusals: [
    "guest-restricted",
    "not-channel-admin",
    "not-in-conversations",
    "not-archived",
    "quota-exceeded",
  ],
});

export const joinChannelRoute = route({
  operationId: "joinChannel",
  method: "POST",
  path: `${CHANNEL}/join`,
  function: "channel",
  summary: "Join a public channel; who is in it already stays as they are.",
  rules: ["CH-5", "GST-10"],
  body: nothing.optional(),
  answers: { 200: channelShape },
  refusals: ["guest-restricted", "not-in-conversations", "channel-archived"],
});

export const leaveChannelRoute = route({
  operationId: "leaveChannel",
  method: "POST",
  path: `${CHANNEL}/leave`,
  function: "channel",
  summary: "Leave a channel; a guest who leaves their last one leaves the organization.",
  rules: ["CH-1", "CH-9", "GINV-9"],
  body: nothing.optional(),
  answers: { 204: null },
  refusals: ["not-channel-member", "not-in-conversations", "general-channel", "through-group"],
});

export const updateMyChannelRoute = route({
  operationId: "updateMyChannel",
  method: "PUT",
  path: `${CHANNEL}/me`,
  function: "channel",
  summary:
    "Favourite or mute a channel, set what of it notifies, mark it as read up to a message; what is left out stays, and a mark never moves back.",
  rules: ["CH-11", "GST-3", "GST-4"],
  body: z
    .strictObject({
      favourite: z.boolean().optional(),
      muted: z.boolean().optional(),
      level: z.enum(NOTIFICATION_LEVELS).optional(),
      lastReadSeq: z.number().int().min(0).max(999_999_999_999).optional(),
    })
    .refine((body) => Object.keys(body).length > 0, "Nothing to change"),
  answers: { 200: myChannelShape },
  refusals: ["not-channel-member"],
});

export const openConversationRoute = route({
  operationId: "openConversation",
  method: "POST",
  path: `${CHANNELS}/direct`,
  function: "channel",
  summary:
    "Open the conversation with these people: direct with one, a group with two to seven. 200 where it exists. The caller may be named or not; repetitions are ignored.",
  rules: ["CH-3", "GST-8", "GST-11", "GST-16", "BOT-2"],
  isIdempotent: true,
  body: z.strictObject({ userIds: z.array(namedId).min(1).max(50) }),
  answers: { 200: channelShape, 201: channelShape },
  refusals: ["too-few-people", "too-many-people", "not-found", "shares-no-channel", "bot-one-to-one"],
});

export const unreadRoute = route({
  operationId: "listUnread",
  method: "GET",
  path: "/v1/organizations/{org}/unread",
  function: "channel",
  summary: "How much of my channels I have not read; archived ones are left out.",
  rules: ["MSG-11", "CH-11"],
  query: z.strictObject({
    ...pageQuery,
    /** Left out, all of them, up to 1 000 in a page: they are wanted in one call (MSG-11). */
    limit: z.coerce.number().int().min(1).max(200).optional(),
  }),
  answers: { 200: listOf(unreadShape) },
  refusals: ["invalid-cursor"],
});

/** The routes of a channel as a whole; its people and the groups have their own files. */
export const channelRoutes = [
  listChannelsRoute,
  createChannelRoute,
  getChannelRoute,
  updateChannelRoute,
  deleteChannelRoute,
  archiveChannelRoute,
  restoreChannelRoute,
  joinChannelRoute,
  leaveChannelRoute,
  updateMyChannelRoute,
  openConversationRoute,
  unreadRoute,
] as const;
