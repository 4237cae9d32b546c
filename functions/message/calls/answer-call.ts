import { answered, type CallAnswer, ended } from "@vestibule/domain/call-course";
import { mayAnswerCall, mayEndCall } from "@vestibule/domain/calls";
import { callAt } from "../../contract/call-now.ts";
import { actorChecks, typeInSight } from "../../membership/actor-checks.ts";
import type { ChannelFacts } from "../../membership/channel-relation.ts";
import type { Answer } from "../../shell/route.ts";
import { untilSettled } from "../../shell/settle.ts";
import { enterCallWrites, leaveCallWrites } from "../../table/call-statuses.ts";
import { openChannelCheck } from "../../table/channel-conditions.ts";
import type { Table } from "../../table/table.ts";
import type { Write } from "../../table/transaction.ts";
import { asParticipant, type CallRequest, callActor, callInChannel } from "./call-in-channel.ts";
import { changeCall } from "./change-call.ts";
import { type PlacedCall, settleSoon } from "./settle-call.ts";
import { presentCall } from "./show-call.ts";

/** CALL-5: the status that goes with an answer; who comes does so while the channel is open (CH-7). */
async function writesOf(
  table: Table,
  answer: CallAnswer,
  { call, facts, now }: { call: PlacedCall; facts: ChannelFacts; now: number },
): Promise<Write[]> {
  const { organizationId: org, channelId, callId } = call;
  const who = { org, userId: facts.person.userId, callId };
  if (answer !== "accept") return await leaveCallWrites(table, who, now);
  return [...(await enterCallWrites(table, who, now)), openChannelCheck(org, channelId, typeInSight(facts))];
}

async function showSettled(table: Table, call: PlacedCall, now: number): Promise<Answer> {
  if (call.state === "ended") await settleSoon(table, call);
  return { status: 200, body: presentCall(call, now) };
}

/** CALL-1, CALL-3, CALL-5: somebody accepts, declines or leaves a call; the last one who leaves ends it. */
export async function answerCall(table: Table, request: CallRequest, answer: CallAnswer): Promise<Answer> {
  const { now } = request;
  let isChanged = false;
  const call = await untilSettled(async () => {
    const found = await callInChannel(table, request, (facts, { state }) =>
      mayAnswerCall({ ...callActor(facts), answer, callState: state }),
    );
    const course = answered(callAt(found.call, now), asParticipant(found.facts), answer);
    if (course === undefined) return found.call;
    isChanged = true;
    const besides = [...(await writesOf(table, answer, { ...found, now })), ...actorChecks(found.facts)];
    return await changeCall(table, found.call, { course, now, besides });
  });
  return isChanged ? await showSettled(table, call, now) : { status: 200, body: presentCall(call, now) };
}

/** CALL-1: ends a call for everybody; one that is over stays as it is. */
export async function endCall(table: Table, request: CallRequest): Promise<Answer> {
  const { now, person } = request;
  const call = await untilSettled(async () => {
    const found = await callInChannel(table, request, (facts, { startedBy }) =>
      mayEndCall({ ...callActor(facts), isStarter: startedBy.userId === person.userId }),
    );
    if (found.call.state === "ended") return found.call;
    return await changeCall(table, found.call, {
      course: ended(callAt(found.call, now)),
      now,
      besides: actorChecks(found.facts),
    });
  });
  return await showSettled(table, call, now);
}
