import type { SessionEvent } from "@vestibule/client/types";
import { forgetCommands } from "./channel-commands.ts";
import { titleOf } from "./channel-title.ts";
import { say } from "./language.ts";
import { membersPanel } from "./members-panel.ts";
import { excerpt } from "./message-view.ts";
import { openedChannel } from "./opened.ts";
import { learnNames, readChannels } from "./people-names.ts";
import { hearCall } from "./ringing.ts";
import { leaveChannel, refreshChannel } from "./room.ts";
import { showSide, sidePanel } from "./side.ts";
import { announce } from "./told.ts";
import { go } from "./ways.ts";
import { isMe, place } from "./workplace.ts";

/** Changes come in bursts. */
const BURST_MS = 300;

let timer: ReturnType<typeof setTimeout> | undefined;
const changed = new Set<string>();

/** Reads anew what the channels are, whose they are, and what one may in those that changed. */
export async function refreshChannels(): Promise<void> {
  const { channels, channelPermissions } = place();
  const some = [...changed];
  changed.clear();
  try {
    await readChannels();
  } catch {
    // The next change, or the next connection, asks again.
    return;
  }
  await learnNames(channels.values());
  const opened = openedChannel();
  for (const id of some) {
    forgetCommands(id);
    if (id !== opened) channelPermissions.delete(id);
    // What is not to be seen any more is not among one's channels.
    else if (channels.has(id)) await refreshChannel(id).catch(() => undefined);
  }
  if (opened !== undefined && !channels.has(opened)) leaveChannel();
  go().redraw();
}

function soon(channelId?: string): void {
  if (channelId !== undefined) changed.add(channelId);
  clearTimeout(timer);
  timer = setTimeout(refreshChannels, BURST_MS);
}

function tell(event: Extract<SessionEvent, { type: "message.posted" }>): void {
  const { channelId, message } = event;
  if (!place().channels.has(channelId)) soon(channelId);
  if (message === undefined || isMe(message.author.userId) || openedChannel() !== channelId) return;
  announce(say().says(message.author.name, excerpt(message)));
}

function tellMention(channelId: string): void {
  const channel = place().channels.get(channelId);
  if (channel !== undefined && openedChannel() !== channelId) announce(say().mentionedIn(titleOf(channel)));
}

let panelTimer: ReturnType<typeof setTimeout> | undefined;

/** Who is in the channel has changed before the eyes of whoever looks at its people. */
function refreshMembers(channelId: string): void {
  if (sidePanel()?.key !== `members-${channelId}`) return;
  clearTimeout(panelTimer);
  panelTimer = setTimeout(() => {
    if (sidePanel()?.key === `members-${channelId}`) showSide(membersPanel(channelId));
  }, BURST_MS);
}

function hearOne(event: SessionEvent & { channelId?: string; userId?: string }): void {
  switch (event.type) {
    case "message.posted":
      tell(event);
      break;
    case "call.ringing":
    case "call.started":
    case "call.updated":
    case "call.ended":
      hearCall(event.channelId, event.call);
      break;
    case "notification":
      if (event.reason === "mention") tellMention(event.channelId);
      break;
    case "channel.member.added":
    case "channel.member.updated":
    case "channel.member.removed":
      if (isMe(event.userId) || event.channelId === openedChannel()) soon(event.channelId);
      refreshMembers(event.channelId);
      break;
    case "channel.deleted":
      soon(event.channelId);
      break;
    default:
      // More types may come: of a channel, it is read again; an invitation is a pending guest's (GINV-4).
      if (String(event.type).startsWith("channel.")) soon(event.channelId);
      if (String(event.type).startsWith("invitation.")) refreshMembers(openedChannel() ?? "");
  }
}

/** What every live event changes of what the page shows beside messages, which the session keeps. */
export function hear(events: readonly SessionEvent[]): void {
  for (const event of events) hearOne(event);
}
