import { callAt } from "../../contract/call-now.ts";
import type { Call } from "../../table/calls.ts";
import type { CallShape } from "./contract.ts";

/** A call in the shape of the API, as it stands at `now` (CALL-2, CALL-3). */
export function presentCall(call: Call & { readonly seq: number }, now: number): CallShape {
  const { callId, channelId, url, startedBy, startedAt, endedAt, state, participants, seq } = callAt(
    call,
    now,
  );
  return {
    id: callId,
    channelId,
    url,
    startedBy: startedBy.userId,
    startedAt,
    ...(endedAt === undefined ? {} : { endedAt }),
    state,
    participants: [...participants],
    seq,
  };
}
