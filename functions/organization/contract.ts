import { CHAT_ROLES, ORG_ROLES, PLANS } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { listOf, pageQuery } from "../contract/fields.ts";
import {
  limitsInput,
  organizationName,
  organizationShape,
  settingsInput,
  usageShape,
} from "../contract/organization.ts";
import { route } from "../shell/route.ts";
import { AUDIT_ACTIONS } from "../table/audit.ts";
import { brandRoutes } from "./brand-contract.ts";
import { personRoutes } from "./person-contract.ts";
import { statusRoutes } from "./status-contract.ts";

export const createOrganizationRoute = route({
  operationId: "createOrganization",
  method: "POST",
  path: "/v1/organizations",
  function: "organization",
  summary:
    "Create an organization; its creator is legal representative, chat admin and holds the first seat.",
  rules: ["ORG-9", "SEAT-7", "CH-1"],
  isIdempotent: true,
  body: z.strictObject({
    name: organizationName,
    plan: z.enum(PLANS).optional(),
    limits: limitsInput.optional(),
  }),
  answers: { 201: organizationShape },
  refusals: ["quota-exceeded"],
});

export const myOrganizationsRoute = route({
  operationId: "listMyOrganizations",
  method: "GET",
  path: "/v1/me/organizations",
  function: "organization",
  summary: "The organizations I belong to, with my roles in each.",
  rules: ["ORG-8"],
  query: z.strictObject(pageQuery),
  answers: {
    200: listOf(
      organizationShape.extend({
        me: z.object({ orgRole: z.enum(ORG_ROLES), chatRole: z.enum(CHAT_ROLES) }),
      }),
    ),
  },
});

export const getOrganizationRoute = route({
  operationId: "getOrganization",
  method: "GET",
  path: "/v1/organizations/{org}",
  function: "organization",
  summary: "An organization with its plan, limits and settings.",
  rules: ["ORG-8"],
  answers: { 200: organizationShape },
});

export const updateOrganizationRoute = route({
  operationId: "updateOrganization",
  method: "PATCH",
  path: "/v1/organizations/{org}",
  function: "organization",
  summary: "Change name, plan, limits or settings; lowering a limit below usage keeps everybody.",
  rules: ["SEAT-5", "SEAT-7", "ORG-2", "ORG-3", "INV-2", "INV-13", "BRD-1"],
  body: z
    .strictObject({
      name: organizationName.optional(),
      plan: z.enum(PLANS).optional(),
      limits: limitsInput.optional(),
      settings: settingsInput.optional(),
    })
    .refine((body) => Object.keys(body).length > 0, "Nothing to change"),
  answers: { 200: organizationShape },
  refusals: ["not-org-manager", "colors-too-close", "stale"],
});

export const usageRoute = route({
  operationId: "getUsage",
  method: "GET",
  path: "/v1/organizations/{org}/usage",
  function: "organization",
  summary: "The dashboard: members, seats, guests, pending invitations, channels.",
  rules: ["SEAT-10", "SEAT-4"],
  answers: { 200: usageShape },
  refusals: ["not-manager"],
});

export const auditRoute = route({
  operationId: "listAudit",
  method: "GET",
  path: "/v1/organizations/{org}/audit",
  function: "organization",
  summary: "The audit log, newest first.",
  rules: ["INV-18"],
  query: z.strictObject(pageQuery),
  answers: {
    200: listOf(
      z.object({
        id: z.string(),
        action: z.enum(AUDIT_ACTIONS),
        actorId: z.string(),
        subjectId: z.string(),
        at: z.string(),
        sourceIp: z.string().optional(),
        details: z.record(z.string(), z.unknown()).optional(),
      }),
    ),
  },
  refusals: ["not-org-manager"],
});

/** Every route of this function. */
export const organizationRoutes = [
  createOrganizationRoute,
  myOrganizationsRoute,
  getOrganizationRoute,
  updateOrganizationRoute,
  usageRoute,
  auditRoute,
  ...personRoutes,
  ...statusRoutes,
  ...brandRoutes,
] as const;
