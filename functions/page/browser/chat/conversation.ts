import type { Channel } from "@vestibule/client/types";
import { element, part } from "../render.ts";
import { channelActs, startCall } from "./channel-acts.ts";
import { isConversation, isWithBot, othersIn, titleOf } from "./channel-title.ts";
import { composer } from "./composer.ts";
import { iconButton, menu, tag } from "./controls.ts";
import { listed, numberOf } from "./dates.ts";
import { startEditing } from "./editing.ts";
import { icon } from "./icon.ts";
import { say } from "./language.ts";
import { markdownView } from "./markdown-view.ts";
import { membersPanel } from "./members-panel.ts";
import { mayEdit } from "./message-acts.ts";
import { type MessageList, messageList } from "./message-list.ts";
import { kindOf } from "./people-names.ts";
import { pinsPanel } from "./pins-panel.ts";
import { customStatus, kindTags, presenceDot, watchFor } from "./presence.ts";
import { showSide } from "./side.ts";
import { isMe, mayIn, place } from "./workplace.ts";

let list: MessageList | undefined;
const head = element("div", { className: "head" });
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

function drawHead(channel: Channel): void {
  const { id, type, memberCount, guestCount } = channel;
  const count = type === "direct" ? "" : numberOf(memberCount + guestCount);
  // What is seen in it belongs to what it is called.
  const label = count === "" ? say().members : `${say().members}: ${count}`;
  const showMembers = () => showSide(membersPanel(id));
  const members = iconButton({ name: "people", label, id: "members" }, showMembers);
  members.append(count);
  const acts = channelActs(channel);
  const focused = document.activeElement?.id ?? "";
  const isOpen = head.querySelector("details")?.open === true;
  // What is open is not drawn from under somebody's pointer.
  if (isOpen && head.dataset["channel"] === id) return;
  head.dataset["channel"] = id;
  head.replaceChildren(
    iconButton({ name: "back", label: say().channels, id: "back" }, () => {
      document.body.dataset["pane"] = "list";
      document.getElementById(`go-${id}`)?.focus();
    }),
    title(channel),
    ...(mayIn(id, "call.start") && !channel.archived && !isWithBot(channel)
      ? [iconButton({ name: "call", label: say().call, id: "call" }, () => startCall(id))]
      : []),
    iconButton({ name: "pin", label: say().pins, id: "pins" }, () => showSide(pinsPanel(id))),
    ...(isWithBot(channel) ? [] : [members]),
    ...(acts.length === 0
      ? []
      : [menu("channel-acts", say().more, () => channelActs(place().channels.get(id) ?? channel))]),
  );
  if (focused !== "" && head.querySelector(`#${CSS.escape(focused)}`) !== null)
    document.getElementById(focused)?.focus();
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

function foot(channel: Channel): HTMLElement[] {
  if (channel.archived) return [element("p", { className: "soft readonly" }, say().archivedText)];
  if (!mayIn(channel.id, "message.post")) return [];
  const label = isConversation(channel) ? say().writeToPerson(titleOf(channel)) : say().writeIn(channel.name);
  return [composer({ channelId: channel.id }, label, () => editLast(channel.id))];
}

/** The pane of the conversation; before a channel is chosen, how to choose one. */
export function conversation(): HTMLElement {
  return element("main", { id: "channel" }, element("p", { className: "soft padded" }, say().chooseChannel));
}

/** Shows a channel: its messages, and where one writes. */
export function showConversation(channel: Channel): void {
  closeConversation();
  list = messageList(place().session.channel(channel.id));
  head.replaceChildren();
  const notes = element("div", { id: "notes" });
  part("channel").replaceChildren(head, list.element, typing, notes, ...foot(channel));
  redrawConversation(channel);
}

/** Draws what of it may have changed. */
export function redrawConversation(channel: Channel): void {
  drawHead(channel);
  drawTyping(channel.id);
  list?.draw();
  watchFor("channel", othersIn(channel));
}

export function messagesShown(): MessageList | undefined {
  return list;
}

export function closeConversation(): void {
  list?.close();
  list = undefined;
}
