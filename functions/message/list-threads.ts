import { presentMessage } from "../contract/message.ts";
import { relationOf } from "../membership/channel-relation.ts";
import { inParallel } from "../realtime/in-parallel.ts";
import type { Answer, Request } from "../shell/route.ts";
import { actorWho } from "../shell/standing.ts";
import { headFiguresOf } from "../table/channel-figures.ts";
import { followedThreads } from "../table/follows.ts";
import { generalChannelId } from "../table/keys.ts";
import { getPersonChannels } from "../table/memberships.ts";
import { getShownMessages, type Message } from "../table/messages.ts";
import type { PersonRecord } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";
import { countReplies } from "../table/threads.ts";
import { historySince, isHidden } from "./history-limit.ts";
import type { listThreadsRoute } from "./threads-contract.ts";
import { withinBytes } from "./within-bytes.ts";

/** Threads of one person among which the latest are looked for. */
const MOST_FOLLOWED = 1_000;

const AT_ONCE = 10;

/** A thread that its follower may read; they have read it to `readTo`, by its mark or by the channel's. */
type Followed = { readonly channelId: string; readonly message: Message; readonly readTo: number };

/** The threads that somebody follows, of the channels that they are in (GST-9) and the messages that the plan shows. */
async function threadsOf(
  table: Table,
  org: string,
  { person, now }: { person: PersonRecord; now: number },
): Promise<Followed[]> {
  const { userId } = person;
  const followed = await followedThreads(table, org, userId, MOST_FOLLOWED);
  const byChannel = Map.groupBy(followed, ({ channelId }) => channelId);
  const [rows, since] = await Promise.all([
    getPersonChannels(table, org, userId, [...byChannel.keys()]),
    historySince(table, org, now),
  ]);
  const general = generalChannelId(org);
  const found: Followed[] = [];
  await inParallel([...byChannel], AT_ONCE, async ([channelId, threads]) => {
    const row = rows.get(channelId);
    if (relationOf({ isGeneral: channelId === general }, person, row) === "none") return;
    const marks = new Map(threads.map(({ root, lastReadSeq }) => [root, lastReadSeq]));
    const messages = await getShownMessages(table, { organizationId: org, channelId }, [...marks.keys()]);
    for (const message of messages) {
      const readTo = Math.max(marks.get(message.seq) ?? 0, row?.lastReadSeq ?? 0);
      if (!isHidden(message, since)) found.push({ channelId, message, readTo });
    }
  });
  return found;
}

const lastReplyAt = ({ message }: Followed): string => message.thread?.lastReplyAt ?? message.createdAt;

/** How many replies of others each of the threads has that its follower has not read. */
async function unreadOf(table: Table, org: string, userId: string, threads: readonly Followed[]) {
  const heads = await headFiguresOf(
    table,
    org,
    threads.map(({ channelId }) => channelId),
  );
  const unread = new Map<Followed, number>();
  await inParallel(threads, AT_ONCE, async (thread) => {
    const { channelId, message, readTo } = thread;
    // Nothing was written in all of the channel since.
    if (message.thread === undefined || (heads.get(channelId)?.lastSeq ?? 0) <= readTo) return;
    const channel = { organizationId: org, channelId };
    unread.set(thread, await countReplies(table, channel, message.seq, { after: readTo, userId }));
  });
  return unread;
}

/** MSG-8: the threads that one follows, the newest reply first, and what of them one has not read. */
export async function listThreads(
  table: Table,
  { params, person: { userId }, query, now }: Request<typeof listThreadsRoute>,
): Promise<Answer> {
  const { org } = params;
  const { person } = await actorWho(table, { org, userId, now }, "unread.read");
  const all = await threadsOf(table, org, { person, now });
  const latest = all.sort((one, other) => (lastReplyAt(one) < lastReplyAt(other) ? 1 : -1));
  const shown = withinBytes(latest.slice(0, query.limit), ({ message }) => message);
  const unread = await unreadOf(table, org, userId, shown);
  const items = shown.map((thread) => ({
    channelId: thread.channelId,
    root: presentMessage(thread.channelId, thread.message, userId),
    lastReplyAt: lastReplyAt(thread),
    unread: unread.get(thread) ?? 0,
  }));
  return { status: 200, body: { items, nextCursor: null } };
}
