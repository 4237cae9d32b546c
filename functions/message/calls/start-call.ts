import { newCall, rings } from "@vestibule/domain/call-course";
import { callRunning, MANY_PEOPLE, mayStartCall } from "@vestibule/domain/calls";
import { dndUntil } from "@vestibule/domain/status";
import { actorChecks, typeInSight } from "../../membership/actor-checks.ts";
import { type ChannelFacts, keyOf, loadChannelFacts } from "../../membership/channel-relation.ts";
import { newId } from "../../shell/ids.ts";
import { notFound } from "../../shell/problem.ts";
import type { Answer, Request } from "../../shell/route.ts";
import { untilSettled } from "../../shell/settle.ts";
import { demand } from "../../shell/standing.ts";
import { enterCallWrites } from "../../table/call-statuses.ts";
import { newCallWrites } from "../../table/call-writes.ts";
import { type Call, getCall, runningCall } from "../../table/calls.ts";
import { openChannelCheck } from "../../table/channel-conditions.ts";
import { getOrganization } from "../../table/organizations.ts";
import { getPeople } from "../../table/person-records.ts";
import { rosterOf } from "../../table/roster.ts";
import { getStatuses } from "../../table/statuses.ts";
import { isoTime, type Table } from "../../table/table.ts";
import { ConditionsFailed, TableBusy, transact } from "../../table/transaction.ts";
import { asParticipant, callActor } from "./call-in-channel.ts";
import type { ConferenceLinks } from "./conference-links.ts";
import type { startCallRoute } from "./contract.ts";
import { placedCall, settleSoon } from "./settle-call.ts";
import { presentCall } from "./show-call.ts";

type StartRequest = Request<typeof startCallRoute>;

/** CALL-2, PRS-4: whom a call rings; in a channel nobody. */
async function others(table: Table, { params, now }: StartRequest, { channel, person }: ChannelFacts) {
  if (!rings(channel.type)) return [];
  const lines = await rosterOf(table, keyOf({ org: params.org, channelId: params.chn }));
  const userIds = lines.flatMap(({ userId }) =>
    userId === undefined || userId === person.userId ? [] : userId,
  );
  const [people, statuses] = await Promise.all([
    getPeople(table, params.org, userIds),
    getStatuses(table, params.org, userIds),
  ]);
  return [...people.values()].map((other) => {
    const status = statuses.get(other.userId);
    return {
      ...asParticipant({ person: other }),
      isInDnd: status !== undefined && dndUntil(status, now) !== undefined,
    };
  });
}

/** The call that is to be: a repeated request makes the same one again. */
async function plannedCall(
  deps: { table: Table; links: ConferenceLinks },
  request: StartRequest,
  facts: ChannelFacts,
): Promise<Call> {
  const { params, plannedSuffix, now } = request;
  const startedBy = asParticipant(facts);
  return {
    organizationId: params.org,
    callId: plannedSuffix === undefined ? newId("call", now) : `call_${plannedSuffix}`,
    channelId: params.chn,
    url: deps.links.newLink(),
    startedBy,
    startedAt: isoTime(now),
    changedAt: isoTime(now),
    ...withList(newCall(startedBy, await others(deps.table, request, facts))),
    version: 1,
  };
}

function withList({ state, participants }: ReturnType<typeof newCall>): Pick<Call, "state" | "participants"> {
  return { state, participants: [...participants] };
}

/** CALL-4: who could come. Everybody is in General (CH-1). */
async function isManyPeople(table: Table, org: string, { channel }: ChannelFacts): Promise<boolean> {
  const members = channel.isGeneral ? (await getOrganization(table, org))?.seatsHeld : channel.members;
  return (members ?? 0) + channel.guests > MANY_PEOPLE;
}

/** The call in the table: a new one, or that which this very request had made before it was cut short. */
async function make(table: Table, call: Call, facts: ChannelFacts): Promise<Call | "again"> {
  const { organizationId: org, channelId, callId, startedAt } = call;
  const who = { org, userId: facts.person.userId, callId };
  const status = await enterCallWrites(table, who, Date.parse(startedAt));
  try {
    await transact(table, [
      ...newCallWrites(call),
      ...status,
      openChannelCheck(org, channelId, typeInSight(facts)),
      ...actorChecks(facts),
    ]);
    return call;
  } catch (error) {
    if (!(error instanceof ConditionsFailed || error instanceof TableBusy)) throw error;
    const running = await runningCall(table, { organizationId: org, channelId });
    if (running !== undefined && running !== callId) demand(callRunning(running));
    return (await getCall(table, org, callId)) ?? "again";
  }
}

/** CALL-1…CALL-5: starts a call; that no other one runs in the channel is a condition of the write. */
export async function startCall(
  deps: { table: Table; links: ConferenceLinks },
  request: StartRequest,
): Promise<Answer> {
  const { table } = deps;
  const { params, person, now } = request;
  const where = { org: params.org, channelId: params.chn, userId: person.userId, now };
  const { call, facts } = await untilSettled(async () => {
    const loaded = await loadChannelFacts(table, where);
    demand(mayStartCall({ ...callActor(loaded), isWithBot: loaded.membership?.isWithBot === true }));
    const made = await make(table, await plannedCall(deps, request, loaded), loaded);
    return made === "again" ? made : { call: made, facts: loaded };
  });
  const placed = await placedCall(table, call);
  if (placed === undefined) throw notFound("channel");
  await settleSoon(table, placed);
  const isMany = await isManyPeople(table, params.org, facts);
  return {
    status: 201,
    body: { ...presentCall(placed, now), ...(isMany ? { warning: "many-people" } : {}) },
  };
}
