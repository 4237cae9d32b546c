import { problemFrom } from "@vestibule/client/problem";
import type { SessionApi } from "@vestibule/client/session";
import type { Environment, SocketListener } from "@vestibule/client/session/environment";
import type { Message, Missed, ProblemBody, SessionEvent, Status } from "@vestibule/client/types";
import { createStoredChannel, type StoredChannel } from "./stored-channel.ts";
import { createChance, createVirtualTime } from "./virtual-time.ts";

/** How often, from 0 to 1, something goes wrong; and how long frames are under way. */
export type Faults = {
  drop: number;
  duplicate: number;
  slowestMs: number;
  loseReply: number;
  refusePost: number;
  refuseTicket: number;
  refuseHandshake: number;
  failRead: number;
};

export const NO_FAULTS: Faults = {
  drop: 0,
  duplicate: 0,
  slowestMs: 20,
  loseReply: 0,
  refusePost: 0,
  refuseTicket: 0,
  refuseHandshake: 0,
  failRead: 0,
};

type Frame = { action: string; id: string; [field: string]: unknown };
type Connection = { userId: string; listener: SocketListener; isOpen: boolean };

export const refusal = (status: number, code: string, data: object = {}): ProblemBody => ({
  type: "about:blank",
  title: code,
  status,
  detail: code,
  instance: "request-1",
  code,
  ...data,
});

const thrown = (body: ProblemBody) => problemFrom(body.status, body);

/** A service in memory with a net that can be told to fail: deterministic, by its own clock and its own chance. */
export function createFakeService(seed = 1) {
  const time = createVirtualTime();
  const chance = createChance(seed);
  const channels = new Map<string, StoredChannel>();
  const members = new Map<string, Set<string>>();
  const connections = new Set<Connection>();
  const tickets = new Map<string, string>();
  const frames: (Frame & { userId: string })[] = [];
  /** Posts that did not come over a connection. */
  const byHttp: Frame[] = [];
  const refusedTickets: ProblemBody[] = [];
  const statuses = new Map<string, Status>();
  let faults = NO_FAULTS;
  let count = 0;

  const happens = (rate: number) => chance() < rate;
  const mayRead = (channelId: string, userId: string) => members.get(channelId)?.has(userId) === true;

  /** Of those who may read it, as the rule says, at the time of the question. */
  function readable(channelId: string, userId: string): StoredChannel {
    const channel = channels.get(channelId);
    if (channel === undefined || !mayRead(channelId, userId)) throw thrown(refusal(404, "not-found"));
    return channel;
  }

  const own = (message: Message, userId: string, nonce: string): Message =>
    message.author.userId === userId ? { ...message, nonce } : message;

  function told(connection: Connection, events: SessionEvent[]): void {
    const copies = happens(faults.drop) ? 0 : happens(faults.duplicate) ? 2 : 1;
    const data = JSON.stringify({ type: "events", events });
    for (let copy = 0; copy < copies; copy += 1) {
      time.after(1 + chance() * faults.slowestMs, () => {
        if (connection.isOpen) connection.listener.onMessage(data);
      });
    }
  }

  function tell(event: SessionEvent & { channelId: string }): void {
    for (const connection of connections) {
      if (connection.isOpen && mayRead(event.channelId, connection.userId)) told(connection, [event]);
    }
  }

  function close(connection: Connection, code = 1006): void {
    if (!connection.isOpen) return;
    connection.isOpen = false;
    connections.delete(connection);
    connection.listener.onClose(code);
  }

  function post(userId: string, fields: Frame): { message: Message; duplicate: boolean } {
    if (happens(faults.refusePost)) {
      throw thrown(happens(0.5) ? refusal(503, "busy") : refusal(429, "too-many", { retryAfterSeconds: 1 }));
    }
    const { channelId, text, nonce, replyTo } = fields as unknown as {
      channelId: string;
      text: string;
      nonce: string;
      replyTo?: number;
    };
    const channel = readable(channelId, userId);
    if (text === "") throw thrown(refusal(400, "message-empty", { rule: "MSG-1" }));
    const { message, isNew } = channel.post(userId, text, nonce, replyTo);
    if (isNew) {
      tell(channel.postedEvent(message));
      if (replyTo !== undefined && channel.exists(replyTo)) tell(channel.countReply(replyTo, userId));
    }
    return { message: own(message, userId, nonce), duplicate: !isNew };
  }

  function resume(userId: string, fields: Frame): object {
    if (happens(faults.failRead)) throw thrown(refusal(503, "busy"));
    const { channels: asked, since } = fields as unknown as {
      channels: Record<string, number>;
      since?: string;
    };
    const answers: Record<string, Missed> = {};
    for (const [channelId, after] of Object.entries(asked)) {
      answers[channelId] = mayRead(channelId, userId)
        ? readable(channelId, userId).missed(after, since)
        : { problem: refusal(404, "not-found") };
    }
    return { channels: answers, asOf: new Date(time.now()).toISOString() };
  }

  function read(userId: string, fields: Frame): object {
    if (happens(faults.failRead)) throw thrown(refusal(503, "busy"));
    const { channelId, seq } = fields as unknown as { channelId: string; seq: number };
    const channel = readable(channelId, userId);
    const lastReadSeq = Math.max(seq, channel.marks.get(userId) ?? 0);
    channel.marks.set(userId, lastReadSeq);
    const unread = channel.head() - lastReadSeq;
    for (const connection of connections) {
      if (connection.userId !== userId) continue;
      told(connection, [{ type: "unread.changed", channelId, unread, mentions: 0, lastReadSeq }]);
    }
    return { channelId, lastReadSeq };
  }

  const SERVE: Record<string, (userId: string, frame: Frame) => object> = {
    post,
    resume,
    read,
    ping: () => ({}),
    look: () => ({}),
    typing: () => ({}),
    status: (_userId, { watch }) => ({
      statuses: (watch as string[]).flatMap((userId) => statuses.get(userId) ?? []),
    }),
  };

  function answer(connection: Connection, frame: Frame): void {
    frames.push({ ...frame, userId: connection.userId });
    let reply: object;
    try {
      const served = SERVE[frame.action]?.(connection.userId, frame) ?? {};
      reply = { ok: true, ...(JSON.parse(JSON.stringify(served)) as object) };
    } catch (error) {
      const { status, code, data } = error as { status: number; code: string; data: object };
      const { retryAfterSeconds } = error as { retryAfterSeconds?: number };
      reply = { ok: false, problem: refusal(status, code, { ...data, retryAfterSeconds }) };
    }
    if (happens(faults.loseReply)) {
      // Half of the time the connection goes with it, half of the time it is silent.
      if (happens(0.5)) close(connection);
      return;
    }
    const data = JSON.stringify({ type: "reply", id: frame.id, ...reply });
    time.after(1 + chance() * faults.slowestMs, () => {
      if (connection.isOpen) connection.listener.onMessage(data);
    });
  }

  function connect(url: string, listener: SocketListener) {
    const userId = tickets.get(url);
    tickets.delete(url);
    const connection = { userId: userId ?? "", listener, isOpen: false };
    let isOver = false;
    time.after(5, () => {
      if (isOver) return;
      if (userId === undefined || happens(faults.refuseHandshake)) {
        listener.onClose(1006);
        return;
      }
      connection.isOpen = true;
      connections.add(connection);
      listener.onOpen();
    });
    return {
      send(data: string) {
        time.after(1 + chance() * faults.slowestMs, () => {
          if (connection.isOpen) answer(connection, JSON.parse(data) as Frame);
        });
      },
      close(code: number) {
        isOver = true;
        time.after(1, () => close(connection, code));
      },
    };
  }

  async function underWay<Value>(serve: () => Value): Promise<Value> {
    await new Promise<void>((resolve) => time.after(1 + chance() * 10, resolve));
    if (happens(faults.failRead)) throw thrown(refusal(503, "busy"));
    // What is answered is a state of that moment, and does not change with the service afterwards.
    const served = structuredClone(serve());
    await new Promise<void>((resolve) => time.after(1 + chance() * faults.slowestMs, resolve));
    return served;
  }

  function api(userId: string): SessionApi {
    return {
      getMe: async () => ({
        userId,
        email: "",
        firstName: userId,
        lastName: "",
        phone: null,
        locale: null,
        organizations: [],
      }),
      createSocketTicket: async () => {
        const refused = refusedTickets.shift();
        if (refused !== undefined) throw thrown(refused);
        if (happens(faults.refuseTicket)) throw thrown(refusal(503, "busy"));
        count += 1;
        const url = `ws://service?ticket=${count}`;
        tickets.set(url, userId);
        return { ticket: String(count), url, expiresAt: "" };
      },
      listMessages: (_org, channelId, query = {}) =>
        underWay(() => {
          const channel = readable(channelId, userId);
          return query.changedSince === undefined ? channel.page(query) : channel.changedPage(query);
        }),
      postMessage: async (_org, channelId, message) => {
        const fields = { nonce: "", ...message, channelId, action: "post", id: "" };
        byHttp.push(fields);
        const { message: posted } = await underWay(() => post(userId, fields));
        if (happens(faults.loseReply)) throw new TypeError("the connection broke off");
        return posted;
      },
      getMessage: (_org, channelId, seq) =>
        underWay(() => {
          const message = readable(channelId, userId).get(seq);
          if (message === undefined) throw thrown(refusal(404, "not-found"));
          return message;
        }),
      getThread: (_org, channelId, root) =>
        underWay(() => ({
          items: readable(channelId, userId)
            .all()
            .filter(({ seq, replyTo }) => seq === root || replyTo === root),
          nextCursor: null,
          following: true,
        })),
      listPins: (_org, channelId) =>
        underWay(() => ({
          items: readable(channelId, userId)
            .all()
            .filter(({ pinned }) => pinned),
          nextCursor: null,
        })),
      listUnread: () =>
        underWay(() => ({
          items: [...channels.values()]
            .filter(({ id }) => mayRead(id, userId))
            .map(({ id, head, marks }) => ({
              channelId: id,
              lastSeq: head(),
              lastReadSeq: marks.get(userId) ?? 0,
              unread: head() - (marks.get(userId) ?? 0),
              mentions: 0,
              muted: false,
              level: "mentions" as const,
              favourite: false,
            })),
          nextCursor: null,
        })),
      runCommand: (_org, _channel, { text }) => underWay(() => ({ command: text })),
    };
  }

  function environment(): Environment {
    let nonces = 0;
    const name = Math.floor(chance() * 1e9);
    return {
      now: time.now,
      after: time.after,
      random: chance,
      nonce: () => {
        nonces += 1;
        return `nonce-${name}-${nonces}`;
      },
      utcOffsetMinutes: () => 60,
      connect,
    };
  }

  return {
    time,
    chance,
    frames,
    byHttp,
    refusedTickets,
    statuses,
    api,
    environment,
    tell,
    setFaults(changed: Partial<Faults>): void {
      faults = { ...NO_FAULTS, ...changed };
    },
    channel(channelId: string, userIds: readonly string[]): StoredChannel {
      const channel = createStoredChannel(channelId, time.now);
      channels.set(channelId, channel);
      members.set(channelId, new Set(userIds));
      return channel;
    },
    admit(channelId: string, userId: string): void {
      members.get(channelId)?.add(userId);
      tell({ type: "channel.member.added", channelId, userId });
    },
    exclude(channelId: string, userId: string): void {
      tell({ type: "channel.member.removed", channelId, userId });
      members.get(channelId)?.delete(userId);
    },
    /** Tells one person's connections, and nobody else. */
    tellPerson(userId: string, event: SessionEvent): void {
      for (const connection of connections) if (connection.userId === userId) told(connection, [event]);
    },
    /** As somebody else's client would. */
    postAs(channel: StoredChannel, userId: string, text: string, replyTo?: number): Message {
      count += 1;
      const { message } = channel.post(userId, text, `other-${count}`, replyTo);
      tell(channel.postedEvent(message));
      if (replyTo !== undefined && channel.exists(replyTo)) tell(channel.countReply(replyTo, userId));
      return message;
    },
    connectionsOf: (userId: string) => [...connections].filter((one) => one.userId === userId),
    disconnect(userId: string, code = 1006): void {
      for (const connection of [...connections]) if (connection.userId === userId) close(connection, code);
    },
  };
}
