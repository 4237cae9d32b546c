import type { Notice } from "../realtime/notice.ts";
import type { LiveDirectory } from "../realtime/recipients.ts";
import type { ItemChange } from "../table/stream-items.ts";
import type { Figures } from "./figures.ts";
import type { Of } from "./shown-change.ts";

type LaterDeps = { readonly directory: Pick<LiveDirectory, "among">; readonly figures: Figures };

/** MSG-9: somebody beyond those whom the message names; its own change tells of these. */
async function ofReactor({ figures }: LaterDeps, change: Of<"reactor">): Promise<Notice[]> {
  const { organizationId, channelId, seq, before, after } = change;
  const reactor = after ?? before;
  if (reactor === undefined || reactor.isNamed || (before !== undefined && after !== undefined)) return [];
  const { emoji, userId } = reactor;
  const count = await figures.reactionCount({ organizationId, channelId }, seq, emoji);
  if (count === undefined) return [];
  const type = after === undefined ? "reaction.removed" : "reaction.added";
  const event = { type, channelId, seq, emoji, userId, count } as const;
  return [{ organizationId, channel: { channelId }, event }];
}

/** Their mark starts where the channel stands (MSG-11): their coming is told by itself. */
const comesIn = ({ before, after }: Of<"mine">): boolean =>
  before?.role === undefined && after?.role !== undefined;

/** Whose marks have moved, each once for each channel. */
function movedMarks(changes: readonly ItemChange[]): Of<"mine">[] {
  const moved = changes.flatMap((change) => {
    if (change.kind !== "mine" || change.after === undefined || comesIn(change)) return [];
    const [was, is] = [change.before?.lastReadSeq ?? 0, change.after.lastReadSeq];
    return is > was ? [[`${change.userId} ${change.channelId}`, change] as const] : [];
  });
  return [...new Map(moved).values()];
}

/** CH-11, MSG-11: what somebody has read is told to all their connections, if they have any. */
async function ofMarks({ directory, figures }: LaterDeps, changes: readonly ItemChange[]): Promise<Notice[]> {
  const moved = movedMarks(changes);
  const [first] = moved;
  if (first === undefined) return [];
  const { organizationId } = first;
  const userIds = [...new Set(moved.map(({ userId }) => userId))];
  const connected = new Set((await directory.among(organizationId, userIds)).map(({ userId }) => userId));
  const told = moved
    .filter(({ userId }) => connected.has(userId))
    .map(async ({ userId, channelId }): Promise<Notice[]> => {
      const unread = await figures.unread({ organizationId, channelId }, userId);
      if (unread === undefined) return [];
      return [{ organizationId, concerns: userId, event: { type: "unread.changed", channelId, ...unread } }];
    });
  return (await Promise.all(told)).flat();
}

/** What is told of an organization's changes after reading more than they say themselves. */
export async function laterNotices(deps: LaterDeps, changes: readonly ItemChange[]): Promise<Notice[]> {
  const ofReactors = changes.map((change) => (change.kind === "reactor" ? ofReactor(deps, change) : []));
  return (await Promise.all([...ofReactors, ofMarks(deps, changes)])).flat();
}
