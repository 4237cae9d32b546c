import { MessageChannel, type MessagePort } from "node:worker_threads";
import * as z from "zod";

/** A function's request to AWS, with what is read of it here. */
export type WiredCall = {
  method: string;
  /** With the query, as it was sent. */
  path: string;
  /** `x-amz-target`, where there is one. */
  target: string;
  authorization: string | undefined;
  date: string | undefined;
  body: Buffer;
};

export type WiredAnswer = { status: number; headers: Record<string, string>; body: Buffer };

/** An address that functions reach without a way over the network. */
export type Wire = {
  /** Every URL that begins so. */
  base: string;
  /** Answers a call; `undefined`: its caller was killed over it and hears nothing more. */
  answer(call: WiredCall): Promise<WiredAnswer | undefined>;
};

const callSchema = z.object({
  id: z.number(),
  wire: z.number(),
  method: z.string(),
  path: z.string(),
  target: z.string().default(""),
  authorization: z.string().optional(),
  date: z.string().optional(),
  body: z.union([z.string(), z.instanceof(Uint8Array)]).default(""),
});

/** A worker's way to these addresses (its end is in worker-wire.mjs). @returns the port to hand to the worker */
export function openWires(wires: readonly Wire[]): MessagePort {
  const { port1, port2 } = new MessageChannel();
  port1.on("message", async (raw) => {
    const { id, wire, body, authorization, date, ...call } = callSchema.parse(raw);
    try {
      const answer = await wires[wire]?.answer({ ...call, authorization, date, body: Buffer.from(body) });
      // Copied to its own size: a piece of a buffer would be sent with all of that buffer.
      if (answer) port1.postMessage({ ...answer, id, body: new Uint8Array(answer.body) });
    } catch (error) {
      port1.postMessage({ id, error: String(error) });
    }
  });
  return port2;
}
