import type { SessionOptions } from "../session.ts";

type Net = Pick<Required<NonNullable<SessionOptions["environment"]>>, "connect">;

/** A net that can be unplugged: connections break as in a tunnel, and no new one comes about until it is back. */
export function cable() {
  const open = new Set<WebSocket>();
  let isPlugged = true;

  const connect: Net["connect"] = (url, listener) => {
    const socket = new WebSocket(url);
    open.add(socket);
    if (!isPlugged) socket.close();
    socket.addEventListener("open", () => listener.onOpen());
    socket.addEventListener("message", ({ data }) => listener.onMessage(String(data)));
    socket.addEventListener("close", ({ code }) => {
      open.delete(socket);
      listener.onClose(code);
    });
    return { send: (data) => socket.send(data), close: (code) => socket.close(code) };
  };

  return {
    environment: { connect } satisfies SessionOptions["environment"],
    unplug(): void {
      isPlugged = false;
      for (const socket of open) socket.close();
    },
    plug(): void {
      isPlugged = true;
    },
  };
}
