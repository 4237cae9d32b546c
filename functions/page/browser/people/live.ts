import { waitMs } from "../backoff.ts";
import { type Fields, fieldsIn, objectsIn, textIn } from "../json.ts";
import { ask } from "./ask.ts";
import { here } from "./workplace.ts";

export type LiveState = "live" | "away" | "ended";

type Reactions = {
  onEvent: (event: Fields) => void;
  /** Connected, for the first time or again: what happened meanwhile is not told, it has to be read. */
  onOpen: () => void;
  onState: (state: LiveState) => void;
};

/** The gateway closes a connection that is silent for ten minutes. */
const PING_MS = 5 * 60_000;

/**
 * Keeps a live connection to the open organization: opens it by a ticket, and again whenever it breaks, until the
 * session is revoked or the service no longer knows who asks.
 */
export function stayConnected({ onEvent, onOpen, onState }: Reactions): void {
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hasEnded = false;
  let isWaiting = false;

  function again(): void {
    if (hasEnded) return;
    onState("away");
    isWaiting = true;
    clearTimeout(timer);
    timer = setTimeout(connect, waitMs(failures, Math.random));
    failures += 1;
  }

  function end(): void {
    hasEnded = true;
    onState("ended");
  }

  function receive(data: unknown): void {
    const frame = typeof data === "string" ? fieldsIn(data) : undefined;
    for (const event of objectsIn(frame, "events")) {
      if (textIn(event, "type") === "session.revoked") end();
      else onEvent(event);
    }
  }

  async function connect(): Promise<void> {
    isWaiting = false;
    const ticket = await ask("POST", here("socket-tickets"));
    if (!ticket.ok) {
      const isOver = ticket.status === 401 || ticket.status === 403 || ticket.status === 404;
      return isOver ? end() : again();
    }
    const socket = new WebSocket(textIn(ticket.body, "url"));
    const pinging = setInterval(() => {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ action: "ping" }));
    }, PING_MS);
    socket.addEventListener("open", () => {
      failures = 0;
      onState("live");
      onOpen();
    });
    socket.addEventListener("message", ({ data }) => receive(data));
    socket.addEventListener("close", () => {
      clearInterval(pinging);
      again();
    });
  }

  // Back in the network: at once, whatever the wait was going to be.
  addEventListener("online", () => {
    if (!isWaiting || hasEnded) return;
    clearTimeout(timer);
    void connect();
  });
  void connect();
}
