import type { Message } from "@vestibule/client/types";
import { element } from "../render.ts";
import { timeOf } from "./dates.ts";
import { openDialog } from "./dialog.ts";
import { say } from "./language.ts";
import { markdownView } from "./markdown-view.ts";
import { everyItem, service } from "./service.ts";
import { attempt } from "./told.ts";
import { place } from "./workplace.ts";

/** MSG-6: what a message said before, newest first. */
export async function showEdits({ channelId, seq }: Message): Promise<void> {
  await attempt(async () => {
    const edits = await everyItem((cursor) => service.listEdits(place().org, channelId, seq, cursor));
    const items = edits.map(({ text, at }) =>
      element("li", {}, element("time", { dateTime: at, className: "soft" }, timeOf(at)), markdownView(text)),
    );
    openDialog(say().edits, "", element("ol", { className: "edits" }, ...items));
  });
}
