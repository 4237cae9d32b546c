import { element } from "../render.ts";
import { composer } from "./composer.ts";
import { press } from "./controls.ts";
import { showKeyed } from "./keyed-list.ts";
import { say } from "./language.ts";
import { unsentItems } from "./message-list.ts";
import { messageItem } from "./message-view.ts";
import { roving } from "./roving.ts";
import { service } from "./service.ts";
import type { Panel } from "./side.ts";
import { attempt } from "./told.ts";
import { go } from "./ways.ts";
import { mayIn, place } from "./workplace.ts";

/** MSG-8: a thread: its first message, the replies, where one replies, and whether one follows it. */
export function threadPanel(channelId: string, root: number): Panel {
  const { org, session } = place();
  const channel = session.channel(channelId);
  const list = element("ol", { className: "messages", ariaLabel: say().thread });
  const scroller = element("div", { className: "scroll" }, list);
  const follow = element("div", { className: "follow" });
  let isFollowing = false;
  let seen = 0;
  roving(list);

  function drawFollow(): void {
    const label = isFollowing ? say().unfollow : say().follow;
    const change = () =>
      attempt(async () => {
        if (isFollowing) await service.unfollowThread(org, channelId, root);
        else await service.followThread(org, channelId, root);
        isFollowing = !isFollowing;
        drawFollow();
      });
    const button = press(label, "small", change);
    button.id = "follow";
    const isFocused = document.activeElement?.id === "follow";
    follow.replaceChildren(...(mayIn(channelId, "thread.follow") ? [button] : []));
    if (isFocused) button.focus();
  }

  async function readFollow(): Promise<void> {
    isFollowing = (await service.getThread(org, channelId, root, { limit: 1 })).following;
    drawFollow();
  }

  /** How far one has read a thread that one follows is told once for what came together. */
  function noteRead(newest: number): void {
    if (newest <= seen || document.visibilityState !== "visible") return;
    seen = newest;
    if (isFollowing)
      service.followThread(org, channelId, root, { lastReadSeq: newest }).catch(() => undefined);
  }

  function draw(): void {
    const messages = channel.thread(root);
    const isAtEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
    const items = messages.map((message, index) => {
      const before = messages[index - 1];
      const isContinued = index > 1 && before?.author.userId === message.author.userId && !message.system;
      return messageItem({ message, isContinued, at: "t" });
    });
    showKeyed(list, [...items, ...unsentItems(channel.view(), root)]);
    if (isAtEnd) scroller.scrollTop = scroller.scrollHeight;
    noteRead(messages.at(-1)?.seq ?? 0);
  }

  const unsubscribe = channel.subscribe(draw);
  void attempt(async () => {
    await Promise.all([channel.loadThread(root), readFollow()]);
    draw();
    scroller.scrollTop = scroller.scrollHeight;
  });
  const where = press(say().showInChannel, "plain", () => go().jumpTo(channelId, root));
  const write = mayIn(channelId, "message.reply")
    ? [composer({ channelId, replyTo: root }, say().writeReply)]
    : [];
  return {
    key: `thread-${channelId}-${root}`,
    title: say().thread,
    body: [element("div", { className: "bar" }, follow, where), scroller, ...write],
    draw,
    close: unsubscribe,
  };
}
