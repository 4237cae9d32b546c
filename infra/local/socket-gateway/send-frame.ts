import type { LocalContext } from "../contracts.ts";
import type { Connection } from "./connection.ts";

/** Sends one text frame and bills it; `false` when the connection is gone. */
export async function sendFrame(
  connection: Connection,
  data: Buffer | string,
  context: LocalContext,
): Promise<boolean> {
  const { socket } = connection;
  if (connection.isOver || socket.readyState !== socket.OPEN) return false;
  connection.lastActiveAt = context.clock.now();
  context.meter.recordSocketMessage(Buffer.byteLength(data));
  const sent = Promise.withResolvers<boolean>();
  socket.send(data, { binary: false }, (error) => sent.resolve(!error));
  return sent.promise;
}
