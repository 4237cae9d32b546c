import type { Channel } from "@vestibule/client/types";
import { element } from "../render.ts";
import { channelActs, startCall } from "./channel-acts.ts";
import { isConversation, isWithBot, othersIn, titleOf } from "./channel-title.ts";
import { composer } from "./composer.ts";
import { iconButton, menu, press, tag } from "./controls.ts";
import { listed, numberOf } from "./dates.ts";
import { startEditing } from "./editing.ts";
import { icon } from "./icon.ts";
import { showKeyed } from "./keyed-list.ts";
import { locale, say } from "./language.ts";
import { markdownView } from "./markdown-view.ts";
import { membersPanel } from "./members-panel.ts";
import { mayEdit } from "./message-acts.ts";
import { type MessageList, messageList } from "./message-list.ts";
import { kindOf } from "./people-names.ts";
import { pinsPanel } from "./pins-panel.ts";
import { customStatus, kindTags, presenceDot, statusOf, watchFor } from "./presence.ts";
import { showSide } from "./side.ts";
import { isMe, mayIn, place } from "./workplace.ts";

let list: MessageList | undefined;
const head = element("div", {});
const slot = element("div", { className: "slot" });
const notes = element("div", { id: "notes", role: "status" });
const foot = element("div", {});
const typing = element("p", { className: "typing", role: "status" });

function title(channel: Channel): HTMLElement {
  const others = othersIn(channel);
  const only = channel.type === "direct" ? others.slice(0, 1) : [];
  return element(
    "div",
    { className: "title" },
    element(
      "h1",
      { id: "title", tabIndex: -1 },
      ...(isConversation(channel)
        ? only.flatMap(presenceDot)
        : [icon(channel.type === "private" ? "lock" : "hash")]),
      element("span", { className: "name" }, titleOf(channel)),
      ...only.flatMap((id) => kindTags(kindOf(id))),
      ...(channel.archived ? [tag(say().archived)] : []),
    ),
    ...only.flatMap(customStatus),
    ...(channel.header === "" ? [] : [markdownView(channel.header)]),
  );
}

function headRow(channel: Channel): HTMLElement {
  const { id, type, memberCount, guestCount } = channel;
  const count = type === "direct" ? "" : numberOf(memberCount + guestCount);
  // What is seen in it belongs to what it is called.
  const label = count === "" ? say().members : `${say().members}: ${count}`;
  const members = iconButton({ name: "people", label, id: "members" }, () => showSide(membersPanel(id)));
  members.append(count);
  const pins = press(say().pins, "", () => showSide(pinsPanel(id)));
  const back = () => {
    document.body.dataset["pane"] = "list";
    document.getElementById(`go-${id}`)?.focus();
  };
  return element(
    "div",
    { className: "head" },
    iconButton({ name: "back", label: say().channels, id: "back" }, back),
    title(channel),
    ...(mayIn(id, "call.start") && !channel.archived && !isWithBot(channel)
      ? [iconButton({ name: "call", label: say().call, id: "call" }, () => startCall(id))]
      : []),
    ...(isWithBot(channel) ? [] : [members]),
    menu("channel-acts", say().more, [pins, ...channelActs(channel)]),
  );
}

function drawHead(channel: Channel): void {
  const { id } = channel;
  const permissions = place().channelPermissions.get(id);
  const statuses = othersIn(channel).slice(0, 1).map(statusOf);
  const version = [channel, titleOf(channel), permissions, locale(), isWithBot(channel), ...statuses];
  showKeyed(head, [{ key: id, version, draw: () => headRow(channel) }]);
}

export function drawTyping(channelId: string): void {
  const names = place()
    .session.channel(channelId)
    .view()
    .typing.map(({ name }) => name);
  typing.textContent = names.length === 0 ? "" : say().isTyping(names.length, listed(names.slice(0, 3)));
}

/** Edits what one wrote last, if it is among the latest. */
function editLast(channelId: string): void {
  const { messages } = place().session.channel(channelId).view();
  const last = messages.slice(-20).findLast((message) => isMe(message.author.userId) && mayEdit(message));
  if (last !== undefined) startEditing(last, "m");
}

function footOf(channel: Channel): HTMLElement {
  if (channel.archived) return element("p", { className: "soft readonly" }, say().archivedText);
  if (!mayIn(channel.id, "message.post")) return element("p", { hidden: true });
  const label = isConversation(channel) ? say().writeToPerson(titleOf(channel)) : say().writeIn(channel.name);
  return composer({ channelId: channel.id }, label, () => editLast(channel.id));
}

function drawFoot(channel: Channel): void {
  const { id, archived } = channel;
  const version = [archived, mayIn(id, "message.post"), titleOf(channel), locale()];
  showKeyed(foot, [{ key: id, version, draw: () => footOf(channel) }]);
}

/** The pane of the conversation; before a channel is chosen, how to choose one. */
export function conversation(): HTMLElement {
  closeConversation();
  return element("main", { id: "channel" }, head, slot, typing, notes, foot);
}

/** Shows a channel: its messages, and where one writes. */
export function showConversation(channel: Channel): void {
  closeConversation();
  list = messageList(place().session.channel(channel.id));
  slot.replaceChildren(list.element);
  redrawConversation(channel);
}

/** Draws what of it may have changed. */
export function redrawConversation(channel: Channel): void {
  drawHead(channel);
  drawTyping(channel.id);
  drawFoot(channel);
  list?.draw();
  watchFor("channel", othersIn(channel));
}

export function messagesShown(): MessageList | undefined {
  return list;
}

/** No channel is before one's eyes. */
export function closeConversation(): void {
  list?.close();
  list = undefined;
  for (const part of [head, notes, foot]) part.replaceChildren();
  typing.textContent = "";
  slot.replaceChildren(element("p", { className: "soft padded" }, say().chooseChannel));
}
