import { auditWrite } from "../table/audit.ts";
import { getPerson } from "../table/person-records.ts";
import { getHolder, removeHolderWrites, sharesOf } from "../table/shares.ts";
import type { Table } from "../table/table.ts";
import type { Aligned } from "./record-check.ts";
import { goOn } from "./time-left.ts";
import { writeAnew } from "./write-anew.ts";

/**
 * SHR-4: clears away the shares that went with a membership which is over (ORG-10, GINV-11). They count for nothing since
 * it ended; what somebody has by accepting an invitation is theirs whatever they are here.
 */
export async function endMemberShares(table: Table, { org, facts, isTimeLeft }: Aligned): Promise<void> {
  const { userId } = facts;
  for (const share of await sharesOf(table, userId)) {
    if (share.organizationId !== org || share.via !== "member") continue;
    goOn(isTimeLeft);
    await writeAnew(table, async () => {
      const [holder, record] = await Promise.all([
        getHolder(table, share, userId),
        getPerson(table, org, userId),
      ]);
      // Somebody deactivated gets theirs back when they are reactivated.
      const isOver = record?.kind !== "member" || record.joinedAt !== holder?.memberSince;
      if (holder?.via !== "member" || !isOver) return { writes: [], result: undefined };
      const origin = { actorId: "system", sourceIp: undefined, now: Date.now() };
      const details = { userId, reason: "membership ended" };
      const audit = auditWrite(org, origin, { action: "share.removed", subjectId: share.addressId, details });
      return { writes: [...removeHolderWrites(holder), audit], result: undefined };
    });
  }
}
