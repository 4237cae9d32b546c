import { type RelayDeps, relayBatch } from "./relay-batch.ts";
import { streamEvent } from "./stream-event.ts";

/** The Lambda handler of the table's stream. */
export function relayHandler(deps: RelayDeps) {
  return async (event: unknown) => await relayBatch(deps, streamEvent.parse(event).Records);
}
