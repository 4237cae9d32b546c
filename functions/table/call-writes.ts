import type { Call } from "./calls.ts";
import { keys } from "./keys.ts";
import { changedNow } from "./message-changes.ts";
import type { Message } from "./messages.ts";
import { isoTime } from "./table.ts";
import type { Write } from "./transaction.ts";

/** A new call, unless one runs in its channel (label `running call`, CALL-4). */
export function newCallWrites(call: Call): Write[] {
  const { organizationId: org, callId, channelId, startedAt } = call;
  return [
    {
      label: "call",
      put: { ...keys.call(org, callId), ...keys.callIndex(org, callId, Date.parse(startedAt)), ...call },
      condition: "attribute_not_exists(pk)",
    },
    {
      label: "running call",
      put: { ...keys.channelCall(org, channelId), callId },
      condition: "attribute_not_exists(pk)",
    },
  ];
}

/** A call's course from one state of it to the next, if nobody else has changed it meanwhile; its channel is free at its end. */
export function callChangeWrites(
  before: Call,
  after: Pick<Call, "state" | "participants">,
  now: number,
): Write[] {
  const { organizationId: org, callId, channelId, version } = before;
  const isOver = after.state === "ended";
  const change: Write = {
    label: "call",
    update: keys.call(org, callId),
    expression: `SET #state = :state, participants = :participants, changedAt = :now, version = :next${isOver ? ", endedAt = :now" : ""}`,
    condition: "version = :version",
    names: { "#state": "state" },
    values: {
      ":state": after.state,
      ":participants": after.participants,
      ":now": isoTime(now),
      ":next": version + 1,
      ":version": version,
    },
  };
  if (!isOver) return [change];
  return [
    change,
    {
      label: "running call",
      remove: keys.channelCall(org, channelId),
      condition: "attribute_not_exists(pk) OR callId = :call",
      values: { ":call": callId },
    },
  ];
}

/** What of a call its message shows (CALL-3). */
export function shownCall({ callId, state, url, startedAt, endedAt, participants }: Call): Message["call"] {
  return { callId, state, url, startedAt, ...(endedAt === undefined ? {} : { endedAt }), participants };
}

/** Shows a call as it stands now on its message, while that is not deleted. */
export function showCallWrite(call: Call, seq: number, now: number): Write {
  const { organizationId: org, channelId } = call;
  const changed = changedNow({ organizationId: org, channelId }, seq, now);
  return {
    label: "call message",
    update: keys.message(org, channelId, seq),
    expression: `SET #call = :call, ${changed.expression}`,
    condition: "attribute_exists(pk) AND attribute_not_exists(isDeleted)",
    names: { "#call": "call" },
    values: { ":call": shownCall(call), ...changed.values },
  };
}

/** Notes where a call's message stands. It changes nothing of the call, so that its version stays. */
export function placedWrite({ organizationId: org, callId }: Call, seq: number): Write {
  return {
    label: "call",
    update: keys.call(org, callId),
    expression: "SET seq = :seq",
    condition: "attribute_exists(pk)",
    values: { ":seq": seq },
  };
}

/** Notes that a call's start was told in its thread. */
export function startToldWrite({ organizationId: org, callId }: Call): Write {
  return {
    label: "call",
    update: keys.call(org, callId),
    expression: "SET isStartTold = :yes",
    condition: "attribute_exists(pk)",
    values: { ":yes": true },
  };
}

/** Takes a call that is over, with all that follows from it, out of the index. */
export function settledWrite({ organizationId: org, callId }: Call): Write {
  return {
    label: "call",
    update: keys.call(org, callId),
    expression: "REMOVE gsi1pk, gsi1sk",
    condition: "#state = :ended",
    names: { "#state": "state" },
    values: { ":ended": "ended" },
  };
}
