import { element } from "../render.ts";
import { press } from "./controls.ts";
import { timeOf } from "./dates.ts";
import { showKeyed } from "./keyed-list.ts";
import { locale, say } from "./language.ts";
import { excerpt } from "./message-view.ts";
import type { Panel } from "./side.ts";
import { attempt } from "./told.ts";
import { go } from "./ways.ts";
import { place } from "./workplace.ts";

/** MSG-7: what is pinned in a channel. */
export function pinsPanel(channelId: string): Panel {
  const channel = place().session.channel(channelId);
  const list = element("ul", { className: "entries" });
  const none = element("p", { className: "soft" });
  let isRead = false;

  function draw(): void {
    const pins = channel.pins();
    none.textContent = pins.length > 0 ? "" : isRead ? say().noPins : say().loading;
    showKeyed(
      list,
      pins.toReversed().map((message) => ({
        key: String(message.seq),
        version: [message, locale()],
        draw: () =>
          element(
            "li",
            {},
            element("strong", {}, message.author.name),
            " ",
            element("time", { className: "soft", dateTime: message.createdAt }, timeOf(message.createdAt)),
            element("p", {}, excerpt(message)),
            press(say().showInChannel, "plain", () => go().jumpTo(channelId, message.seq)),
          ),
      })),
    );
  }

  const unsubscribe = channel.subscribe(draw);
  void attempt(() => channel.loadPins()).then(() => {
    isRead = true;
    draw();
  });
  return {
    key: `pins-${channelId}`,
    title: say().pins,
    body: [element("div", { className: "scroll padded" }, none, list)],
    draw,
    close: unsubscribe,
  };
}
