/** What a live connection tells; `onClose` also when it was never opened. */
export type SocketListener = {
  onOpen(): void;
  onMessage(data: string): void;
  onClose(code: number): void;
};

export type LiveSocket = { send(data: string): void; close(code: number): void };

/** Something that is to happen; `cancel` does no harm when it has happened. */
export type Timer = { cancel(): void };

/** What a session takes from the platform it runs on, so that a test may give it another time, net and chance. */
export type Environment = {
  now(): number;
  after(milliseconds: number, act: () => void): Timer;
  random(): number;
  nonce(): string;
  /** By how much the person's clock is ahead of UTC. */
  utcOffsetMinutes(): number;
  connect(url: string, listener: SocketListener): LiveSocket;
};

/** A browser, or Node from 22 on. */
export const platform: Environment = {
  now: () => Date.now(),
  after(milliseconds, act) {
    const timer = setTimeout(act, milliseconds);
    return { cancel: () => clearTimeout(timer) };
  },
  random: () => Math.random(),
  nonce: () => crypto.randomUUID(),
  utcOffsetMinutes: () => 0 - new Date().getTimezoneOffset(),
  connect(url, listener) {
    const socket = new WebSocket(url);
    socket.addEventListener("open", () => listener.onOpen());
    socket.addEventListener("message", ({ data }) => listener.onMessage(String(data)));
    socket.addEventListener("close", ({ code }) => listener.onClose(code));
    return {
      send: (data) => socket.send(data),
      close: (code) => socket.close(code),
    };
  },
};
