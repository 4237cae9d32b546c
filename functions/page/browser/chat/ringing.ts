import type { ShownCall } from "@vestibule/client/types";
import { element } from "../render.ts";
import { declineButton, joinLink } from "./call-card.ts";
import { titleOf } from "./channel-title.ts";
import { say } from "./language.ts";
import { isMe, place } from "./workplace.ts";

/** CALL-2: it rings for a minute. */
const RINGS_MS = 60_000;

const ringing = new Map<string, { channelId: string; call: ShownCall; since: number }>();
const banner = element("div", { id: "ringing", role: "alert" });

function isRinging({ call, since }: { call: ShownCall; since: number }): boolean {
  const mine = call.participants.find(({ userId }) => isMe(userId))?.state;
  return call.state !== "ended" && mine === "ringing" && Date.now() - since < RINGS_MS;
}

/** What a live event tells of a call. */
export function hearCall(channelId: string, call: ShownCall): void {
  const since = ringing.get(call.callId)?.since ?? Date.now();
  if (isRinging({ call, since })) {
    if (!ringing.has(call.callId)) setTimeout(drawRinging, RINGS_MS);
    ringing.set(call.callId, { channelId, call, since });
  } else ringing.delete(call.callId);
  drawRinging();
}

/** Says who calls, with the way in. */
export function drawRinging(): void {
  for (const [id, one] of ringing) if (!isRinging(one)) ringing.delete(id);
  const ids = [...ringing.keys()].join();
  if (banner.dataset["calls"] === ids) return;
  banner.dataset["calls"] = ids;
  banner.replaceChildren(
    ...[...ringing.values()].map(({ channelId, call }) => {
      const channel = place().channels.get(channelId);
      const words = say().callRings(channel === undefined ? say().somebody : titleOf(channel));
      return element(
        "div",
        { className: "ring" },
        element("p", {}, words),
        ...joinLink(call),
        declineButton(call.callId),
      );
    }),
  );
}

/** The line of it. */
export function ringingBanner(): HTMLElement {
  return banner;
}
