import { ACTIONS } from "@vestibule/domain/permissions";
import * as z from "zod";
import { directoryEntryShape } from "../contract/directory.ts";
import { listOf, namedId, pageQuery } from "../contract/fields.ts";
import { actionPermissionShape, permissionShape } from "../contract/permissions.ts";
import { meShape, profileInput } from "../contract/profile.ts";
import { route } from "../shell/route.ts";

export const getMeRoute = route({
  operationId: "getMe",
  method: "GET",
  path: "/v1/me",
  function: "organization",
  summary: "My own profile, and where I am a member or a guest.",
  rules: ["ORG-8", "GST-5", "GST-7"],
  answers: { 200: meShape },
});

export const updateMeRoute = route({
  operationId: "updateMe",
  method: "PATCH",
  path: "/v1/me",
  function: "organization",
  summary: "Change my own name, telephone number and language, in all my organizations.",
  rules: ["DIR-2", "GST-5", "INV-16"],
  body: profileInput,
  answers: { 200: meShape },
});

export const directoryRoute = route({
  operationId: "searchDirectory",
  method: "GET",
  path: "/v1/organizations/{org}/directory",
  function: "organization",
  summary:
    "Members and groups by the beginning of a name or address, groups first; ends after 500 people of one search.",
  rules: ["DIR-1", "DIR-3", "GST-13"],
  query: z.strictObject({ ...pageQuery, search: z.string().max(100).optional() }),
  answers: { 200: listOf(directoryEntryShape) },
  refusals: ["guest-restricted"],
});

/** Whom and where a question about permissions is about. */
const about = { channelId: namedId.optional(), userId: namedId.optional() };

export const permissionsRoute = route({
  operationId: "listPermissions",
  method: "GET",
  path: "/v1/organizations/{org}/permissions",
  function: "organization",
  summary:
    "What I may do here, action by action; with `channelId`, in that channel, and with `userId`, to that person's records.",
  rules: ["GST-17", "GST-9", "GST-16"],
  query: z.strictObject(about),
  answers: { 200: z.object({ items: z.array(actionPermissionShape), nextCursor: z.null() }) },
});

export const checkPermissionRoute = route({
  operationId: "checkPermission",
  method: "POST",
  path: "/v1/organizations/{org}/permissions/check",
  function: "organization",
  summary: "Whether I may do one thing, by which rule, and why.",
  rules: ["GST-17", "GST-9", "GST-16"],
  body: z.strictObject({ action: z.enum(ACTIONS), ...about }),
  answers: { 200: permissionShape },
});

/** The routes of a person's own profile, the directory, and what one may do. */
export const personRoutes = [
  getMeRoute,
  updateMeRoute,
  directoryRoute,
  permissionsRoute,
  checkPermissionRoute,
] as const;
