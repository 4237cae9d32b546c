import type { FollowedThread } from "@vestibule/client/types";
import { element } from "../render.ts";
import { titleOf } from "./channel-title.ts";
import { unseen } from "./controls.ts";
import { numberOf, timeOf } from "./dates.ts";
import { showKeyed } from "./keyed-list.ts";
import { locale, say } from "./language.ts";
import { excerpt } from "./message-view.ts";
import { service } from "./service.ts";
import { showSide } from "./side.ts";
import { attempt } from "./told.ts";
import { go } from "./ways.ts";
import { place } from "./workplace.ts";

function unreadCount(unread: number): HTMLElement[] {
  if (unread === 0) return [];
  const seen = element("span", { className: "count loud" }, numberOf(unread));
  seen.ariaHidden = "true";
  return [seen, unseen(`, ${say().unreadCount(unread, numberOf(unread))}`)];
}

/** MSG-8: the threads that one follows, the newest reply first. */
export function openThreads(): void {
  const list = element("ul", { className: "entries" });
  const none = element("p", { className: "soft" }, say().loading);
  let threads: FollowedThread[] = [];

  function draw(): void {
    showKeyed(
      list,
      threads.map(({ channelId, root, lastReplyAt, unread }) => {
        const channel = place().channels.get(channelId);
        const title = channel === undefined ? "" : titleOf(channel);
        return {
          key: `${channelId}-${root.seq}`,
          version: [root.text, lastReplyAt, unread, title, locale()],
          draw: () =>
            element(
              "li",
              {},
              element(
                "button",
                { type: "button", className: "entry", onclick: () => go().openThread(channelId, root.seq) },
                element("span", { className: "soft" }, `${title} · ${timeOf(lastReplyAt)}`),
                element("span", {}, `${root.author.name}: ${excerpt(root)}`),
                ...unreadCount(unread),
              ),
            ),
        };
      }),
    );
  }

  async function read(): Promise<void> {
    await attempt(async () => {
      threads = (await service.listThreads(place().org)).items;
      none.textContent = threads.length === 0 ? say().noThreads : "";
      draw();
    });
  }

  showSide({
    key: "threads",
    title: say().threads,
    body: [element("div", { className: "scroll padded" }, none, list)],
    draw,
  });
  void read();
}
