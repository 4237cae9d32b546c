import { limitsFor } from "@vestibule/domain/plans";
import { presentOrganization } from "../contract/organization.ts";
import { notFound, stale } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import { actorWho } from "../shell/standing.ts";
import { auditWrite } from "../table/audit.ts";
import { unchangedCheck } from "../table/members.ts";
import { getOrganization, type Organization, updateOrganizationWrite } from "../table/organizations.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed, transact } from "../table/transaction.ts";
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
    version: before.version + 1,
  };
}

/**
 * Changes an organization's name, plan, limits or settings. Another plan brings its presets, with the limits given in
 * the same request on top. Lowering a limit below usage keeps everybody in and shows the overrun (SEAT-5).
 */
export async function updateOrganization(table: Table, request: UpdateRequest): Promise<Answer> {
  const { params, person, body, ifMatch, now } = request;
  const { org } = params;
  const after = await untilSettled(async () => {
    const actor = await actorWho(table, { org, userId: person.userId, now }, "organization.update");
    const before = await getOrganization(table, org);
    if (before === undefined) throw notFound("organization");
    if (ifMatch !== undefined && ifMatch !== before.version) throw stale();
    const organization = changed(before, body);
    try {
      await transact(table, [
        updateOrganizationWrite(before, organization),
        unchangedCheck("actor", actor.person),
        auditWrite(
          org,
          { actorId: person.userId, sourceIp: request.sourceIp, now },
          {
            action: "organization.updated",
            subjectId: org,
            details: { fields: Object.keys(body).join(",") },
          },
        ),
      ]);
      return organization;
    } catch (error) {
      if (error instanceof ConditionsFailed) return "again";
      throw error;
    }
  });
  return { status: 200, body: presentOrganization(after), version: after.version };
}
