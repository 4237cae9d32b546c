import type { LiveEvent } from "../realtime/event-contract.ts";
import type { Notice } from "../realtime/notice.ts";
import type { Message } from "../table/messages.ts";
import { isShownAlike } from "./shown-change.ts";

type Told = Pick<Notice, "organizationId" | "channel">;
type Place = { readonly channelId: string; readonly seq: number };

/** CALL-2: each who is to be rung, on all their connections; not who is in DND by now, nor who is no longer in it. */
function ringing(told: Told, place: Place, call: NonNullable<Message["call"]>): Notice[] {
  return call.participants
    .filter(({ state }) => state === "ringing")
    .map(({ userId }) => ({
      ...told,
      event: { type: "call.ringing", ...place, call },
      concerns: userId,
      onlyIfIn: true,
      isDisturbing: true,
    }));
}

function typeOf(
  before: Message["call"],
  after: NonNullable<Message["call"]>,
): LiveEvent["type"] & `call.${string}` {
  if (after.state === "ended") return before?.state === "ended" ? "call.updated" : "call.ended";
  return before === undefined ? "call.started" : "call.updated";
}

/** CALL-1, CALL-3: how a call stands, to those in its channel, as its message says; a new one rings (CALL-2). */
export function ofCall(told: Told, place: Place, before: Message["call"], after: Message["call"]): Notice[] {
  if (after === undefined || isShownAlike(before, after)) return [];
  const type = typeOf(before, after);
  const notice: Notice = { ...told, event: { type, ...place, call: after } };
  return type === "call.started" && after.state === "ringing"
    ? [notice, ...ringing(told, place, after)]
    : [notice];
}
