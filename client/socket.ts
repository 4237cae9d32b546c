import type { VestibuleClient } from "./http.ts";
import { problemFrom } from "./problem.ts";
import type { Message, NewMessage, ProblemBody, VestibuleEvent } from "./types.ts";

export type SocketOptions = {
  onEvents?: (events: VestibuleEvent[]) => void;
  /** Called once, when the connection is gone for whatever reason. */
  onClose?: (code: number) => void;
  /** How long a frame waits for its reply; 10 s unless told. */
  replyTimeoutMs?: number;
};

/** What followed a `seq` in one channel, `more` when that is not all; or why that channel is not told. */
export type Missed = { messages: Message[]; more: boolean } | { problem: ProblemBody };

type Reply = { type: "reply"; id: string; ok: boolean; problem?: ProblemBody; [field: string]: unknown };
type Frame = Reply | { type: "events"; events: VestibuleEvent[] };
type Waiting = {
  // A method, so that the reply to each action may have its own type: the service has checked it by its schema.
  resolve(reply: Reply): void;
  reject(error: Error): void;
  timer: ReturnType<typeof setTimeout>;
};

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.addEventListener("open", () => resolve(), { once: true });
    // A browser does not tell why a handshake failed; it is a used ticket more often than not.
    socket.addEventListener("close", () => reject(new Error("The connection was refused.")), { once: true });
  });
}

/** Opens a live connection for the client's person in one organization. It stays until either side closes it. */
export async function openSocket(
  client: VestibuleClient,
  organizationId: string,
  options: SocketOptions = {},
) {
  const { url } = await client.createSocketTicket(organizationId);
  const socket = new WebSocket(url);
  const waiting = new Map<string, Waiting>();
  let frames = 0;

  function settle(reply: Reply) {
    const request = waiting.get(reply.id);
    if (request === undefined) return;
    waiting.delete(reply.id);
    clearTimeout(request.timer);
    if (reply.ok) request.resolve(reply);
    else request.reject(problemFrom(reply.problem?.status ?? 500, reply.problem));
  }

  socket.addEventListener("message", ({ data }) => {
    const frame: Frame = JSON.parse(String(data));
    if (frame.type === "events") options.onEvents?.(frame.events);
    else settle(frame);
  });
  socket.addEventListener("close", ({ code }) => {
    for (const { reject, timer } of waiting.values()) {
      clearTimeout(timer);
      reject(new Error("The connection closed before the reply came."));
    }
    waiting.clear();
    options.onClose?.(code);
  });
  await opened(socket);

  function send<Fields>(action: string, fields: Record<string, unknown> = {}): Promise<Reply & Fields> {
    if (socket.readyState !== WebSocket.OPEN) return Promise.reject(new Error("The connection is closed."));
    frames += 1;
    const id = String(frames);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(id);
        reject(new Error(`No reply to ${action} in time.`));
      }, options.replyTimeoutMs ?? 10_000);
      waiting.set(id, { resolve: (reply: Reply & Fields) => resolve(reply), reject, timer });
      socket.send(JSON.stringify({ ...fields, action, id }));
    });
  }

  return {
    post: (channelId: string, message: NewMessage) =>
      send<{ message: Message; duplicate: boolean }>("post", {
        channelId,
        nonce: crypto.randomUUID(),
        ...message,
      }),
    read: (channelId: string, seq: number) =>
      send<{ channelId: string; lastReadSeq: number }>("read", { channelId, seq }),
    /** What was missed in each channel since the given `seq`. */
    resume: (channels: Record<string, number>) =>
      send<{ channels: Record<string, Missed> }>("resume", { channels }),
    ping: () => send<unknown>("ping"),
    /** Closes the connection; resolves when it is closed. */
    close(): Promise<void> {
      if (socket.readyState === WebSocket.CLOSED) return Promise.resolve();
      return new Promise((resolve) => {
        socket.addEventListener("close", () => resolve(), { once: true });
        socket.close(1000);
      });
    },
  };
}

export type VestibuleSocket = Awaited<ReturnType<typeof openSocket>>;
