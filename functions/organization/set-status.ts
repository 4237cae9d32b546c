import { changedStatus, maySetStatus, type StatusChange, shownStatus } from "@vestibule/domain/status";
import { presentStatus, type StatusShape, statusChangeOf } from "../contract/status.ts";
import { writeAnew } from "../membership/write-anew.ts";
import type { Answer, Request } from "../shell/route.ts";
import { demand } from "../shell/standing.ts";
import { keys } from "../table/keys.ts";
import { getPerson, standingAt } from "../table/person-records.ts";
import { loadStatus, statusWrites } from "../table/status-writes.ts";
import type { Table } from "../table/table.ts";
import type { Write } from "../table/transaction.ts";
import type { setStatusRoute } from "./status-contract.ts";

/** Who sets their status, and when. */
export type StatusSetter = { readonly org: string; readonly userId: string; readonly now: number };

/** Who is removed at the same time leaves no status behind (ORG-10). */
const isHereCheck = (org: string, userId: string): Write => ({
  label: "person",
  check: keys.member(org, userId),
  condition: "attribute_exists(pk)",
});

/**
 * PRS-1, PRS-2, GST-5: sets what somebody says of how they are, and answers how that is seen. By HTTP, by frame and by
 * command it is this one act.
 */
export async function setStatus(
  table: Table,
  { org, userId, now }: StatusSetter,
  change: StatusChange,
): Promise<StatusShape> {
  return await writeAnew(table, async () => {
    const person = await getPerson(table, org, userId);
    demand(maySetStatus({ actor: standingAt(person, now), change, now }));
    const before = await loadStatus(table, org, userId, now);
    const status = changedStatus(before.stored ?? {}, change);
    return {
      writes: [...statusWrites({ org, user: userId }, before, status, now), isHereCheck(org, userId)],
      result: presentStatus(userId, shownStatus(status, { isConnected: before.isConnected, now })),
    };
  });
}

/** `PUT …/me/status`. */
export async function serveSetStatus(
  table: Table,
  { params, person, body, now }: Request<typeof setStatusRoute>,
): Promise<Answer> {
  const setter = { org: params.org, userId: person.userId, now };
  return { status: 200, body: await setStatus(table, setter, statusChangeOf(body)) };
}
