import { type Implementation, implement } from "../shell/route.ts";
import type { Table } from "../table/table.ts";
import {
  auditRoute,
  createOrganizationRoute,
  getOrganizationRoute,
  myOrganizationsRoute,
  updateOrganizationRoute,
  usageRoute,
} from "./contract.ts";
import { createOrganization } from "./create-organization.ts";
import { listMyOrganizations, readAudit, readOrganization, readUsage } from "./read-organization.ts";
import { updateOrganization } from "./update-organization.ts";

/** What the `organization` function does, route by route. */
export function organizationUseCases(table: Table): Implementation[] {
  return [
    implement(createOrganizationRoute, (request) => createOrganization(table, request)),
    implement(myOrganizationsRoute, (request) => listMyOrganizations(table, request)),
    implement(getOrganizationRoute, (request) => readOrganization(table, request)),
    implement(updateOrganizationRoute, (request) => updateOrganization(table, request)),
    implement(usageRoute, (request) => readUsage(table, request)),
    implement(auditRoute, (request) => readAudit(table, request)),
  ];
}
