import { presentGroupShare, rightsInOrder } from "../contract/share.ts";
import { notFound } from "../shell/problem.ts";
import type { Answer } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import { auditWrite } from "../table/audit.ts";
import { type GroupShare, getGroupShare, newGroupShareWrites } from "../table/group-shares.ts";
import { getGroup } from "../table/groups.ts";
import { isoTime, type Table } from "../table/table.ts";
import { ConditionsFailed, transact } from "../table/transaction.ts";
import { demandShare, loadSharing, originOf, type ShareRequest, sharingChecks } from "./sharing.ts";

function shareOf({ params, body, person, plannedSuffix, now }: ShareRequest, groupId: string): GroupShare {
  return {
    kind: "group",
    organizationId: params.org,
    addressId: params.adr,
    groupId,
    rights: rightsInOrder(body.rights),
    grantedBy: person.userId,
    ...(plannedSuffix === undefined ? {} : { plannedSuffix }),
    createdAt: isoTime(now),
    version: 1,
  };
}

/** SHR-8: gives everybody of a group access at once, whoever is in it from then on included. */
export async function shareWithGroup(table: Table, request: ShareRequest, groupId: string): Promise<Answer> {
  const { params, plannedSuffix } = request;
  return await untilSettled<Answer>(async () => {
    const sharing = await loadSharing(table, request);
    const [group, known] = await Promise.all([
      getGroup(table, params.org, groupId),
      getGroupShare(table, sharing.address, groupId),
    ]);
    const isRepeated = plannedSuffix !== undefined && known?.plannedSuffix === plannedSuffix;
    if (group === undefined) {
      demandShare(sharing, request, { email: null, hasAccess: false });
      throw notFound("group", { groupId });
    }
    const share = isRepeated ? known : shareOf(request, groupId);
    const answer = {
      status: 201,
      body: { share: presentGroupShare(share, group.name) },
      version: share.version,
    };
    if (isRepeated) return answer;
    demandShare(sharing, request, { email: null, hasAccess: known !== undefined });
    try {
      await transact(table, [
        ...newGroupShareWrites(share),
        ...sharingChecks(sharing),
        auditWrite(params.org, originOf(request), {
          action: "share.created",
          subjectId: share.addressId,
          details: { groupId, rights: share.rights.join(" ") },
        }),
      ]);
      return answer;
    } catch (error) {
      if (error instanceof ConditionsFailed) return "again";
      throw error;
    }
  });
}
