import { once } from "node:events";
import { createServer } from "node:net";

export type HeldPort = { port: number; release(): Promise<void> };

/**
 * Takes a port of 127.0.0.1 (0: any free one) until it is released, so that nobody else gets it meanwhile; fails when
 * it is busy.
 */
export async function holdPort(port = 0): Promise<HeldPort> {
  const server = createServer((socket) => socket.destroy());
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no TCP address");
  let released: Promise<void> | undefined;
  const release = () => {
    released ??= new Promise((resolve) => server.close(() => resolve()));
    return released;
  };
  return { port: address.port, release };
}

/** A port of 127.0.0.1 that was free a moment ago; with `port` that one, or a failure because it is busy. */
export async function findFreePort(port = 0): Promise<number> {
  const held = await holdPort(port);
  await held.release();
  return held.port;
}
