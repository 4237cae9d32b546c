import { deny } from "@vestibule/domain/decision";
import { visibleSince } from "@vestibule/domain/plans";
import { notFound } from "../shell/problem.ts";
import { demand } from "../shell/standing.ts";
import type { ChannelKey } from "../table/channel-heads.ts";
import type { Message } from "../table/messages.ts";
import { isHidden } from "./history-limit.ts";
import type { PostDeps } from "./post-message.ts";

/**
 * MSG-8: the first message of the thread that a reply to this message goes into: a reply to a reply is one to its root.
 * @throws Problem 404 where there is none, or none that the plan still shows (SEAT-7); 409 if it was deleted
 */
export async function threadRoot(
  { log, historyDays, now }: Pick<PostDeps, "log" | "historyDays" | "now">,
  channel: ChannelKey,
  replyTo: number,
): Promise<Message> {
  const [answered, days] = await Promise.all([
    log.get(channel, replyTo),
    historyDays(channel.organizationId, now()),
  ]);
  const root = answered?.replyTo === undefined ? answered : await log.get(channel, answered.replyTo);
  if (root === undefined || isHidden(root, visibleSince(days, now()))) throw notFound("message");
  if (root.isDeleted === true) demand(deny("message-deleted", "MSG-8"));
  return root;
}
