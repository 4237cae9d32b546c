import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import type { LocalStack } from "../../infra/local/contracts.ts";
import { send } from "./send.ts";
import { until } from "./until.ts";

const health = z.object({ stream: z.object({ isQuiet: z.boolean(), givenUp: z.number() }) });

const SETTLE_SECONDS = 10;

/** What was sent to a connection arrives there within this. */
const FRAME_MS = 200;

/**
 * Waits until every change so far was handed to, and handled by, the stream's functions, and what they sent to
 * connections has arrived.
 */
export async function quietStream(stack: LocalStack, patienceMs?: number): Promise<{ givenUp: number }> {
  const settled = async () => {
    const { body } = await send(stack, "GET", `/local/health?settleSeconds=${SETTLE_SECONDS}`);
    const { stream } = health.parse(body);
    return stream.isQuiet ? { givenUp: stream.givenUp } : undefined;
  };
  const answer = await until("a quiet stream", settled, patienceMs);
  await sleep(FRAME_MS);
  return answer;
}
