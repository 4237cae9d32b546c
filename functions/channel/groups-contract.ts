import { GROUP_NAME_MAX_CHARACTERS } from "@vestibule/domain/groups";
import * as z from "zod";
import { listOf, nameText, nothing, pageQuery } from "../contract/fields.ts";
import { route } from "../shell/route.ts";

const GROUPS = "/v1/organizations/{org}/groups";
const GROUP = `${GROUPS}/{grp}` as const;
const MEMBERS = `${GROUP}/members` as const;
const ATTACHED = "/v1/organizations/{org}/channels/{chn}/groups";

const name = nameText(GROUP_NAME_MAX_CHARACTERS);

/** A group; of the channels that it is attached to, those that the viewer may know of (CH-5). */
export const groupShape = z.object({
  id: z.string(),
  name: z.string(),
  open: z.boolean(),
  memberCount: z.number(),
  channelIds: z.array(z.string()),
  createdAt: z.string(),
  me: z.object({ member: z.boolean() }),
});

export const groupMemberShape = z.object({
  userId: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  handle: z.string(),
  email: z.string(),
  joinedAt: z.string(),
});

export const listGroupsRoute = route({
  operationId: "listGroups",
  method: "GET",
  path: GROUPS,
  function: "channel",
  summary: "The organization's groups, oldest first.",
  rules: ["DIR-3", "GST-13"],
  query: z.strictObject(pageQuery),
  answers: { 200: listOf(groupShape) },
  refusals: ["guest-restricted", "invalid-cursor"],
});

export const createGroupRoute = route({
  operationId: "createGroup",
  method: "POST",
  path: GROUPS,
  function: "channel",
  summary: "Create a group: a named set of members. Into an open one, members join by themselves.",
  rules: ["CH-8", "GST-13"],
  isIdempotent: true,
  body: z.strictObject({ name, open: z.boolean().optional() }),
  answers: { 201: groupShape },
  refusals: ["guest-restricted", "not-manager", "group-name-taken"],
});

export const getGroupRoute = route({
  operationId: "getGroup",
  method: "GET",
  path: GROUP,
  function: "channel",
  summary: "One group.",
  rules: ["DIR-3", "GST-13"],
  answers: { 200: groupShape },
  refusals: ["guest-restricted"],
});

export const updateGroupRoute = route({
  operationId: "updateGroup",
  method: "PATCH",
  path: GROUP,
  function: "channel",
  summary: "Rename a group, open it or close it.",
  rules: ["CH-8", "GST-13"],
  body: z.strictObject({ name: name.optional(), open: z.boolean().optional() }),
  answers: { 200: groupShape },
  refusals: ["guest-restricted", "not-manager", "group-name-taken", "stale"],
});

export const deleteGroupRoute = route({
  operationId: "deleteGroup",
  method: "DELETE",
  path: GROUP,
  function: "channel",
  summary: "Delete a group; whoever is in a channel through it alone leaves that channel.",
  rules: ["CH-8", "CH-9", "GST-13"],
  answers: { 204: null },
  refusals: ["guest-restricted", "not-manager", "stale"],
});

export const listGroupMembersRoute = route({
  operationId: "listGroupMembers",
  method: "GET",
  path: MEMBERS,
  function: "channel",
  summary: "The members of a group.",
  rules: ["DIR-3", "GST-13"],
  query: z.strictObject(pageQuery),
  answers: { 200: listOf(groupMemberShape) },
  refusals: ["guest-restricted", "invalid-cursor"],
});

export const addGroupMemberRoute = route({
  operationId: "addGroupMember",
  method: "PUT",
  path: `${MEMBERS}/{user}`,
  function: "channel",
  summary: "Put a member into a group, or join an open one (oneself): they join its channels with it.",
  rules: ["CH-8", "CH-9", "GST-10", "GST-12", "SHR-2"],
  body: nothing.optional(),
  answers: { 200: groupMemberShape },
  refusals: ["guest-restricted", "not-manager", "not-mail-manager", "group-not-open", "guest-not-in-groups"],
});

export const removeGroupMemberRoute = route({
  operationId: "removeGroupMember",
  method: "DELETE",
  path: `${MEMBERS}/{user}`,
  function: "channel",
  summary:
    "Take a member out of a group, or leave an open one (oneself): they leave its channels with it, unless they are there for another reason, too.",
  rules: ["CH-8", "CH-9"],
  answers: { 204: null },
  refusals: ["guest-restricted", "not-manager", "group-not-open"],
});

export const listChannelGroupsRoute = route({
  operationId: "listChannelGroups",
  method: "GET",
  path: ATTACHED,
  function: "channel",
  summary: "The groups attached to a channel.",
  rules: ["CH-9", "GST-13"],
  query: z.strictObject(pageQuery),
  answers: { 200: listOf(groupShape) },
  refusals: ["guest-restricted", "invalid-cursor"],
});

export const detachGroupRoute = route({
  operationId: "detachGroup",
  method: "DELETE",
  path: `${ATTACHED}/{grp}`,
  function: "channel",
  summary: "Detach a group from a channel: whoever is there through it alone leaves.",
  rules: ["CH-9", "GST-14"],
  answers: { 204: null },
  refusals: ["guest-restricted", "not-channel-admin"],
});

/** Every route about groups. */
export const groupRoutes = [
  listGroupsRoute,
  createGroupRoute,
  getGroupRoute,
  updateGroupRoute,
  deleteGroupRoute,
  listGroupMembersRoute,
  addGroupMemberRoute,
  removeGroupMemberRoute,
  listChannelGroupsRoute,
  detachGroupRoute,
] as const;
