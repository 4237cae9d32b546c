import type { ChannelView, SessionChannel } from "@vestibule/client/session/session-channel";
import type { Message } from "@vestibule/client/types";
import { element } from "../render.ts";
import { press } from "./controls.ts";
import { dayInWords } from "./dates.ts";
import { type Keyed, showKeyed } from "./keyed-list.ts";
import { locale, say } from "./language.ts";
import { dayIn, type Entry, entriesOf } from "./message-entries.ts";
import { messageItem, type Place, unsentView } from "./message-view.ts";
import { learnFrom, learnNamedIn } from "./people-names.ts";
import { refusalWords } from "./refusal-words.ts";
import { roving } from "./roving.ts";
import { attempt } from "./told.ts";
import { discard, failedIn, post } from "./unsent.ts";
import { place } from "./workplace.ts";

/** How near to an edge counts as being there. */
const NEAR = 120;

/** How far back a message is looked for. */
const MOST_PAGES = 20;

/** One's own that are on their way, or came back. */
export function unsentItems(view: ChannelView, replyTo?: number): Keyed[] {
  const isOnline = place().session.state().kind === "connected";
  const state = isOnline ? say().sending : say().waitingForNet;
  const pending = view.pending.filter((one) => replyTo === undefined || one.replyTo === replyTo);
  return [
    ...pending.map(({ nonce, text }) => ({
      key: nonce,
      version: [state, "pending"],
      draw: () => unsentView(text, state),
    })),
    ...failedIn(view.channelId, replyTo).map((failed) => ({
      key: failed.post.nonce,
      version: [locale(), failed],
      draw: () =>
        unsentView(
          failed.post.text,
          say().notSent,
          " ",
          ...failed.why,
          " ",
          press(say().again, "plain", () => post(failed.post)),
          " ",
          press(say().discard, "plain", () => discard(failed)),
        ),
    })),
  ];
}

function keyed(entry: Entry, roots: ReadonlyMap<number, Message>, at: Place): Keyed {
  if (entry.kind === "message") {
    const { replyTo } = entry.message;
    return messageItem({ ...entry, root: replyTo === undefined ? undefined : roots.get(replyTo), at });
  }
  const today = dayIn(new Date().toISOString());
  const words = entry.kind === "day" ? dayInWords(entry.day, today) : say().newMessages;
  return {
    key: entry.kind === "day" ? entry.day : "unread",
    version: [words],
    draw: () => element("li", { className: `line ${entry.kind}` }, element("span", {}, words)),
  };
}

/** The messages of a channel: older ones as one goes up, the newest at the end, where one stays. */
export function messageList(channel: SessionChannel) {
  const list = element("ol", { className: "messages", ariaLabel: say().messages });
  const top = element("div", { className: "beginning" });
  const scroller = element("div", { className: "scroll", id: "messages" }, top, list);
  const newest = press(say().toNewest, "small newest", () => {
    toEnd();
    list.querySelector<HTMLElement>("[tabindex='0']")?.focus();
  });
  newest.hidden = true;
  const counts = place().session.counts(channel.id);
  let readTo: number | undefined = counts.unread > 0 ? counts.lastReadSeq : undefined;
  let isAtEnd = true;
  let isFirst = true;
  let isReadingOlder = false;

  roving(list);
  const nearEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
  const toEnd = () => {
    scroller.scrollTop = scroller.scrollHeight;
  };
  const noteEnd = () => {
    isAtEnd = nearEnd();
    newest.hidden = isAtEnd;
  };

  async function loadOlder(): Promise<void> {
    if (isReadingOlder || !channel.view().hasOlder) return;
    isReadingOlder = true;
    await attempt(() => channel.loadOlder());
    isReadingOlder = false;
  }

  /** MSG-11: read is what was before one's eyes, to the end. */
  function markRead(): void {
    const view = channel.view();
    if (isAtEnd && view.isLoaded && document.visibilityState === "visible") channel.read();
  }

  function drawTop(view: ChannelView): void {
    const words = view.problem === undefined ? [] : refusalWords(view.problem);
    if (view.problem !== undefined) top.replaceChildren(element("p", { className: "warn" }, ...words));
    else if (!view.isLoaded) top.replaceChildren(element("p", { className: "soft" }, say().loading));
    else if (view.hasOlder) top.replaceChildren(press(say().older, "small", loadOlder));
    else top.replaceChildren(element("p", { className: "soft" }, say().beginning));
  }

  function draw(): void {
    const view = channel.view();
    learnFrom(view.messages);
    void learnNamedIn(channel.id, view.messages).then((isNew) => isNew && draw());
    const { scrollHeight, scrollTop } = scroller;
    const first = list.querySelector("[id]")?.id;
    const roots = new Map(view.messages.map((message) => [message.seq, message]));
    // What is written of a call into its thread stands there; here its own message tells (CALL-3).
    const inList = view.messages.filter(({ system, replyTo }) => !system || replyTo === undefined);
    const entries = entriesOf(inList, { me: place().me.userId, readTo });
    showKeyed(list, [...entries.map((entry) => keyed(entry, roots, "m")), ...unsentItems(view)]);
    const isGrownAbove = first !== undefined && list.querySelector("[id]")?.id !== first;
    drawTop(view);
    if (isFirst && view.isLoaded) {
      isFirst = false;
      const unread = list.querySelector(".line.unread");
      if (unread === null) toEnd();
      else unread.scrollIntoView({ block: "center" });
      noteEnd();
    } else if (isAtEnd) toEnd();
    else if (isGrownAbove) scroller.scrollTop = scrollTop + scroller.scrollHeight - scrollHeight;
    markRead();
  }

  scroller.addEventListener("scroll", () => {
    noteEnd();
    if (scroller.scrollTop < NEAR && !isFirst) void loadOlder();
    markRead();
  });
  // The keyboard of a phone, or a longer text below, must not hide the end.
  const resized = new ResizeObserver(() => isAtEnd && toEnd());
  resized.observe(scroller);
  const shown = () => {
    if (document.visibilityState === "visible") markRead();
    else if (isAtEnd) readTo = channel.view().lastReadSeq;
  };
  document.addEventListener("visibilitychange", shown);
  const unsubscribe = channel.subscribe(draw);

  return {
    element: element("div", { className: "slot" }, scroller, newest),
    draw,
    toEnd(): void {
      isAtEnd = true;
      draw();
    },
    /** Goes back as far as it takes to a message, and to it. */
    async find(seq: number): Promise<void> {
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const view = channel.view();
        if (!view.hasOlder || (view.messages[0]?.seq ?? 0) <= seq) break;
        await loadOlder();
      }
      draw();
      const item = document.getElementById(`m-${seq}`);
      item?.scrollIntoView({ block: "center" });
      item?.focus();
    },
    close(): void {
      unsubscribe();
      resized.disconnect();
      document.removeEventListener("visibilitychange", shown);
    },
  };
}

export type MessageList = ReturnType<typeof messageList>;
