import type { VestibuleClient } from "../http.ts";
import type { VestibuleProblem } from "../problem.ts";
import type { Message, NewMessage } from "../types.ts";
import { ascending, PAGE } from "./channel-reads.ts";
import type { ChannelSync } from "./channel-sync.ts";
import type { Link } from "./link.ts";
import type { Outbox, PendingPost, Posted } from "./outbox.ts";
import type { TrackedChannel } from "./tracked-channel.ts";
import type { Typist } from "./typists.ts";
import type { UnreadCounts } from "./unread-counts.ts";

/** A channel as its reader sees it now. */
export type ChannelView = {
  readonly channelId: string;
  readonly isLoaded: boolean;
  /** From the oldest loaded to the newest, without holes, as they are now: edited, deleted, with reactions. */
  readonly messages: readonly Message[];
  /** There are older ones: `loadOlder`. */
  readonly hasOlder: boolean;
  /** One's own that are not acknowledged yet, nor among the messages, in the order in which they were written. */
  readonly pending: readonly PendingPost[];
  readonly unread: number;
  readonly mentions: number;
  readonly lastReadSeq: number;
  readonly typing: readonly Typist[];
  /** Why it is not to be seen, where it is not. */
  readonly problem: VestibuleProblem | undefined;
};

export type ChannelApi = Pick<VestibuleClient, "listMessages" | "getMessage" | "getThread" | "listPins">;

export type SessionChannelDeps = {
  api: ChannelApi;
  organizationId: string;
  link: () => Link | undefined;
  counts: UnreadCounts;
  sync: ChannelSync;
  outbox: Outbox;
  read: (channelId: string, seq: number) => void;
};

/** Everything of a list that is answered page by page. */
async function everyPage(
  page: (cursor: string | undefined) => Promise<{ items: Message[]; nextCursor: string | null }>,
): Promise<Message[]> {
  const all: Message[] = [];
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await page(cursor);
    all.push(...items);
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}

/** One channel of a session: how it looks, whoever wants to be told when that changes, and what one does in it. */
export function sessionChannel(deps: SessionChannelDeps, channel: TrackedChannel) {
  const { api, organizationId, counts, sync, outbox } = deps;
  const { id, log, typists, subscribers } = channel;
  let shown: ChannelView | undefined;
  subscribers.onTell(() => {
    shown = undefined;
  });

  return {
    id,
    /** The same object until something has changed. */
    view(): ChannelView {
      const { unread, mentions, lastReadSeq } = counts.of(id);
      shown ??= {
        channelId: id,
        isLoaded: log.isLoaded(),
        messages: log.shown(),
        hasOlder: log.hasOlder(),
        pending: outbox.pending(id).filter(({ nonce }) => !log.hasOwn(nonce)),
        unread,
        mentions,
        lastReadSeq,
        typing: typists.list(),
        problem: channel.problem,
      };
      return shown;
    },
    /** @returns what ends the subscription. */
    subscribe: subscribers.subscribe,

    /** MSG-3: resolves when it is acknowledged, over however many connections; rejects when it is refused. */
    post: (message: NewMessage): Promise<Posted> => outbox.post(id, message),
    /** All that is shown, or up to `seq`; a mark never moves back. */
    read(seq: number = log.upTo()): void {
      if (seq > counts.of(id).lastReadSeq) deps.read(id, seq);
    },
    /** To be called with every key: it is told every few seconds. */
    typing(): void {
      if (!typists.mayTell()) return;
      deps
        .link()
        ?.request("typing", { channelId: id })
        .catch(() => undefined);
    },

    /** MSG-5: the page before the oldest that is shown. */
    loadOlder: (): Promise<void> =>
      sync.read(channel, async () => {
        if (!log.hasOlder()) return;
        const page = await api.listMessages(organizationId, id, { before: log.lowest(), limit: PAGE });
        log.addOlder(ascending(page.items), page.nextCursor !== null && page.items.length > 0);
        subscribers.tell();
      }),
    /** MSG-8: a thread's first message and its replies, as far as they are known: all of them after `loadThread`. */
    thread: (root: number): Message[] => log.select(({ seq, replyTo }) => seq === root || replyTo === root),
    loadThread: (root: number): Promise<void> =>
      sync.read(channel, async () => {
        const page = (cursor?: string) =>
          api.getThread(organizationId, id, root, { ...(cursor !== undefined && { cursor }) });
        log.addAside(await everyPage(page));
        subscribers.tell();
      }),
    /** MSG-7: the pinned ones that are known: all of them after `loadPins`. */
    pins: (): Message[] => log.select(({ pinned }) => pinned),
    loadPins: (): Promise<void> =>
      sync.read(channel, async () => {
        const page = (cursor?: string) =>
          api.listPins(organizationId, id, { ...(cursor !== undefined && { cursor }) });
        log.addAside(await everyPage(page));
        subscribers.tell();
      }),
  };
}

export type SessionChannel = ReturnType<typeof sessionChannel>;
