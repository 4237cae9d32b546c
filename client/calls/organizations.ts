import { type Connection, request } from "../request.ts";
import type * as t from "../types.ts";
import { at } from "./paths.ts";

/** Organizations, their figures and audit log, and what the caller is and may do in them. */
export function organizationCalls(connection: Connection) {
  return {
    health: () => request<{ status: string; version: string; time: string }>(connection, "GET", "/v1/health"),

    getMe: () => request<t.Me>(connection, "GET", "/v1/me"),
    changeMe: (body: t.MeChange) => request<t.Me>(connection, "PATCH", "/v1/me", { body }),
    listMyOrganizations: (query?: t.PageQuery) =>
      request<t.Page<t.MyOrganization>>(connection, "GET", "/v1/me/organizations", {
        ...(query && { query }),
      }),

    createOrganization: (body: t.NewOrganization) =>
      request<t.Organization>(connection, "POST", "/v1/organizations", { body, creates: true }),
    getOrganization: (org: string) => request<t.Organization>(connection, "GET", at(org)),
    changeOrganization: (org: string, body: t.OrganizationChange, ifMatch?: string) =>
      request<t.Organization>(connection, "PATCH", at(org), { body, ...(ifMatch && { ifMatch }) }),
    /** BRD-1: the logo of the organization's invitations. */
    setLogo: (org: string, body: t.Logo) =>
      request<t.Organization>(connection, "PUT", `${at(org)}/brand/logo`, { body }),
    removeLogo: (org: string) => request<t.Organization>(connection, "DELETE", `${at(org)}/brand/logo`),
    getUsage: (org: string) => request<t.Usage>(connection, "GET", `${at(org)}/usage`),
    listAudit: (org: string, query?: t.PageQuery) =>
      request<t.Page<t.AuditEntry>>(connection, "GET", `${at(org)}/audit`, { ...(query && { query }) }),

    /** GST-17: everything that the caller may do here, or in one channel, and why not the rest. */
    listPermissions: (org: string, query?: { channelId?: string; userId?: string }) =>
      request<{ items: t.Permission[] }>(connection, "GET", `${at(org)}/permissions`, {
        ...(query && { query }),
      }),
    /** GST-17: one question; a “no” is an answer, too, not a refusal. */
    checkPermission: (org: string, body: t.PermissionQuestion) =>
      request<t.Verdict>(connection, "POST", `${at(org)}/permissions/check`, { body, repeatable: true }),
  };
}
