import { once } from "node:events";
import type { Message, ProblemBody } from "@vestibule/client/types";
import { WebSocket } from "ws";
import type { Person } from "./person.ts";
import { until } from "./until.ts";

/** A live event; those of messages carry channel, `seq` and message. */
export type LiveEvent = {
  type: string;
  channelId?: string;
  seq?: number;
  message?: Message;
  [field: string]: unknown;
};

export type Reply = {
  type: "reply";
  id: string | number | null;
  ok: boolean;
  problem?: ProblemBody;
  message?: Message;
  duplicate?: boolean;
  channels?: Record<string, { messages: Message[]; more: boolean; problem?: ProblemBody }>;
  [field: string]: unknown;
};

/** A connection as it is on the wire: every frame that came, whatever it was. */
export type LiveConnection = Awaited<ReturnType<typeof connect>>;

/** Connects somebody to an organization with a ticket of their own. */
export async function connect(who: Person, org: string) {
  const { url } = await who.client.createSocketTicket(org);
  return await connectTo(url);
}

/** Connects to a ticket's `url`. */
export async function connectTo(url: string, headers: Record<string, string> = {}) {
  const socket = new WebSocket(url, { headers });
  const frames: unknown[] = [];
  const eventFrameSizes: number[] = [];
  const events: LiveEvent[] = [];
  const replies: Reply[] = [];
  const waiting = new Map<unknown, { resolve: (reply: Reply) => void; reject: (error: Error) => void }>();
  const closed = Promise.withResolvers<number>();
  let nextReply = Promise.withResolvers<Reply>();
  let sent = 0;

  socket.on("message", (data) => {
    const text = String(data);
    const frame = JSON.parse(text);
    frames.push(frame);
    if (frame.type === "events") {
      events.push(...frame.events);
      eventFrameSizes.push(Buffer.byteLength(text));
    }
    if (frame.type === "reply") {
      replies.push(frame);
      waiting.get(frame.id)?.resolve(frame);
      nextReply.resolve(frame);
      nextReply = Promise.withResolvers();
    }
  });
  socket.on("close", (code) => {
    closed.resolve(code);
    for (const { reject } of waiting.values()) reject(new Error(`closed with ${code} before the reply`));
  });
  await once(socket, "open");

  return {
    frames,
    events,
    replies,
    /** The bytes of each frame of events. */
    eventFrameSizes,
    /** The code it was closed with, once it is. */
    closed: closed.promise,
    isOpen: () => socket.readyState === WebSocket.OPEN,
    /** Sends a frame as it is. */
    sendRaw: (data: string | Uint8Array) => socket.send(data),
    /** Sends a frame and waits for the reply that carries its id. */
    async ask(action: string, fields: Record<string, unknown> = {}): Promise<Reply> {
      sent += 1;
      const id = `ask-${sent}`;
      const replied = Promise.withResolvers<Reply>();
      waiting.set(id, replied);
      socket.send(JSON.stringify({ action, id, ...fields }));
      try {
        return await replied.promise;
      } finally {
        waiting.delete(id);
      }
    },
    /** Sends a frame as it is and waits for the next reply, whatever that is to. */
    async replyTo(data: string): Promise<Reply> {
      const { promise } = nextReply;
      socket.send(data);
      return await promise;
    },
    /** The first event of a type that fits. */
    event: (type: string, fits: (event: LiveEvent) => boolean = () => true) =>
      until(`a live ${type}`, () => events.find((event) => event.type === type && fits(event))),
    /** Drops the line without a word. */
    cut: () => socket.terminate(),
    async close() {
      socket.close(1000);
      await closed.promise;
    },
  };
}

/** Events of one message: another channel's may bear the same `seq`. */
export function isOf(place: { channelId?: string | undefined; seq?: number | undefined } | undefined) {
  return ({ channelId, seq }: { [name: string]: unknown }): boolean =>
    place !== undefined && channelId === place.channelId && seq === place.seq;
}
