import { type Environment, platform, type SocketListener } from "@vestibule/client/session/environment";
import type { SessionEvent } from "@vestibule/client/types";
import type { Chance } from "./chance.ts";

/** An event as it came over a connection, and when by the machine's own clock. */
export type Received = { readonly at: number; readonly event: SessionEvent };

type Line = { isDeaf: boolean; isCut: boolean; lose(): void; hear(data: string): void };

/** A session's way to the service: real connections, watched, that can be cut, fall silent, or not be had at all. */
export function createWire(chance: Chance) {
  const lines = new Set<Line>();
  const received: Received[] = [];
  let isOnline = true;
  let opened = 0;

  function note(data: string): void {
    const frame: { type?: string; events?: SessionEvent[] } = JSON.parse(data);
    const at = performance.now();
    if (frame.type === "events") for (const event of frame.events ?? []) received.push({ at, event });
  }

  function connect(url: string, listener: SocketListener) {
    if (!isOnline) {
      queueMicrotask(() => listener.onClose(1006));
      return { send: () => undefined, close: () => undefined };
    }
    const line: Line = {
      isDeaf: false,
      isCut: false,
      hear: (data) => listener.onMessage(data),
      lose() {
        line.isCut = true;
        lines.delete(line);
        socket.close(1000);
        listener.onClose(1006);
      },
    };
    const socket = platform.connect(url, {
      onOpen() {
        opened += 1;
        if (!line.isCut) listener.onOpen();
      },
      onMessage(data) {
        note(data);
        if (!line.isCut && !line.isDeaf) listener.onMessage(data);
      },
      onClose(code) {
        lines.delete(line);
        if (!line.isCut) listener.onClose(code);
      },
    });
    lines.add(line);
    return {
      send(data: string) {
        if (!line.isCut && !line.isDeaf) socket.send(data);
      },
      close: (code: number) => socket.close(code),
    };
  }

  const environment: Environment = { ...platform, random: chance.next, connect };

  return {
    environment,
    received,
    /** How many connections were opened so far: the same number later means the same connection. */
    opened: () => opened,
    isOnline: () => isOnline,
    /** The lines are lost, and both sides hear of it. */
    cut(): void {
      for (const line of [...lines]) line.lose();
    },
    /** The lines are dead, and nobody hears of it. */
    deafen(): void {
      for (const line of lines) line.isDeaf = true;
    },
    /** What was told before is told again, as the stream may do minutes later. */
    repeat(fits: (event: SessionEvent) => boolean): void {
      const events = received.map(({ event }) => event).filter(fits);
      for (const line of lines) line.hear(JSON.stringify({ type: "events", events }));
    },
    setOnline(value: boolean): void {
      isOnline = value;
      if (!value) for (const line of [...lines]) line.lose();
    },
    /** What is asked by HTTP does not arrive either while the net is away. */
    through<Api extends object>(api: Api): Api {
      return new Proxy(api, {
        get(target, name) {
          const call: unknown = Reflect.get(target, name);
          if (typeof call !== "function") return call;
          return async (...given: unknown[]) => {
            if (!isOnline) throw new TypeError("fetch failed: the net is away");
            return await call(...given);
          };
        },
      });
    },
  };
}

export type Wire = ReturnType<typeof createWire>;
