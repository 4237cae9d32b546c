import { VestibuleProblem } from "@vestibule/client/problem";
import type { Channel, MyChannelChange } from "@vestibule/client/types";
import { element } from "../render.ts";
import { declineButton, joinLink } from "./call-card.ts";
import { isConversation } from "./channel-title.ts";
import { press } from "./controls.ts";
import { confirmed } from "./dialog.ts";
import { openAdder } from "./finder.ts";
import { say } from "./language.ts";
import { service } from "./service.ts";
import { attempt, note } from "./told.ts";
import { go } from "./ways.ts";
import { mayIn, place } from "./workplace.ts";

/** CH-11: how one keeps a channel, for oneself. */
async function change(channel: Channel, mine: MyChannelChange): Promise<void> {
  const { org, channels } = place();
  await attempt(async () => {
    const me = await service.changeMyChannel(org, channel.id, mine);
    channels.set(channel.id, { ...channel, me });
    go().redraw();
  });
}

async function leave(channel: Channel): Promise<void> {
  const { leaveTitle, leaveText, leave: yes } = say();
  if (!(await confirmed(leaveTitle(channel.name), leaveText, yes))) return;
  await attempt(() => service.leaveChannel(place().org, channel.id));
}

/** What one may do with a channel beside talking in it (GST-3, GST-4); what one may not is not offered. */
export function channelActs(channel: Channel): HTMLElement[] {
  const { id, me } = channel;
  const level = element(
    "select",
    {
      id: "channel-level",
      onchange: () => change(channel, { level: levels.find((one) => one === level.value) ?? "mentions" }),
    },
    ...Object.entries(say().levels).map(([value, words]) =>
      element("option", { value, selected: value === me.level }, words),
    ),
  );
  return [
    ...(mayIn(id, "channel.set-favourite")
      ? [
          press(me.favourite ? say().unfavourite : say().favourite, "", () =>
            change(channel, { favourite: !me.favourite }),
          ),
        ]
      : []),
    ...(mayIn(id, "channel.mute")
      ? [
          press(me.muted ? say().unmute : say().mute, "", () => change(channel, { muted: !me.muted })),
          element("label", {}, say().notify, level),
        ]
      : []),
    ...(mayIn(id, "channel.add-people") ? [press(say().addPeople, "", () => openAdder(id))] : []),
    ...(mayIn(id, "channel.leave") && !channel.general && !isConversation(channel)
      ? [press(say().leave, "", () => leave(channel))]
      : []),
  ];
}

const levels = ["all", "mentions", "none"] as const;

/** CALL-1: starts a call; where one is running already, offers that one (CALL-4). */
export async function startCall(channelId: string): Promise<void> {
  const { org } = place();
  await attempt(async () => {
    try {
      const { id: callId, url, warning } = await service.startCall(org, channelId);
      const words = warning === undefined ? say().callStarted : say().callManyPeople;
      note(element("p", {}, words), ...joinLink({ callId, url }));
    } catch (error) {
      const callId = error instanceof VestibuleProblem ? error.data["callId"] : undefined;
      if (typeof callId !== "string") throw error;
      const { url } = await service.getCall(org, callId);
      note(element("p", {}, say().callRunning), ...joinLink({ callId, url }), declineButton(callId));
    }
  });
}
