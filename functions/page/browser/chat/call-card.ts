import type { Message, Participant, ShownCall } from "@vestibule/client/types";
import { element } from "../render.ts";
import { press, tag } from "./controls.ts";
import { listed } from "./dates.ts";
import { say } from "./language.ts";
import { webAddress } from "./markdown-inline.ts";
import { service } from "./service.ts";
import { attempt } from "./told.ts";
import { isMe, mayIn, place } from "./workplace.ts";

function mine({ participants }: ShownCall): Participant["state"] | undefined {
  return participants.find(({ userId }) => isMe(userId))?.state;
}

/** The way into a call: whoever takes it has accepted (CALL-3). */
export function joinLink({ callId, url }: Pick<ShownCall, "callId" | "url">): HTMLElement[] {
  const href = webAddress(url);
  if (href === undefined) return [];
  const accept = () => void attempt(() => service.acceptCall(place().org, callId));
  const to = { href, target: "_blank", rel: "noopener noreferrer", className: "button", onclick: accept };
  return [element("a", to, say().joinCall)];
}

/** CALL-2: the answer to a call that rings. */
export function declineButton(callId: string): HTMLElement {
  return press(say().declineCall, "small", () => attempt(() => service.declineCall(place().org, callId)));
}

function acts(channelId: string, call: ShownCall): HTMLElement[] {
  if (call.state === "ended" || !mayIn(channelId, "call.join")) return [];
  const { org } = place();
  const state = mine(call);
  return [
    ...joinLink(call),
    ...(state === "ringing" ? [declineButton(call.callId)] : []),
    ...(state === "accepted"
      ? [press(say().leaveCall, "small", () => attempt(() => service.leaveCall(org, call.callId)))]
      : []),
    press(say().endCall, "small", () => attempt(() => service.endCall(org, call.callId))),
  ];
}

/** CALL-3: a call as it is now: who is in it, who was, who declined or missed it. */
export function callCard({ channelId, call }: Message): HTMLElement[] {
  if (call === undefined) return [];
  const lines = Object.entries(say().participants).flatMap(([state, words]) => {
    const names = call.participants.filter((one) => one.state === state).map(({ name }) => name);
    return names.length === 0 ? [] : [element("li", {}, words(listed(names)))];
  });
  const head = element("p", {}, tag(say().calls[call.state], call.state === "ended" ? "" : "good"));
  const bar = element("div", { className: "actions" }, ...acts(channelId, call));
  return [element("div", { className: "card" }, head, element("ul", {}, ...lines), bar)];
}
