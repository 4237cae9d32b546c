import { shownStatus } from "@vestibule/domain/status";
import { presentStatus } from "../contract/status.ts";
import { isUserId } from "../shell/ids.ts";
import type { Answer, Request } from "../shell/route.ts";
import { actorWho } from "../shell/standing.ts";
import { getPeople } from "../table/person-records.ts";
import { connectedAmong, getStatuses } from "../table/statuses.ts";
import type { Table } from "../table/table.ts";
import { seenAmong } from "./seen-person.ts";
import type { listStatusesRoute } from "./status-contract.ts";

/**
 * PRS-3, GST-16: how people are, in the order asked for. Whoever is not there, and whom a guest may not know of, is left
 * out alike.
 */
export async function listStatuses(
  table: Table,
  { params, person, query, now }: Request<typeof listStatusesRoute>,
): Promise<Answer> {
  const { org } = params;
  const actor = await actorWho(table, { org, userId: person.userId, now }, "status.read");
  const asked = query.userIds.filter(isUserId);
  const seen = await seenAmong(table, actor, await getPeople(table, org, asked), now);
  const userIds = asked.filter((userId) => seen.has(userId));
  const [statuses, connected] = await Promise.all([
    getStatuses(table, org, userIds),
    connectedAmong(table, org, userIds, now),
  ]);
  const items = userIds.map((userId) => {
    const isConnected = connected.has(userId);
    return presentStatus(userId, shownStatus(statuses.get(userId) ?? {}, { isConnected, now }));
  });
  return { status: 200, body: { items, nextCursor: null } };
}
