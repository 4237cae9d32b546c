import type { Message } from "@vestibule/client/types";
import { type Child, element } from "../render.ts";
import { callCard } from "./call-card.ts";
import { press, unseen } from "./controls.ts";
import { hourOf, numberOf, timeOf } from "./dates.ts";
import { showEdits } from "./edit-history.ts";
import { editor, isEdited } from "./editing.ts";
import { icon } from "./icon.ts";
import type { Keyed } from "./keyed-list.ts";
import { locale, say } from "./language.ts";
import { markdownView } from "./markdown-view.ts";
import { messageActs, react } from "./message-acts.ts";
import { nameOf } from "./people-names.ts";
import { kindTags } from "./presence.ts";
import { systemWords } from "./system-words.ts";
import { go } from "./ways.ts";
import { isMe, mayIn, place } from "./workplace.ts";

/** Where it is shown: among the channel's messages, or in its thread; both may be before one's eyes. */
export type Place = "m" | "t";

export type Shown = {
  message: Message;
  isContinued: boolean;
  /** The first message of its thread, where that is to be named and known. */
  root?: Message | undefined;
  at: Place;
};

/** A few words of a message, in one line. */
export function excerpt({ text, deleted }: Message): string {
  if (deleted === true) return say().deleted;
  const line = text.replaceAll(/\s+/gu, " ").trim();
  return line.length > 80 ? `${line.slice(0, 80)}…` : line;
}

function initials(name: string): string {
  const words = name.split(/\s+/u).filter((word) => word !== "");
  return [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => [...(word ?? "")][0] ?? "").join("");
}

/** One of eight colours, always the same for the same person. */
function tone(userId: string): string {
  let sum = 0;
  for (const char of userId) sum = (sum * 31 + char.charCodeAt(0)) % 8;
  return `tone-${sum}`;
}

export function avatar(userId: string, name: string): HTMLElement {
  const made = element("span", { className: `avatar ${tone(userId)}` }, initials(name));
  made.ariaHidden = "true";
  return made;
}

function timeView({ createdAt }: Message): HTMLElement {
  return element("time", { dateTime: createdAt, title: timeOf(createdAt) }, hourOf(createdAt));
}

function byline(message: Message): HTMLElement {
  const { author, pinned, edits, editedAt, deleted } = message;
  return element(
    "div",
    { className: "byline" },
    element("strong", {}, author.name),
    ...kindTags(author.kind),
    timeView(message),
    ...(pinned && deleted !== true
      ? [element("span", { className: "pinned" }, icon("pin"), say().pinned)]
      : []),
    ...(editedAt === undefined || deleted === true
      ? []
      : [press(say().edited, "plain", () => showEdits(message))].map((button) => {
          button.title = `${timeOf(editedAt)} (${numberOf(edits ?? 1)})`;
          return button;
        })),
  );
}

function quote({ message, root, at }: Shown): HTMLElement[] {
  const { replyTo, channelId } = message;
  if (replyTo === undefined || at === "t") return [];
  const words = root === undefined ? say().inThread : say().replyTo(root.author.name, excerpt(root));
  return [press(words, "plain quote", () => go().openThread(channelId, replyTo))];
}

function mailCardView({ mailCard }: Message): HTMLElement[] {
  if (mailCard === undefined) return [];
  const { subject, sentAt, from } = mailCard;
  return [
    element(
      "div",
      { className: "card" },
      element("p", { className: "soft" }, say().mail),
      element("p", {}, element("strong", {}, subject)),
      element("p", { className: "soft" }, `${from.name} <${from.email}>, ${timeOf(sentAt)}`),
    ),
  ];
}

function reactions({ message, at }: Shown): HTMLElement[] {
  if (message.reactions.length === 0) return [];
  const isAllowed = mayIn(message.channelId, "message.react");
  const chips = message.reactions.map(({ emoji, count, userIds }, index) => {
    const isMine = userIds.some(isMe);
    const chip = element(
      "button",
      {
        type: "button",
        id: `${at}-${message.seq}-emoji-${index}`,
        className: "chip",
        disabled: !isAllowed,
        title: userIds.map(nameOf).join(", "),
        onclick: () => react(message, emoji, !isMine),
      },
      `${emoji} ${numberOf(count)}`,
    );
    chip.ariaPressed = String(isMine);
    return chip;
  });
  return [element("div", { className: "reactions" }, ...chips)];
}

function threadLink({ message, at }: Shown): HTMLElement[] {
  const { thread, channelId, seq } = message;
  if (thread === undefined || thread.replies === 0 || at === "t") return [];
  const words = say().replies(thread.replies, numberOf(thread.replies));
  return [press(words, "plain replies", () => go().openThread(channelId, seq))];
}

function body(shown: Shown): Child[] {
  const { message, at } = shown;
  if (message.deleted === true) return [element("p", { className: "soft deleted" }, say().deleted)];
  return [
    ...quote(shown),
    ...mailCardView(message),
    isEdited(message, at) ? editor(message, at) : markdownView(message.text),
    ...callCard(message),
    ...reactions(shown),
    ...threadLink(shown),
  ];
}

function systemView(shown: Shown): HTMLElement {
  const { message, at } = shown;
  return element(
    "li",
    { id: `${at}-${message.seq}`, className: "system", tabIndex: -1 },
    element("p", {}, systemWords(message), " ", timeView(message)),
    ...callCard(message),
    ...reactions(shown),
    ...threadLink(shown),
  );
}

function isForMe({ mentions, author }: Message): boolean {
  if (mentions === undefined || isMe(author.userId)) return false;
  return mentions.channel || mentions.userIds.some(isMe);
}

function personView(shown: Shown): HTMLElement {
  const { message, isContinued, at } = shown;
  const { seq, author } = message;
  const line = byline(message);
  return element(
    "li",
    {
      id: `${at}-${seq}`,
      className: ["message", isContinued ? "continued" : "", isForMe(message) ? "for-me" : ""].join(" "),
      tabIndex: -1,
    },
    avatar(author.userId, author.name),
    element("div", { className: "said" }, line, ...body(shown)),
  );
}

/** A message as one of a list. Its actions are made when somebody comes to it. */
export function messageItem(shown: Shown): Keyed {
  const { message, isContinued, root, at } = shown;
  const permissions = place().channelPermissions.get(message.channelId);
  const people = message.system === undefined ? "" : systemWords(message);
  return {
    key: `${message.channelId}-${message.seq}`,
    version: [message, isContinued, root, isEdited(message, at), locale(), permissions, people],
    draw(old) {
      const item = message.system === undefined ? personView(shown) : systemView(shown);
      const arm = () => {
        if (item.querySelector(".acts") === null) item.append(messageActs(message, at));
      };
      item.addEventListener("pointerenter", arm);
      item.addEventListener("focusin", arm);
      if (old?.querySelector(".acts")) arm();
      return item;
    },
  };
}

/** A message that is not acknowledged yet, or could not be posted. */
export function unsentView(text: string, state: string, ...acts: Child[]): HTMLElement {
  return element(
    "li",
    { className: "message unsent", tabIndex: -1 },
    avatar(place().me.userId, nameOf(place().me.userId)),
    element(
      "div",
      { className: "said" },
      unseen(`${nameOf(place().me.userId)}: `),
      markdownView(text),
      element("div", { className: "state" }, state, ...acts),
    ),
  );
}
