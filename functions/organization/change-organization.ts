import { notFound, stale } from "../shell/problem.ts";
import type { Person } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import { actorWho } from "../shell/standing.ts";
import { auditWrite } from "../table/audit.ts";
import { unchangedCheck } from "../table/members.ts";
import { getOrganization, type Organization, updateOrganizationWrite } from "../table/organizations.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed, transact, type Write } from "../table/transaction.ts";

type Asked = {
  readonly params: { readonly org: string };
  readonly person: Person;
  readonly ifMatch: number | undefined;
  readonly sourceIp: string;
  readonly now: number;
};

/** What a change makes of the organization that was read, what is written with it, and what the audit log calls it. */
export type Change = {
  readonly after: Organization;
  readonly writes: readonly Write[];
  readonly fields: readonly string[];
};

/**
 * ORG-2, ORG-3: an org manager changes the organization, on the version that is read here, with an audit entry; in one
 * transaction with whatever else the change writes; nothing, where it finds nothing to change.
 */
export async function changeOrganization(
  table: Table,
  { params: { org }, person, ifMatch, sourceIp, now }: Asked,
  change: (before: Organization) => Change | undefined,
): Promise<Organization> {
  return await untilSettled(async () => {
    const actor = await actorWho(table, { org, userId: person.userId, now }, "organization.update");
    const before = await getOrganization(table, org);
    if (before === undefined) throw notFound("organization");
    if (ifMatch !== undefined && ifMatch !== before.version) throw stale();
    const changed = change(before);
    if (changed === undefined) return before;
    const { after, writes, fields } = changed;
    const details = { fields: fields.join(",") };
    try {
      await transact(table, [
        updateOrganizationWrite(before, after),
        unchangedCheck("actor", actor.person),
        ...writes,
        auditWrite(
          org,
          { actorId: person.userId, sourceIp, now },
          { action: "organization.updated", subjectId: org, details },
        ),
      ]);
      return { ...after, version: before.version + 1 };
    } catch (error) {
      if (error instanceof ConditionsFailed) return "again";
      throw error;
    }
  });
}
