import { logger } from "../shell/logger.ts";
import type { Notice } from "./notice.ts";
import { personalFrames } from "./personal-frames.ts";
import { type LiveDirectory, type Presence, whoIsThere } from "./recipients.ts";
import { revokeSessions } from "./revoke.ts";
import { type Delivery, type SendDeps, sendFrames } from "./send-frames.ts";

export type FanOutDeps = SendDeps & {
  readonly directory: LiveDirectory;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

/** A burst of changes tells the latest usage once. */
function withoutStaleUsage(notices: readonly Notice[]): Notice[] {
  const last = notices.findLastIndex(({ event }) => event.type === "usage.changed");
  return notices.filter(({ event }, index) => event.type !== "usage.changed" || index === last);
}

/** Without what the roster tells otherwise by now: a line that moved is no removal, and who left again did not come. */
function stillTrue({ rosters }: Presence, notices: readonly Notice[]): Notice[] {
  return notices.filter(({ channel, concerns = "", onlyIfIn }) => {
    if (channel === undefined || onlyIfIn === undefined) return true;
    return rosters.get(channel.channelId)?.has(concerns) === onlyIfIn;
  });
}

async function forget(directory: LiveDirectory, organizationId: string, gone: readonly Delivery[]) {
  for (const [userId, deliveries = []] of Map.groupBy(gone, (delivery) => delivery.userId)) {
    const connectionIds = deliveries.map(({ connectionId }) => connectionId);
    try {
      await directory.removeConnections({ organizationId, userId, connectionIds });
    } catch (error) {
      // The next event finds them gone again.
      logger.warn("dead connections kept", { error: error instanceof Error ? error.name : typeof error });
    }
  }
}

/**
 * Tells an organization's connected people what has happened, grouped per connection into few frames. A dead connection
 * is taken off the list and never fails the others; those of guests whose access is over are closed (GINV-10).
 * @throws when the table does, before anything is sent
 */
export async function fanOut(
  deps: FanOutDeps,
  organizationId: string,
  all: readonly Notice[],
): Promise<void> {
  const latest = withoutStaleUsage(all);
  if (latest.length === 0) return;
  const presence = await whoIsThere(deps.directory, organizationId, { notices: latest, now: deps.now() });
  const framesFor = personalFrames(presence, stillTrue(presence, latest));
  const deliveries = presence.people.flatMap((person) => {
    const frames = framesFor(person);
    if (frames.length === 0) return [];
    return person.connectionIds.map((connectionId) => ({ userId: person.userId, connectionId, frames }));
  });
  const [gone] = await Promise.all([
    sendFrames(deps, deliveries),
    ...presence.ended.map(({ userId, connectionIds }) => revokeSessions(deps, userId, connectionIds)),
  ]);
  await forget(deps.directory, organizationId, gone);
}
