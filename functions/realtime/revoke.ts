import { setTimeout as pause } from "node:timers/promises";
import { logger } from "../shell/logger.ts";
import { packFrames, serializeEvent } from "./frames.ts";
import { inParallel } from "./in-parallel.ts";
import { type SendDeps, sendFrames } from "./send-frames.ts";

const CONCURRENCY = 50;

/** The gateway may be too busy to close a connection at the first attempt: some 3 s in all. */
const CLOSE_ATTEMPTS = 6;
const BACKOFF_MS = 100;

async function close({ connections, wait = pause }: SendDeps, connectionId: string): Promise<void> {
  for (let count = 0; count < CLOSE_ATTEMPTS; count += 1) {
    if (count > 0) await wait(BACKOFF_MS * 2 ** (count - 1) * (0.5 + Math.random() / 2));
    if ((await connections.close(connectionId)) !== "again") return;
  }
  // It is told nothing any more and may do nothing: it ends by itself within two hours.
  logger.warn("connection of an ended session not closed", { connectionId });
}

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
  await inParallel(connectionIds, CONCURRENCY, (connectionId) => close(deps, connectionId));
}
