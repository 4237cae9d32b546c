import { presentOrganization } from "../contract/organization.ts";
import { cursorOf, readCursor } from "../shell/cursor.ts";
import { notFound } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import { actorWho } from "../shell/standing.ts";
import { listAudit } from "../table/audit.ts";
import { membershipsOf } from "../table/members.ts";
import { getOrganization, getOrganizations, type Organization } from "../table/organizations.ts";
import type { Table } from "../table/table.ts";
import type { auditRoute, getOrganizationRoute, myOrganizationsRoute } from "./contract.ts";

async function loadOrganization(table: Table, org: string): Promise<Organization> {
  const organization = await getOrganization(table, org);
  if (organization === undefined) throw notFound("organization");
  return organization;
}

/** An organization, to its members. */
export async function readOrganization(
  table: Table,
  { params, person, now }: Request<typeof getOrganizationRoute>,
): Promise<Answer> {
  await actorWho(table, { org: params.org, userId: person.userId, now }, "organization.read");
  const organization = await loadOrganization(table, params.org);
  return { status: 200, body: presentOrganization(organization), version: organization.version };
}

/** ORG-8: the organizations in which the person is an active member, by name; all of them, as they are few. */
export async function listMyOrganizations(
  table: Table,
  { person, query }: Request<typeof myOrganizationsRoute>,
): Promise<Answer> {
  const scope = ["my-organizations", person.userId];
  const after = readCursor(scope, query.cursor);
  const memberships = (await membershipsOf(table, person.userId))
    .filter((member) => member.state === "active")
    .sort((a, b) => a.organizationId.localeCompare(b.organizationId));
  const from = memberships.filter((member) => after === undefined || member.organizationId > after);
  const page = from.slice(0, query.limit);
  const organizations = new Map(
    (
      await getOrganizations(
        table,
        page.map((member) => member.organizationId),
      )
    ).map((organization) => [organization.organizationId, organization]),
  );
  const items = page.flatMap((member) => {
    const organization = organizations.get(member.organizationId);
    if (organization === undefined) return [];
    const { orgRole, chatRole } = member;
    return [{ ...presentOrganization(organization), me: { orgRole, chatRole } }];
  });
  const isMore = from.length > page.length;
  return {
    status: 200,
    body: { items, nextCursor: cursorOf(scope, isMore ? page.at(-1)?.organizationId : undefined) },
  };
}

/** INV-18: the audit log, to org managers. */
export async function readAudit(
  table: Table,
  { params, person, query, now }: Request<typeof auditRoute>,
): Promise<Answer> {
  await actorWho(table, { org: params.org, userId: person.userId, now }, "audit.list");
  const scope = ["audit", params.org];
  const page = await listAudit(table, params.org, {
    limit: query.limit,
    after: readCursor(scope, query.cursor),
  });
  const items = page.items.map(({ auditId, ...entry }) => ({ id: auditId, ...entry }));
  return { status: 200, body: { items, nextCursor: cursorOf(scope, page.after) } };
}
