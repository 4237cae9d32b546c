import { ended, isForgotten, whoIsIn, withoutGone } from "@vestibule/domain/call-course";
import { callAt } from "../contract/call-now.ts";
import { relationOf } from "../membership/channel-relation.ts";
import { changeCall } from "../message/calls/change-call.ts";
import { settleCall } from "../message/calls/settle-call.ts";
import { giveStatusBack } from "../table/call-statuses.ts";
import { type Call, getCall, unsettledCalls } from "../table/calls.ts";
import { generalChannelId } from "../table/keys.ts";
import { getMembershipsOf } from "../table/memberships.ts";
import { getPeople, standingAt } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";
import { type Tried, untried } from "../table/tried.ts";

/** Younger calls still ring, and are being settled by the request that started them. */
const AGE_MS = 2 * 60_000;

/**
 * Brings calls to their end that nobody ends (CALL-3, CALL-5): of those who are in the channel no more, of those that
 * everybody forgot to leave; writes down who has missed one; and finishes what was cut short.
 * @returns how many calls it ended
 */
export async function endCalls(
  table: Table,
  now: number,
  isTimeLeft: () => boolean,
  tried: Tried = untried,
): Promise<number> {
  let over = 0;
  if (!isTimeLeft()) return over;
  for await (const page of unsettledCalls(table, now - AGE_MS)) {
    for (const call of page) {
      if (!isTimeLeft()) return over;
      if (await tried(() => bringOn(table, call, now), false)) over += 1;
    }
  }
  return over;
}

/** Whether the call ended by this. */
async function bringOn(table: Table, call: Call, now: number): Promise<boolean> {
  await settleCall(table, call);
  if (call.state === "ended") return false;
  // What was settled may have found its message's place.
  const stored = (await getCall(table, call.organizationId, call.callId)) ?? call;
  const before = callAt(stored, now);
  const gone = await goneFrom(table, before, now);
  const left = withoutGone(before, gone);
  const course = isForgotten(
    { ...before, ...left },
    { ageMs: now - Date.parse(before.startedAt), unchangedMs: now - Date.parse(before.changedAt) },
  )
    ? ended({ ...before, ...left })
    : left;
  if (course === stored) return false;
  const after = await changeCall(table, stored, { course, now, besides: [] });
  // Somebody came or went at this moment: the next sweep looks again.
  if (after === "again") return false;
  await settleCall(table, after);
  for (const userId of whoIsIn(stored).filter((one) => gone.has(one))) {
    await giveStatusBack(table, { org: stored.organizationId, userId, callId: stored.callId }, now);
  }
  return after.state === "ended";
}

/** Who of a call's people is no longer in its channel, or in the organization. */
async function goneFrom(
  table: Table,
  { organizationId: org, channelId, participants }: Call,
  now: number,
): Promise<Set<string>> {
  const userIds = participants.map(({ userId }) => userId);
  const [people, rows] = await Promise.all([
    getPeople(table, org, userIds),
    getMembershipsOf(table, { organizationId: org, channelId }, userIds),
  ]);
  const isGeneral = channelId === generalChannelId(org);
  const isIn = (userId: string): boolean => {
    const person = people.get(userId);
    const standing = standingAt(person, now);
    const isActive = standing.kind !== "outsider" && standing.state === "active";
    return isActive && relationOf({ isGeneral }, person, rows.get(userId)) !== "none";
  };
  return new Set(userIds.filter((userId) => !isIn(userId)));
}
