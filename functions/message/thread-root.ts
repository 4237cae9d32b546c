import { deny } from "@vestibule/domain/decision";
import { notFound } from "../shell/problem.ts";
import { demand } from "../shell/standing.ts";
import type { ChannelKey } from "../table/channel-heads.ts";
import type { Message } from "../table/messages.ts";
import type { MessageLog } from "./message-log.ts";

/** MSG-8: the refusal of a reply whose thread was deleted. */
export function demandThread(root: Message): void {
  if (root.isDeleted === true) demand(deny("message-deleted", "MSG-8"));
}

/**
 * MSG-8: the first message of the thread that a reply to this message goes into: a reply to a reply is one to its root.
 * @throws Problem 404 where there is none, 409 if it was deleted
 */
export async function threadRoot(log: MessageLog, channel: ChannelKey, replyTo: number): Promise<Message> {
  const answered = await log.get(channel, replyTo);
  if (answered === undefined) throw notFound("message");
  const root = answered.replyTo === undefined ? answered : await log.get(channel, answered.replyTo);
  if (root === undefined) throw notFound("message");
  demandThread(root);
  return root;
}
