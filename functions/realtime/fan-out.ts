import { EVENT_AUDIENCES } from "@vestibule/domain/live";
import { logger } from "../shell/logger.ts";
import type { LivePerson } from "../table/live.ts";
import type { LiveEvent } from "./contract.ts";
import { packFrames, serializeEvent } from "./frames.ts";
import { type Delivery, type SendDeps, sendFrames } from "./send-frames.ts";

/** Something to tell; `personal` is how one of the recipients sees it. */
export type Notice = {
  readonly organizationId: string;
  readonly event: LiveEvent;
  readonly personal?: { readonly userId: string; readonly event: LiveEvent };
};

/** Who is connected, read at delivery time, so that nobody who lost access is told (MSG-4, ORG-10). */
export type LiveDirectory = {
  everybody(organizationId: string): Promise<LivePerson[]>;
  managers(organizationId: string): Promise<LivePerson[]>;
  managerIds(organizationId: string): Promise<string[]>;
  removeConnections(gone: {
    organizationId: string;
    userId: string;
    connectionIds: readonly string[];
  }): Promise<void>;
};

export type FanOutDeps = SendDeps & { readonly directory: LiveDirectory };

const isForManagers = ({ event }: Notice): boolean => EVENT_AUDIENCES[event.type] === "managers";

type Recipients = { readonly people: LivePerson[]; readonly managers: ReadonlySet<string> };

async function recipientsOf(
  directory: LiveDirectory,
  organizationId: string,
  notices: readonly Notice[],
): Promise<Recipients> {
  const isManagersConcern = notices.some(isForManagers);
  if (notices.every(isForManagers)) {
    const people = await directory.managers(organizationId);
    return { people, managers: new Set(people.map(({ userId }) => userId)) };
  }
  const [people, managers] = await Promise.all([
    directory.everybody(organizationId),
    isManagersConcern ? directory.managerIds(organizationId) : [],
  ]);
  return { people, managers: new Set(managers) };
}

/** The frames for each kind of recipient, made once: all who see the same events share the same text. */
function framesBy(notices: readonly Notice[]) {
  const texts = notices.map((notice) => ({
    notice,
    common: serializeEvent(notice.event),
    personal: notice.personal === undefined ? undefined : serializeEvent(notice.personal.event),
  }));
  const authors = new Set(notices.map(({ personal }) => personal?.userId));
  const made = new Map<string, string[]>();
  return (userId: string, isManager: boolean): string[] => {
    const key = `${isManager} ${authors.has(userId) ? userId : ""}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const seen = texts.filter(({ notice }) => isManager || !isForManagers(notice));
    const frames = packFrames(
      seen.map(({ notice, common, personal }) =>
        personal !== undefined && notice.personal?.userId === userId ? personal : common,
      ),
    );
    made.set(key, frames);
    return frames;
  };
}

/** A burst of changes tells the latest usage once. */
function withoutStaleUsage(notices: readonly Notice[]): Notice[] {
  const last = notices.findLastIndex(({ event }) => event.type === "usage.changed");
  return notices.filter(({ event }, index) => event.type !== "usage.changed" || index === last);
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
 * is taken off the list and never fails the others. @throws when the table does, before anything is sent
 */
export async function fanOut(
  deps: FanOutDeps,
  organizationId: string,
  all: readonly Notice[],
): Promise<void> {
  const notices = withoutStaleUsage(all);
  if (notices.length === 0) return;
  const { people, managers } = await recipientsOf(deps.directory, organizationId, notices);
  const framesFor = framesBy(notices);
  const deliveries = people.flatMap(({ userId, connectionIds }) => {
    const frames = framesFor(userId, managers.has(userId));
    return connectionIds.map((connectionId) => ({ userId, connectionId, frames }));
  });
  await forget(deps.directory, organizationId, await sendFrames(deps, deliveries));
}
