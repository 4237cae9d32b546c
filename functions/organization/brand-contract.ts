import { LOGO_LIMITS, LOGO_TYPES } from "@vestibule/domain/brand";
import * as z from "zod";
import { organizationShape } from "../contract/organization.ts";
import { route } from "../shell/route.ts";

const LOGO = "/v1/organizations/{org}/brand/logo";

/** Base64 writes three bytes in four characters; a logo that is a little too large is refused in its own words. */
const MAX_BASE64_CHARACTERS = 4 * LOGO_LIMITS.bytes;

export const putLogoRoute = route({
  operationId: "putLogo",
  method: "PUT",
  path: LOGO,
  function: "organization",
  summary: "Set the organization's logo: PNG, JPEG or WebP of at most 270 by 70 pixels and 32 KB, as base64.",
  rules: ["BRD-1"],
  body: z.strictObject({
    type: z.enum(LOGO_TYPES),
    data: z.base64().min(4).max(MAX_BASE64_CHARACTERS),
  }),
  answers: { 200: organizationShape },
  refusals: ["not-org-manager", "logo-too-large", "stale"],
});

export const deleteLogoRoute = route({
  operationId: "deleteLogo",
  method: "DELETE",
  path: LOGO,
  function: "organization",
  summary: "Remove the organization's logo, from mails that were sent too.",
  rules: ["BRD-1"],
  answers: { 200: organizationShape },
  refusals: ["not-org-manager", "stale"],
});

export const getBrandFileRoute = route({
  operationId: "getBrandFile",
  method: "GET",
  path: "/brand/{org}/{file}",
  function: "organization",
  access: "anonymous",
  summary: "An organization's logo, for its invitation mails and pages.",
  rules: ["BRD-1", "INV-16"],
  answers: { 200: null },
  refusals: ["not-found"],
});

/** The routes of an organization's brand. */
export const brandRoutes = [putLogoRoute, deleteLogoRoute, getBrandFileRoute] as const;
