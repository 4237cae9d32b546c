import type { Message } from "@vestibule/client/types";
import { element } from "../render.ts";
import { iconButton } from "./controls.ts";
import { confirmed } from "./dialog.ts";
import { startEditing } from "./editing.ts";
import { pickEmoji } from "./emoji-picker.ts";
import { say } from "./language.ts";
import { service } from "./service.ts";
import { attempt } from "./told.ts";
import { go } from "./ways.ts";
import { isMe, mayIn, place } from "./workplace.ts";

/** MSG-6: one's own by the one right, and others' by the other. */
function mayDelete({ channelId, author, system }: Message): boolean {
  if (system !== undefined) return false;
  return mayIn(channelId, isMe(author.userId) ? "message.delete-own" : "message.delete");
}

export function mayEdit({ channelId, author, system, deleted }: Message): boolean {
  return !deleted && system === undefined && isMe(author.userId) && mayIn(channelId, "message.edit-own");
}

/** MSG-9: uses an emoji, or takes it back. */
export function react({ channelId, seq }: Message, emoji: string, isOn: boolean): Promise<boolean> {
  const { org } = place();
  return attempt(() =>
    isOn ? service.react(org, channelId, seq, emoji) : service.unreact(org, channelId, seq, emoji),
  );
}

async function remove({ channelId, seq }: Message): Promise<void> {
  const { deleteTitle, deleteText, remove: yes } = say();
  if (await confirmed(deleteTitle, deleteText, yes))
    await attempt(() => service.deleteMessage(place().org, channelId, seq));
}

function pin({ channelId, seq, pinned }: Message): Promise<boolean> {
  const { org } = place();
  return attempt(() =>
    pinned ? service.unpinMessage(org, channelId, seq) : service.pinMessage(org, channelId, seq),
  );
}

/** What one may do with a message; what one may not is not offered (GST-17). */
export function messageActs(message: Message, at: "m" | "t"): HTMLElement {
  const { channelId, seq, replyTo, pinned } = message;
  const id = (act: string) => `${at}-${seq}-${act}`;
  const acts: HTMLElement[] = [];
  if (message.deleted !== true) {
    if (mayIn(channelId, "message.react")) {
      const pick = () => pickEmoji((emoji) => react(message, emoji, true));
      acts.push(iconButton({ name: "smile", label: say().react, id: id("react") }, pick));
    }
    if (mayIn(channelId, "message.reply")) {
      const reply = () => go().openThread(channelId, replyTo ?? seq);
      acts.push(iconButton({ name: "thread", label: say().reply, id: id("reply") }, reply));
    }
    if (mayIn(channelId, "message.pin")) {
      const label = pinned ? say().unpin : say().pin;
      acts.push(iconButton({ name: "pin", label, id: id("pin") }, () => pin(message)));
    }
    if (mayEdit(message))
      acts.push(
        iconButton({ name: "edit", label: say().edit, id: id("edit") }, () => startEditing(message, at)),
      );
    if (mayDelete(message))
      acts.push(iconButton({ name: "trash", label: say().remove, id: id("delete") }, () => remove(message)));
  }
  const bar = element("div", { className: "acts" }, ...acts);
  bar.setAttribute("role", "group");
  bar.ariaLabel = say().actions;
  return bar;
}
