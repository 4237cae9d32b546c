import { type CallFacts, callAfter } from "@vestibule/domain/call-course";

/** A call as it stands at `now`, epoch ms: what has rung for a minute rings no more (CALL-2). */
export function callAt<Call extends CallFacts & { readonly startedAt: string }>(
  call: Call,
  now: number,
): Call {
  return callAfter(call, now - Date.parse(call.startedAt));
}
