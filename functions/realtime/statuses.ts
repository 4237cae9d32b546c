import { shownStatus } from "@vestibule/domain/status";
import { presentStatus, type StatusShape } from "../contract/status.ts";
import { connectedAmong, getStatuses } from "../table/statuses.ts";
import type { Table } from "../table/table.ts";

/** PRS-1, PRS-2: how people are, in the order asked for; who may know it is the caller's to decide. */
export async function statusesOf(
  table: Table,
  org: string,
  userIds: readonly string[],
  now: number,
): Promise<StatusShape[]> {
  const [statuses, connected] = await Promise.all([
    getStatuses(table, org, userIds),
    connectedAmong(table, org, userIds, now),
  ]);
  return userIds.map((userId) => {
    const isConnected = connected.has(userId);
    return presentStatus(userId, shownStatus(statuses.get(userId) ?? {}, { isConnected, now }));
  });
}
