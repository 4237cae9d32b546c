// A process of its own: opens the sockets that it is told to, and notes when what arrives on which.
import { WebSocket } from "ws";
import * as z from "zod";
import type { Heard, Order } from "./listeners.ts";

const frameSchema = z.object({
  events: z.array(z.object({ type: z.string(), seq: z.number().optional() })),
});

const BILLED_BYTES = 32 * 1024;

/** By connection: when each `seq` first arrived. */
const arrivals: Map<number, number>[] = [];
const heard: Heard = { frames: 0, billed: 0, bytes: 0, events: 0, repeated: 0, closed: 0 };

/** The same text goes to many connections: its parts are read once. */
const known = new Map<string, number[]>();

function seqsIn(text: string): number[] {
  const found = known.get(text);
  if (found !== undefined) return found;
  const { events } = frameSchema.parse(JSON.parse(text));
  const seqs = events.flatMap(({ type, seq }) =>
    type === "message.posted" && seq !== undefined ? [seq] : [],
  );
  if (known.size > 100) known.clear();
  known.set(text, seqs);
  return seqs;
}

function hear(mine: Map<number, number>, text: string, at: number): void {
  const bytes = Buffer.byteLength(text);
  heard.frames += 1;
  heard.bytes += bytes;
  heard.billed += Math.max(1, Math.ceil(bytes / BILLED_BYTES));
  for (const seq of seqsIn(text)) {
    heard.events += 1;
    if (mine.has(seq)) heard.repeated += 1;
    else mine.set(seq, at);
  }
}

async function open(url: string): Promise<void> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  const mine = new Map<number, number>();
  const opened = Promise.withResolvers<void>();
  socket.on("open", opened.resolve);
  socket.on("error", opened.reject);
  socket.on("close", () => {
    heard.closed += 1;
  });
  socket.on("message", (data: Buffer) =>
    hear(mine, data.toString(), performance.timeOrigin + performance.now()),
  );
  await opened.promise;
  arrivals.push(mine);
}

process.on("message", async (order: Order) => {
  if (order.kind === "open") {
    const outcomes = await Promise.allSettled(order.urls.map(open));
    process.send?.(outcomes.map(({ status }) => status === "fulfilled"));
  }
  if (order.kind === "count") process.send?.({ ...heard });
  if (order.kind === "arrivals") process.send?.(arrivals.map((mine) => [...mine]));
});
process.on("disconnect", () => process.exit(0));
