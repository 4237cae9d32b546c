import type { Channel } from "@vestibule/client/types";
import { type Child, element } from "../render.ts";
import { isConversation, isWithBot, othersIn, titleOf } from "./channel-title.ts";
import { iconButton, menu, press, tag, unseen } from "./controls.ts";
import { numberOf } from "./dates.ts";
import { openFinder } from "./finder.ts";
import { icon } from "./icon.ts";
import { type Keyed, showKeyed } from "./keyed-list.ts";
import { locale, say } from "./language.ts";
import { openedChannel } from "./opened.ts";
import { kindOf, ownName } from "./people-names.ts";
import { customStatus, presenceDot, statusOf, watchFor } from "./presence.ts";
import { languageChoice } from "./room-language.ts";
import { openStatus } from "./status-dialog.ts";
import { openThreads } from "./threads-panel.ts";
import { changeAccount, leaveOrganization } from "./way-in-again.ts";
import { go } from "./ways.ts";
import { place } from "./workplace.ts";

const lists = {
  favourites: element("ul", { className: "channels" }),
  channels: element("ul", { className: "channels" }),
  conversations: element("ul", { className: "channels" }),
};
const self = element("ul", { className: "self channels" });

function countBadge(unread: number, mentions: number): Child[] {
  if (unread === 0) return [];
  const heard =
    mentions === 0
      ? say().unreadCount(unread, numberOf(unread))
      : say().mentionCount(mentions, numberOf(mentions));
  const seen = element(
    "span",
    { className: mentions > 0 ? "count loud" : "count" },
    numberOf(mentions || unread),
  );
  seen.ariaHidden = "true";
  return [seen, unseen(`, ${heard}`)];
}

function mark(channel: Channel): Node[] {
  if (channel.type === "direct" && !isWithBot(channel)) {
    const dot = othersIn(channel).flatMap(presenceDot);
    return dot.length > 0 ? dot : [element("span", { className: "dot" })];
  }
  if (channel.type === "direct") return [icon("smile")];
  return [icon(channel.type === "group" ? "people" : channel.type === "private" ? "lock" : "hash")];
}

function tags(channel: Channel): Node[] {
  if (isWithBot(channel)) return [tag(say().bot)];
  const isGuest = channel.type === "direct" && othersIn(channel).some((id) => kindOf(id) === "guest");
  return [
    ...(isGuest ? [tag(say().guest, "warm")] : []),
    ...(channel.me.muted ? [icon("muted"), unseen(say().muted)] : []),
    ...(channel.archived ? [tag(say().archived)] : []),
  ];
}

function row(channel: Channel): Keyed {
  const { id, me } = channel;
  const { unread, mentions } = place().session.counts(id);
  const isOpen = openedChannel() === id;
  const title = titleOf(channel);
  const presences = channel.type === "direct" ? othersIn(channel).map(statusOf) : [];
  return {
    key: id,
    version: [channel, title, unread, mentions, isOpen, locale(), ...presences],
    draw() {
      const button = element(
        "button",
        { type: "button", id: `go-${id}`, onclick: () => go().openChannel(id) },
        element("span", { className: "mark" }, ...mark(channel)),
        element("span", { className: "name" }, title),
        ...tags(channel),
        ...countBadge(unread, mentions),
      );
      button.classList.toggle("unread", unread > 0 && (!me.muted || mentions > 0));
      button.classList.toggle("muted", me.muted);
      if (isOpen) button.ariaCurrent = "page";
      return element("li", {}, button);
    },
  };
}

function selfRow(): Keyed {
  const { userId } = place().me;
  const name = ownName();
  return {
    key: userId,
    version: [name, statusOf(userId), locale()],
    draw: () =>
      element(
        "li",
        {},
        element(
          "button",
          { type: "button", id: "own-status", onclick: openStatus },
          ...presenceDot(userId),
          element("span", { className: "name" }, name),
          ...customStatus(userId),
          unseen(`, ${say().changeStatus}`),
        ),
      ),
  };
}

/** MSG-11, CH-11: what of my channels is unread, favourites first. */
export function drawSidebar(): void {
  const { channels, me, session } = place();
  const byTitle = [...channels.values()]
    .filter((channel) => !channel.archived || openedChannel() === channel.id)
    .sort((one, other) => titleOf(one).localeCompare(titleOf(other), locale()));
  const isFavourite = (channel: Channel) => channel.me.favourite;
  const show = (list: HTMLElement, wanted: (channel: Channel) => boolean) => {
    showKeyed(list, byTitle.filter(wanted).map(row));
    list.parentElement?.toggleAttribute("hidden", list.children.length === 0);
  };
  show(lists.favourites, isFavourite);
  show(lists.channels, (channel) => !isFavourite(channel) && !isConversation(channel));
  show(lists.conversations, (channel) => !isFavourite(channel) && isConversation(channel));
  showKeyed(self, [selfRow()]);
  watchFor("self", [me.userId]);
  watchFor("sidebar", byTitle.filter(({ type }) => type === "direct").flatMap(othersIn));
  const counted = byTitle.map(({ id, me: { muted } }) => ({ muted, ...session.counts(id) }));
  const loud = counted.reduce(
    (sum, { muted, mentions, unread }) => sum + (mentions || (muted ? 0 : Math.sign(unread))),
    0,
  );
  document.title = `${loud > 0 ? `(${loud}) ` : ""}${place().name} – Vestibule`;
}

function threadsButton(): HTMLElement {
  const button = press(say().threads, "threads", openThreads);
  button.id = "threads";
  button.prepend(icon("thread"));
  return button;
}

function section(id: string, title: string, list: HTMLElement): HTMLElement {
  const heading = element("h2", { id }, title);
  list.setAttribute("aria-labelledby", id);
  return element("div", { className: "group" }, heading, list);
}

/** The pane of all channels. */
export function sidebar(): HTMLElement {
  const items = [
    press(say().organizations, "", leaveOrganization),
    press(say().anotherAccount, "", changeAccount),
    languageChoice(),
  ];
  return element(
    "nav",
    { id: "sidebar", ariaLabel: say().channels },
    element(
      "div",
      { className: "top" },
      element("p", { id: "organization" }, place().name),
      iconButton({ name: "plus", label: say().find, id: "find" }, openFinder),
      menu("more", say().more, items),
    ),
    self,
    element(
      "div",
      { className: "scroll" },
      threadsButton(),
      section("favourites", say().favourites, lists.favourites),
      section("channels", say().channels, lists.channels),
      section("conversations", say().conversations, lists.conversations),
    ),
  );
}
