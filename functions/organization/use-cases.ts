import { type Implementation, implement } from "../shell/route.ts";
import type { Table } from "../table/table.ts";
import { deleteLogoRoute, getBrandFileRoute, putLogoRoute } from "./brand-contract.ts";
import { deleteLogo, putLogo } from "./change-logo.ts";
import {
  auditRoute,
  createOrganizationRoute,
  getOrganizationRoute,
  myOrganizationsRoute,
  updateOrganizationRoute,
  usageRoute,
} from "./contract.ts";
import { createOrganization } from "./create-organization.ts";
import { listStatuses } from "./list-statuses.ts";
import {
  checkPermissionRoute,
  directoryRoute,
  getMeRoute,
  permissionsRoute,
  updateMeRoute,
} from "./person-contract.ts";
import { readBrandFile } from "./read-brand-file.ts";
import { readMe } from "./read-me.ts";
import { listMyOrganizations, readAudit, readOrganization } from "./read-organization.ts";
import { checkPermission, listPermissions } from "./read-permissions.ts";
import { readUsage } from "./read-usage.ts";
import { searchDirectory } from "./search-directory.ts";
import { serveSetStatus } from "./set-status.ts";
import { listStatusesRoute, setStatusRoute } from "./status-contract.ts";
import { updateMe } from "./update-me.ts";
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
    implement(getMeRoute, (request) => readMe(table, request)),
    implement(updateMeRoute, (request) => updateMe(table, request)),
    implement(directoryRoute, (request) => searchDirectory(table, request)),
    implement(permissionsRoute, (request) => listPermissions(table, request)),
    implement(checkPermissionRoute, (request) => checkPermission(table, request)),
    implement(setStatusRoute, (request) => serveSetStatus(table, request)),
    implement(listStatusesRoute, (request) => listStatuses(table, request)),
    implement(putLogoRoute, (request) => putLogo(table, request)),
    implement(deleteLogoRoute, (request) => deleteLogo(table, request)),
    implement(getBrandFileRoute, (request) => readBrandFile(table, request)),
  ];
}
