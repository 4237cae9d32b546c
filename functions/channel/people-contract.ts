import { MAX_ADDED_PEOPLE } from "@vestibule/domain/channels";
import { ADD_STATUSES, CHANNEL_ROLES, MEMBER_STATES } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { namedId, nameText, pageQuery } from "../contract/fields.ts";
import { route } from "../shell/route.ts";

const MEMBERS = "/v1/organizations/{org}/channels/{chn}/members";
const MEMBER = `${MEMBERS}/{user}` as const;

/** Somebody in a channel; `email` is shown to members alone; `groupIds`, the groups that they are here through, are empty to guests. */
export const channelMemberShape = z.object({
  userId: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  handle: z.string(),
  email: z.string().optional(),
  kind: z.enum(["member", "guest"]),
  role: z.enum(CHANNEL_ROLES),
  state: z.enum(MEMBER_STATES),
  joinedAt: z.string(),
  groupIds: z.array(z.string()),
});

/** A guest who has not accepted yet: shown on their channels, to members (GINV-4). */
export const pendingGuestShape = z.object({
  invitationId: z.string(),
  email: z.string(),
  kind: z.literal("guest"),
  state: z.literal("pending"),
  invitedAt: z.string(),
});

export const listChannelMembersRoute = route({
  operationId: "listChannelMembers",
  method: "GET",
  path: MEMBERS,
  function: "channel",
  summary:
    "The people of a channel: channel admins, members, guests, pending guests. With `search`, those whose name or address begins so, pending guests apart. A page may hold fewer than `limit`: `nextCursor` tells whether more follow.",
  rules: ["CH-10", "GINV-4", "GST-9", "GST-16"],
  query: z.strictObject({ ...pageQuery, search: nameText(64).optional() }),
  answers: {
    200: z.object({
      items: z.array(z.union([channelMemberShape, pendingGuestShape])),
      nextCursor: z.string().nullable(),
      memberCount: z.number(),
      guestCount: z.number(),
    }),
  },
  refusals: ["invalid-cursor"],
});

/** How many groups one request attaches. */
const MAX_ADDED_GROUPS = 10;

const additionResult = z.object({
  userId: z.string(),
  status: z.enum(ADD_STATUSES),
  groupId: z.string().optional(),
});

export const addChannelMembersRoute = route({
  operationId: "addChannelMembers",
  method: "POST",
  path: MEMBERS,
  function: "channel",
  summary:
    "Add people, up to 1000, in the order of the request; and attach whole groups: an answer for each of their people. Repeated, it completes what was cut short.",
  rules: ["CH-5", "CH-8", "CH-9", "GST-12", "GINV-1"],
  body: z
    .strictObject({
      userIds: z.array(namedId).max(MAX_ADDED_PEOPLE).optional(),
      groupIds: z.array(namedId).max(MAX_ADDED_GROUPS).optional(),
    })
    .refine(({ userIds = [], groupIds = [] }) => userIds.length + groupIds.length > 0, {
      message: "Somebody, or some group, to add",
      path: ["userIds"],
    }),
  answers: {
    200: z.object({
      results: z.array(additionResult),
      summary: z.partialRecord(z.enum(ADD_STATUSES), z.number()),
    }),
  },
  refusals: [
    "guest-restricted",
    "not-channel-member",
    "channel-archived",
    "general-channel",
    "too-many-attachments",
  ],
});

export const removeChannelMemberRoute = route({
  operationId: "removeChannelMember",
  method: "DELETE",
  path: MEMBER,
  function: "channel",
  summary:
    "Remove somebody from a channel, or leave it (oneself). A guest whose last channel it was leaves the organization.",
  rules: ["CH-1", "CH-6", "CH-9", "GINV-9", "GST-14"],
  answers: { 204: null },
  refusals: [
    "guest-restricted",
    "not-channel-member",
    "not-channel-admin",
    "general-channel",
    "through-group",
  ],
});

export const changeChannelRoleRoute = route({
  operationId: "changeChannelRole",
  method: "PUT",
  path: `${MEMBER}/role`,
  function: "channel",
  summary: "Make somebody an admin of the channel, or no longer.",
  rules: ["CH-6", "GST-14"],
  body: z.strictObject({ role: z.enum(CHANNEL_ROLES) }),
  answers: { 200: channelMemberShape },
  refusals: [
    "guest-restricted",
    "not-channel-admin",
    "general-channel",
    "channel-archived",
    "guest-not-channel-admin",
  ],
});

/** Every route about the people of a channel. */
export const channelPeopleRoutes = [
  listChannelMembersRoute,
  addChannelMembersRoute,
  removeChannelMemberRoute,
  changeChannelRoleRoute,
] as const;
