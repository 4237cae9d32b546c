import { MAX_GUEST_CHANNELS } from "@vestibule/domain/guests";
import { CHAT_ROLES, ORG_ROLES } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { listOf, namedId, nothing, pageQuery } from "../contract/fields.ts";
import { guestShape } from "../contract/guest.ts";
import { invitationShape } from "../contract/invitation.ts";
import { memberShape, rightsInput } from "../contract/member.ts";
import { route } from "../shell/route.ts";

const MEMBER = "/v1/organizations/{org}/members/{user}";
const GUEST = "/v1/organizations/{org}/guests/{user}";

export const listMembersRoute = route({
  operationId: "listMembers",
  method: "GET",
  path: "/v1/organizations/{org}/members",
  function: "role",
  summary:
    "The organization's people; with `state=pending`, the invitations that are pending; with `search`, the active members whose name or address begins so.",
  rules: ["RGT-4", "MINV-4", "DIR-1"],
  query: z
    .strictObject({
      ...pageQuery,
      state: z.enum(["active", "deactivated", "pending"]).optional(),
      search: z.string().trim().min(1).max(100).optional(),
    })
    .refine(({ state = "active", search }) => search === undefined || state === "active", {
      path: ["search"],
      message: "Finds active members only",
    }),
  answers: { 200: listOf(z.union([memberShape, invitationShape])) },
  refusals: ["not-manager"],
});

export const getMemberRoute = route({
  operationId: "getMember",
  method: "GET",
  path: MEMBER,
  function: "role",
  summary: "One member.",
  rules: ["ORG-1", "RGT-4"],
  answers: { 200: memberShape },
});

export const changeOrgRoleRoute = route({
  operationId: "changeOrgRole",
  method: "PUT",
  path: `${MEMBER}/org-role`,
  function: "role",
  summary: "Change a member's org role.",
  rules: ["ORG-5", "ORG-6", "ORG-7", "ORG-11"],
  body: z.strictObject({ role: z.enum(ORG_ROLES) }),
  answers: { 200: memberShape },
  refusals: ["not-org-manager", "legal-representative-only", "last-legal-representative", "stale"],
});

export const changeChatRoleRoute = route({
  operationId: "changeChatRole",
  method: "PUT",
  path: `${MEMBER}/chat-role`,
  function: "role",
  summary: "Change a member's chat role; an org manager's act, on their own record too.",
  rules: ["RGT-1", "RGT-3", "ORG-11"],
  body: z.strictObject({ role: z.enum(CHAT_ROLES) }),
  answers: { 200: memberShape },
  refusals: ["not-org-manager", "stale"],
});

export const changeRightsRoute = route({
  operationId: "changeRights",
  method: "PUT",
  path: `${MEMBER}/rights`,
  function: "role",
  summary: "Set the management rights of a `user`.",
  rules: ["RGT-5", "ORG-4", "ORG-11"],
  body: rightsInput,
  answers: { 200: memberShape },
  refusals: ["not-org-manager", "rights-by-role", "rights-above-own", "stale"],
});

export const removeMemberRoute = route({
  operationId: "removeMember",
  method: "DELETE",
  path: MEMBER,
  function: "role",
  summary:
    "Remove a member or a guest, or leave (one's own record); the seat, or the place, is free at once.",
  rules: ["ORG-6", "ORG-10", "GINV-9"],
  answers: { 204: null },
  refusals: [
    "not-org-manager",
    "not-chat-admin",
    "legal-representative-only",
    "last-legal-representative",
    "stale",
  ],
});

export const deactivateMemberRoute = route({
  operationId: "deactivateMember",
  method: "POST",
  path: `${MEMBER}/deactivate`,
  function: "role",
  summary: "Deactivate a member: no access, and the seat is free at once.",
  rules: ["ORG-6", "ORG-10"],
  body: nothing.optional(),
  answers: { 200: memberShape },
  refusals: ["not-org-manager", "last-legal-representative", "already-deactivated"],
});

export const reactivateMemberRoute = route({
  operationId: "reactivateMember",
  method: "POST",
  path: `${MEMBER}/reactivate`,
  function: "role",
  summary: "Reactivate a member; takes a seat.",
  rules: ["SEAT-9", "ORG-10"],
  body: nothing.optional(),
  answers: { 200: memberShape },
  refusals: ["not-org-manager", "quota-exceeded", "already-active"],
});

export const convertRoute = route({
  operationId: "convertPerson",
  method: "POST",
  path: `${MEMBER}/convert`,
  function: "role",
  summary:
    "Make a guest a member, who takes a seat; or make a member a guest, who keeps the chosen ones of their channels and loses every role.",
  rules: ["GINV-11", "SEAT-9", "ORG-6", "ORG-11"],
  body: z.discriminatedUnion("to", [
    z.strictObject({ to: z.literal("member") }),
    z.strictObject({
      to: z.literal("guest"),
      channelIds: z.array(namedId).max(MAX_GUEST_CHANNELS).default([]),
    }),
  ]),
  answers: { 200: z.union([memberShape, guestShape]) },
  refusals: [
    "not-chat-admin",
    "not-manager",
    "legal-representative-only",
    "last-legal-representative",
    "already-member",
    "already-guest",
    "already-deactivated",
    "channel-required",
    "channel-not-shareable",
    "channel-archived",
    "quota-exceeded",
    "stale",
  ],
});

export const listGuestsRoute = route({
  operationId: "listGuests",
  method: "GET",
  path: "/v1/organizations/{org}/guests",
  function: "role",
  summary:
    "The guests who have accepted, with their channels and their end; a page may hold fewer than `limit`: `nextCursor` tells whether more follow.",
  rules: ["GINV-4", "GINV-5", "GINV-10", "SEAT-10"],
  query: z.strictObject(pageQuery),
  answers: { 200: listOf(guestShape) },
  refusals: ["not-manager", "guest-restricted"],
});

export const getGuestRoute = route({
  operationId: "getGuest",
  method: "GET",
  path: GUEST,
  function: "role",
  summary: "One guest.",
  rules: ["GINV-5"],
  answers: { 200: guestShape },
  refusals: ["not-manager", "guest-restricted"],
});

export const updateGuestRoute = route({
  operationId: "updateGuest",
  method: "PATCH",
  path: GUEST,
  function: "role",
  summary: "Set when a guest's access ends; `null`: it does not.",
  rules: ["GINV-10"],
  body: z.strictObject({ endsAt: z.iso.datetime().nullable() }),
  answers: { 200: guestShape },
  refusals: ["not-chat-admin", "guest-restricted", "end-in-past", "stale"],
});

/** Every route of this function. */
export const roleRoutes = [
  listMembersRoute,
  getMemberRoute,
  changeOrgRoleRoute,
  changeChatRoleRoute,
  changeRightsRoute,
  removeMemberRoute,
  deactivateMemberRoute,
  reactivateMemberRoute,
  convertRoute,
  listGuestsRoute,
  getGuestRoute,
  updateGuestRoute,
] as const;
