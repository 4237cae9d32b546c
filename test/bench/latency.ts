import { openSocket } from "@vestibule/client/socket";
import * as z from "zod";
import { startLocalStack } from "../../infra/local/start-local-stack.ts";
import { inviteAndAccept, newOrganization } from "../support/organization.ts";
import { person } from "../support/person.ts";
import { printTable } from "./print-table.ts";

const messageSchema = z.object({ message: z.object({ text: z.string() }) });

const POSTS = 200;
const STREAM_INTERVAL_MS = 25;

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

/** Prints the time from a post being sent to its frame reaching another person, in the local stack. */
export async function benchLatency(): Promise<void> {
  const stack = await startLocalStack({ port: 0, streamIntervalMs: STREAM_INTERVAL_MS });
  try {
    const founder = await person(stack, "founder");
    const { id, general } = await newOrganization(founder);
    const reader = await inviteAndAccept(stack, founder, id, "reader");
    const arrived = new Map<string, (at: number) => void>();
    const socket = await openSocket(reader.client, id, {
      onEvents: (events) => {
        const at = performance.now();
        for (const event of events) {
          if (event.type === "message.posted") arrived.get(messageSchema.parse(event).message.text)?.(at);
        }
      },
    });
    const toFrame: number[] = [];
    const toAnswer: number[] = [];
    for (let count = 0; count < POSTS; count += 1) {
      const text = `message ${count}`;
      const frame = new Promise<number>((resolve) => arrived.set(text, resolve));
      const sent = performance.now();
      await founder.client.postMessage(id, general, { text, nonce: text });
      toAnswer.push(performance.now() - sent);
      toFrame.push((await frame) - sent);
    }
    socket.close();
    const row = (name: string, values: readonly number[]) => [
      name,
      `${percentile(values, 0.5).toFixed(0)} ms`,
      `${percentile(values, 0.99).toFixed(0)} ms`,
    ];
    printTable(
      `Post → frame in the local stack (${POSTS} posts one after the other; stream polled every ${STREAM_INTERVAL_MS} ms)`,
      ["from the post to", "p50", "p99"],
      [row("its answer", toAnswer), row("the other person's frame", toFrame)],
    );
  } finally {
    await stack.stop();
  }
}
