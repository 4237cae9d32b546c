import * as z from "zod";
import type { LocalStack } from "../../infra/local/contracts.ts";
import { send } from "./send.ts";
import { until } from "./until.ts";

const health = z.object({ stream: z.object({ isQuiet: z.boolean(), givenUp: z.number() }) });

/** Waits until every change so far was handed to, and handled by, the stream's functions. */
export async function quietStream(stack: LocalStack, patienceMs?: number): Promise<{ givenUp: number }> {
  let quietLooks = 0;
  const isQuiet = async () => {
    const { body } = await send(stack, "GET", "/local/health");
    const { stream } = health.parse(body);
    // Looked at for longer than the stream is left alone: what was just written may not have been fetched yet.
    quietLooks = stream.isQuiet ? quietLooks + 1 : 0;
    return quietLooks > 8 ? { givenUp: stream.givenUp } : undefined;
  };
  return await until("a quiet stream", isQuiet, patienceMs);
}
