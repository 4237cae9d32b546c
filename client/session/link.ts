import { problemFrom } from "../problem.ts";
import type { ProblemBody } from "../types.ts";
import type { Environment, Timer } from "./environment.ts";

type Reply = { type: "reply"; id: string; ok: boolean; problem?: ProblemBody };
type Frame<Event> = Reply | { type: "events"; events: Event[] };

type Waiting = {
  // A method, so that the reply to each action may have its own type: the service has checked it by its schema.
  resolve(reply: unknown): void;
  reject(error: Error): void;
  timer: Timer;
};

export type LinkOptions<Event> = {
  onEvents?: ((events: Event[]) => void) | undefined;
  /** Called once, when a connection that was open is gone for whatever reason. */
  onClose?: ((code: number) => void) | undefined;
  /** How long a frame waits for its reply. */
  replyTimeoutMs: number;
  /** A connection on which a reply does not come is given up: it may be dead without anybody saying so. */
  isClosedBySilence?: boolean;
};

/** The reply may still come to pass, or have come to pass: the frame was sent, and its connection is of no use. */
export class LinkLost extends Error {
  override readonly name = "LinkLost";
}

/** One live connection: frames out, their replies by id, events in. */
export type Link = {
  request<Answer>(action: string, fields?: Record<string, unknown>): Promise<Answer>;
  isOpen(): boolean;
  /** No frame waits for its reply. */
  isIdle(): boolean;
  close(): void;
};

const HANDSHAKE_MS = 15_000;

/** Opens a connection at `url`, which carries the ticket. */
export function openLink<Event>(
  environment: Environment,
  url: string,
  { onEvents, onClose, replyTimeoutMs, isClosedBySilence = false }: LinkOptions<Event>,
): Promise<Link> {
  const waiting = new Map<string, Waiting>();
  let state: "opening" | "open" | "closed" = "opening";
  let frames = 0;

  function settle(reply: Reply) {
    const request = waiting.get(reply.id);
    if (request === undefined) return;
    waiting.delete(reply.id);
    request.timer.cancel();
    if (reply.ok) request.resolve(reply);
    else request.reject(problemFrom(reply.problem?.status ?? 500, reply.problem));
  }

  return new Promise((resolve, reject) => {
    function closed(code: number) {
      if (state === "closed") return;
      const wasOpen = state === "open";
      state = "closed";
      handshake.cancel();
      for (const { reject: lose, timer } of waiting.values()) {
        timer.cancel();
        lose(new LinkLost("The connection closed before the reply came."));
      }
      waiting.clear();
      // A browser does not tell why a handshake failed; it is a used ticket more often than not.
      if (wasOpen) onClose?.(code);
      else reject(new LinkLost("The connection was refused."));
    }

    function giveUp() {
      socket.close(1000);
      closed(1006);
    }

    const link: Link = {
      request<Answer>(action: string, fields: Record<string, unknown> = {}): Promise<Answer> {
        if (state !== "open") return Promise.reject(new LinkLost("The connection is closed."));
        frames += 1;
        const id = String(frames);
        return new Promise((answered, refused) => {
          const timer = environment.after(replyTimeoutMs, () => {
            waiting.delete(id);
            refused(new LinkLost(`No reply to ${action} in time.`));
            if (isClosedBySilence) giveUp();
          });
          waiting.set(id, { resolve: (reply: Answer) => answered(reply), reject: refused, timer });
          socket.send(JSON.stringify({ ...fields, action, id }));
        });
      },
      isOpen: () => state === "open",
      isIdle: () => waiting.size === 0,
      close: () => socket.close(1000),
    };

    const handshake = environment.after(HANDSHAKE_MS, giveUp);
    const socket = environment.connect(url, {
      onOpen() {
        handshake.cancel();
        state = "open";
        resolve(link);
      },
      onMessage(data) {
        const frame: Frame<Event> = JSON.parse(data);
        if (frame.type === "events") onEvents?.(frame.events);
        else settle(frame);
      },
      onClose: closed,
    });
  });
}
