import { limitsFor } from "@vestibule/domain/plans";
import { presentOrganization } from "../contract/organization.ts";
import type { Answer, Request } from "../shell/route.ts";
import type { Organization } from "../table/organizations.ts";
import { retentionWrites } from "../table/retention.ts";
import type { Table } from "../table/table.ts";
import { changeOrganization } from "./change-organization.ts";
import { changedSettings } from "./changed-settings.ts";
import type { updateOrganizationRoute } from "./contract.ts";

type UpdateRequest = Request<typeof updateOrganizationRoute>;

function changed(
  before: Organization,
  { name, plan, limits, settings }: UpdateRequest["body"],
): Organization {
  const isOtherPlan = plan !== undefined && plan !== before.plan;
  const base = isOtherPlan ? {} : before.limits;
  return {
    ...before,
    name: name ?? before.name,
    plan: plan ?? before.plan,
    limits: limitsFor(plan ?? before.plan, { ...base, ...limits }),
    settings: changedSettings(before.settings, settings),
  };
}

/**
 * Changes an organization's name, plan, limits or settings. Another plan brings its presets, with the limits given in
 * the same request on top, and decides whether old messages are deleted (SEAT-7). Lowering a limit below usage keeps everybody in and shows the overrun (SEAT-5).
 */
export async function updateOrganization(table: Table, request: UpdateRequest): Promise<Answer> {
  const fields = Object.keys(request.body);
  const organization = await changeOrganization(table, request, (before) => {
    const after = changed(before, request.body);
    const plans = { before: before.plan, after: after.plan };
    return { after, writes: retentionWrites(before.organizationId, plans), fields };
  });
  return { status: 200, body: presentOrganization(organization), version: organization.version };
}
