import { isEnded } from "@vestibule/domain/guests";
import { logger } from "../shell/logger.ts";
import type { LivePerson } from "../table/live.ts";
import { inParallel } from "./in-parallel.ts";
import type { Notice } from "./notice.ts";
import { personalFrames } from "./personal-frames.ts";
import { connectedPeople, type LiveDirectory, readScene, type Scene } from "./recipients.ts";
import { revokeSessions } from "./revoke.ts";
import { type Delivery, type SendDeps, sendFrames } from "./send-frames.ts";

export type FanOutDeps = SendDeps & {
  readonly directory: LiveDirectory;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

/** So many people's connections are taken off the list, or closed, at a time. */
const AT_A_TIME = 25;

/** A burst of changes tells the latest usage once. */
function withoutStaleUsage(notices: readonly Notice[]): Notice[] {
  const last = notices.findLastIndex(({ event }) => event.type === "usage.changed");
  return notices.filter(({ event }, index) => event.type !== "usage.changed" || index === last);
}

/** Without what the roster tells otherwise by now: a line that moved is no removal, and who left again did not come. */
function stillTrue({ rosters }: Scene, notices: readonly Notice[]): Notice[] {
  return notices.filter(({ channel, concerns = "", onlyIfIn }) => {
    if (channel === undefined || onlyIfIn === undefined) return true;
    return rosters.get(channel.channelId)?.has(concerns) === onlyIfIn;
  });
}

/** Takes connections that sending found gone off the list of the live ones. */
export async function forgetGone(
  { directory }: Pick<FanOutDeps, "directory">,
  organizationId: string,
  gone: readonly Delivery[],
): Promise<void> {
  const people = [...Map.groupBy(gone, (delivery) => delivery.userId)];
  // Many are gone at once when a net is: one after the other, they would take longer than the relay has.
  await inParallel(people, AT_A_TIME, async ([userId, deliveries]) => {
    const connectionIds = deliveries.map(({ connectionId }) => connectionId);
    try {
      await directory.removeConnections({ organizationId, userId, connectionIds });
    } catch (error) {
      // The next event finds them gone again.
      logger.warn("dead connections kept", { error: error instanceof Error ? error.name : typeof error });
    }
  });
}

/** Who gets what, page by page of those connected; `ended` collects guests whose access is over meanwhile (GINV-10). */
async function* deliveriesOf(
  deps: FanOutDeps,
  scene: Scene,
  notices: readonly Notice[],
  ended: LivePerson[],
): AsyncGenerator<Delivery> {
  const framesFor = personalFrames(scene, stillTrue(scene, notices));
  for await (const people of connectedPeople(deps.directory, scene, notices)) {
    for (const person of people) {
      const { userId, connectionIds, endsAt } = person;
      if (isEnded(endsAt ?? null, scene.now)) {
        ended.push(person);
        continue;
      }
      const frames = framesFor(person);
      if (frames.length === 0) continue;
      for (const connectionId of connectionIds) yield { userId, connectionId, frames };
    }
  }
}

/**
 * Tells an organization's connected people what has happened, grouped per connection into few frames. However many they
 * are, a page of them is held at a time. A dead connection is taken off the list and never fails the others; those of
 * guests whose access is over are closed (GINV-10).
 * @throws when the table does; who was told before may then be told again
 */
export async function fanOut(
  deps: FanOutDeps,
  organizationId: string,
  all: readonly Notice[],
): Promise<void> {
  const notices = withoutStaleUsage(all);
  if (notices.length === 0) return;
  const scene = await readScene(deps.directory, organizationId, { notices, now: deps.now() });
  const ended: LivePerson[] = [];
  const gone = await sendFrames(deps, deliveriesOf(deps, scene, notices, ended));
  await inParallel(ended, AT_A_TIME, (guest) => revokeSessions(deps, guest.userId, guest.connectionIds));
  await forgetGone(deps, organizationId, gone);
}
