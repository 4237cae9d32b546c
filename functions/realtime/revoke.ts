import { packFrames, serializeEvent } from "./frames.ts";
import { inParallel } from "./in-parallel.ts";
import { type SendDeps, sendFrames } from "./send-frames.ts";

const CONCURRENCY = 50;

/** Tells these connections that their session is over, and closes them (ORG-10). */
export async function revokeSessions(
  deps: SendDeps,
  userId: string,
  connectionIds: readonly string[],
): Promise<void> {
  const frames = packFrames([serializeEvent({ type: "session.revoked" })]);
  await sendFrames(
    deps,
    connectionIds.map((connectionId) => ({ userId, connectionId, frames })),
  );
  await inParallel(connectionIds, CONCURRENCY, (connectionId) => deps.connections.close(connectionId));
}
