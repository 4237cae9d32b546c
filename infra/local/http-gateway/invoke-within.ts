import type { InvokeResult, Invoker } from "../contracts.ts";

/** API Gateway waits no longer for an integration; for HTTP APIs it can only be lowered, for WebSocket APIs it is 29 s. */
const integrationTimeoutMs = 30_000;

/** Invokes as a gateway does: whoever answers later than the limit has answered nobody. */
export async function invokeWithin(
  invoker: Invoker,
  functionName: string,
  event: unknown,
  source: string,
  limitMs: number = integrationTimeoutMs,
): Promise<InvokeResult | "too-late"> {
  const late = Promise.withResolvers<"too-late">();
  const timer = setTimeout(() => late.resolve("too-late"), limitMs);
  try {
    return await Promise.race([invoker.invoke(functionName, event, source), late.promise]);
  } catch (error) {
    const errorMessage = error instanceof Error ? error.message : String(error);
    return { ok: false, errorType: "Local.InvokeFailed", errorMessage };
  } finally {
    clearTimeout(timer);
  }
}
