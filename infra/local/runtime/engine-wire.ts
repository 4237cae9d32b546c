import { MessageChannel, type MessagePort } from "node:worker_threads";
import * as z from "zod";
import type { EngineGate } from "../engine/engine-gate.ts";

const callSchema = z.object({
  id: z.number(),
  target: z.string(),
  authorization: z.string(),
  date: z.string(),
  body: z.union([z.string(), z.instanceof(Uint8Array)]),
});

/** A worker's way to DynamoDB (its end is in engine-wire.mjs). @returns the port to hand to the worker */
export function openEngineWire(ask: EngineGate): MessagePort {
  const { port1, port2 } = new MessageChannel();
  port1.on("message", async (raw) => {
    const { id, body, ...call } = callSchema.parse(raw);
    try {
      const answer = await ask({ ...call, body: Buffer.from(body) });
      // Copied to its own size: a piece of a buffer would be sent with all of that buffer.
      if (answer) port1.postMessage({ ...answer, id, body: new Uint8Array(answer.body) });
    } catch (error) {
      port1.postMessage({ id, error: String(error) });
    }
  });
  return port2;
}
