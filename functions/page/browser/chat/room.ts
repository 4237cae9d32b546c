import { textIn } from "../json.ts";
import { part } from "../render.ts";
import { connectionNote, drawConnection } from "./connection-note.ts";
import { closeMenusOutside } from "./controls.ts";
import {
  closeConversation,
  conversation,
  drawTyping,
  messagesShown,
  redrawConversation,
  showConversation,
} from "./conversation.ts";
import { keep, recall } from "./kept.ts";
import { openedChannel, setOpened } from "./opened.ts";
import { learnNames } from "./people-names.ts";
import { drawRinging, ringingBanner } from "./ringing.ts";
import { onLanguage } from "./room-language.ts";
import { service } from "./service.ts";
import { hideSide, showSide, side, sidePanel } from "./side.ts";
import { drawSidebar, sidebar } from "./sidebar.ts";
import { threadPanel } from "./thread-panel.ts";
import { attempt } from "./told.ts";
import { setWays } from "./ways.ts";
import { byAction, place } from "./workplace.ts";

const CHANNEL = /^chn_[0-9a-z]+$/u;

let unsubscribe = () => {};
let isDrawing = false;

function draw(): void {
  drawSidebar();
  drawConnection();
  drawRinging();
  const channel = place().channels.get(openedChannel() ?? "");
  if (channel !== undefined) redrawConversation(channel);
  sidePanel()?.draw();
}

/** Once for all that changed in one go. */
function redraw(): void {
  if (isDrawing) return;
  isDrawing = true;
  queueMicrotask(() => {
    isDrawing = false;
    draw();
  });
}

/** What a person may in a channel, and what is known of it. */
async function readChannel(channelId: string): Promise<boolean> {
  const { org, channels, channelPermissions } = place();
  return await attempt(async () => {
    const [channel, permissions] = await Promise.all([
      channels.get(channelId) ?? service.getChannel(org, channelId),
      channelPermissions.get(channelId) ??
        service.listPermissions(org, { channelId }).then(({ items }) => byAction(items)),
    ]);
    channels.set(channelId, channel);
    channelPermissions.set(channelId, permissions);
  });
}

function noteAddress(channelId: string): void {
  const address = new URL(location.href);
  address.hash = channelId;
  if (location.hash === `#${channelId}`) return;
  if (location.hash === "") history.replaceState(null, "", address);
  else history.pushState(null, "", address);
}

/** Whoever presses twice means the second. */
let asked = 0;

async function openChannel(channelId: string): Promise<void> {
  asked += 1;
  const mine = asked;
  if (!(await readChannel(channelId)) || mine !== asked) return;
  const { channels, session } = place();
  const channel = channels.get(channelId);
  if (channel === undefined) return;
  document.body.dataset["pane"] = "channel";
  if (openedChannel() !== channelId) {
    setOpened(channelId);
    keep("opened", { channelId });
    noteAddress(channelId);
    if (sidePanel() !== undefined) hideSide();
    document.body.dataset["pane"] = "channel";
    unsubscribe();
    session.look(channelId);
    showConversation(channel);
    unsubscribe = session.channel(channelId).subscribe(() => drawTyping(channelId));
    await learnNames([channel]);
  }
  draw();
  document.getElementById(matchMedia("(hover: hover)").matches ? "write" : "title")?.focus();
}

/** What one may in a channel has changed, or may have. */
export async function refreshChannel(channelId: string): Promise<void> {
  const { org, channelPermissions } = place();
  const { items } = await service.listPermissions(org, { channelId });
  channelPermissions.set(channelId, byAction(items));
}

async function openThread(channelId: string, root: number): Promise<void> {
  if (openedChannel() !== channelId) await openChannel(channelId);
  showSide(threadPanel(channelId, root));
  if (matchMedia("(hover: hover)").matches) document.getElementById("write-reply")?.focus();
}

async function jumpTo(channelId: string, seq: number): Promise<void> {
  if (openedChannel() !== channelId) await openChannel(channelId);
  document.body.dataset["pane"] = "channel";
  await messagesShown()?.find(seq);
}

/** The channel is none of mine any more, or is no more. */
export function leaveChannel(): void {
  closeConversation();
  unsubscribe();
  place().session.look(null);
  setOpened(undefined);
  hideSide();
  document.body.dataset["pane"] = "list";
}

function build(): void {
  part("room").replaceChildren(connectionNote(), ringingBanner(), sidebar(), conversation(), side());
  const channel = place().channels.get(openedChannel() ?? "");
  if (channel !== undefined) showConversation(channel);
  draw();
}

/** Where one was, in this tab or by the address; else General. */
function firstChannel(): string | undefined {
  const { channels } = place();
  const asked = [location.hash.slice(1), textIn(recall("opened"), "channelId")].find((id) =>
    CHANNEL.test(id),
  );
  return asked ?? [...channels.values()].find(({ general }) => general)?.id ?? [...channels.keys()][0];
}

/** The organization, open: its channels, a conversation, and what is beside it. */
export async function showRoom(): Promise<void> {
  setWays({
    openChannel,
    openThread,
    jumpTo,
    toEnd: () => messagesShown()?.toEnd(),
    closeSide: hideSide,
    redraw,
  });
  part("door").remove();
  part("room").hidden = false;
  document.body.dataset["pane"] = "list";
  onLanguage(build);
  closeMenusOutside();
  build();
  const { session } = place();
  session.subscribe(redraw);
  session.onStatuses(redraw);
  addEventListener("online", () => session.refresh());
  addEventListener("popstate", () => {
    const asked = location.hash.slice(1);
    if (CHANNEL.test(asked)) void openChannel(asked);
  });
  const first = firstChannel();
  const isPhone = matchMedia("(max-width: 48rem)").matches && location.hash === "";
  if (first !== undefined && !isPhone) await openChannel(first);
}
