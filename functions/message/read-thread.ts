import { visibleSince } from "@vestibule/domain/plans";
import { presentMessage } from "../contract/message.ts";
import { cursorOf, readCursor } from "../shell/cursor.ts";
import { notFound } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import type { ChannelKey } from "../table/channel-heads.ts";
import { getFollow } from "../table/follows.ts";
import { getMessage, getShownMessages, type Message } from "../table/messages.ts";
import type { Table } from "../table/table.ts";
import { listReplies } from "../table/threads.ts";
import { historyDaysOf, isHidden } from "./history-limit.ts";
import { messageInSight } from "./message-in-sight.ts";
import { readDeps } from "./read-deps.ts";
import type { readThreadRoute } from "./threads-contract.ts";
import { withinBytes } from "./within-bytes.ts";

/** A page of a thread: its first message unless an earlier page had it, then replies; `after` goes on from the last. */
type ThreadPage = { readonly messages: Message[]; readonly after: string | undefined };

type Asked = { readonly root: number; readonly limit: number; readonly after: string | undefined };

/** MSG-8: a thread page by page, without what the plan hides (SEAT-7). To readers of the channel alone. */
export async function threadPage(
  table: Table,
  channel: ChannelKey,
  { root, limit, after, now }: Asked & { readonly now: number },
): Promise<ThreadPage> {
  const first = after === undefined ? await getMessage(table, channel, root) : undefined;
  const room = first === undefined ? limit : limit - 1;
  // A page of one is the first message alone; the next page begins behind it.
  if (first !== undefined && room === 0) return { messages: [first], after: `${root}` };
  const page = await listReplies(table, channel, root, { limit: room, after: Number(after ?? root) });
  const replies = await getShownMessages(table, channel, page.items);
  const all = first === undefined ? replies : [first, ...replies];
  const fitting = withinBytes(all, (message) => message);
  const isWhole = page.isLast && fitting.length === all.length;
  const since = visibleSince(await historyDaysOf(table, channel.organizationId, now), now);
  return {
    messages: fitting.filter((message) => !isHidden(message, since)),
    after: isWhole ? undefined : `${fitting.at(-1)?.seq ?? page.items.at(-1) ?? root}`,
  };
}

/** MSG-8: the thread that a message is in, and whether one follows it, to the channel's readers. */
export async function readThread(
  table: Table,
  { params, person, query, now }: Request<typeof readThreadRoute>,
): Promise<Answer> {
  const channel = { organizationId: params.org, channelId: params.chn };
  const { userId } = person;
  const seq = Number(params.seq);
  const message = await messageInSight(readDeps(table), { channel, userId }, { seq, now });
  const root = message.replyTo ?? seq;
  const scope = ["thread", params.org, params.chn, `${root}`];
  const after = readCursor(scope, query.cursor);
  const [page, follow] = await Promise.all([
    threadPage(table, channel, { root, limit: query.limit, after, now }),
    getFollow(table, channel, root, userId),
  ]);
  if (after === undefined && page.messages.length === 0) throw notFound("message");
  return {
    status: 200,
    body: {
      items: page.messages.map((one) => presentMessage(params.chn, one, userId)),
      nextCursor: cursorOf(scope, page.after),
      following: follow?.isFollowing === true,
    },
  };
}
