import { type MessageShape, presentMessage } from "../contract/message.ts";
import { changedMessages, changesFrom } from "../message/changed-messages.ts";
import { type Actor, admit } from "../message/channel-relation.ts";
import { shownPage } from "../message/history-page.ts";
import { mayReadIn } from "../message/message-in-sight.ts";
import type { ReadDeps } from "../message/read-deps.ts";
import type { Reply } from "../realtime/contract.ts";
import { problemBody } from "../shell/problem.ts";
import { problemFor } from "../shell/problem-mapper.ts";
import type { ChannelKey } from "../table/channel-heads.ts";
import { isoTime } from "../table/table.ts";
import type { Connection } from "./socket-event.ts";

/** Messages of one channel in one reply (`api.md`). */
const MAX_MESSAGES = 200;

/** API Gateway carries 128 KB; what is left is for the reply's frame and the answers of the other channels. */
const MAX_BYTES = 100 * 1024;

type Missed = Reply<"resume">["channels"][string];

/** The leading messages that fit, and what they take; the first of a reply always does. */
function fitting(messages: MessageShape[], budget: number, isFirst: boolean) {
  let bytes = 0;
  let count = 0;
  for (const message of messages) {
    const size = Buffer.byteLength(JSON.stringify(message));
    if (bytes + size > budget && !(isFirst && count === 0)) break;
    bytes += size;
    count += 1;
  }
  return { fitted: messages.slice(0, count), bytes };
}

type Asked = {
  readonly channels: Record<string, number>;
  /** ISO; what was changed since is answered, too. */
  readonly since?: string | undefined;
  readonly requestId: string;
  readonly now: number;
};

type Found = { readonly messages: MessageShape[]; readonly isMore: boolean; readonly changed?: Changed };
type Changed = { readonly messages: MessageShape[]; readonly isMore: boolean };

/** What was changed of the messages that a client has; those that follow are told as they are now anyway. */
async function changedTo(
  deps: ReadDeps,
  channel: ChannelKey,
  { since, after, userId, now }: { since: string; after: number; userId: string; now: number },
): Promise<Changed> {
  const from = changesFrom(since);
  const { messages, next } = await changedMessages(deps, channel, { after: from, limit: MAX_MESSAGES, now });
  const known = messages.filter(({ seq }) => seq <= after);
  return {
    messages: known.map((message) => presentMessage(channel.channelId, message, userId)),
    isMore: next !== undefined,
  };
}

/** What one channel has to answer, before it is cut to what a reply carries. @throws Problem for who may not read it */
async function missedIn(
  deps: ReadDeps,
  { channel, userId }: Actor,
  { after, since, now }: { after: number; since: string | undefined; now: number },
): Promise<Found> {
  await admit(deps, { channel, userId }, mayReadIn, { isSure: true });
  const [page, changed] = await Promise.all([
    shownPage(deps, channel, { after, limit: MAX_MESSAGES, now }),
    since === undefined ? undefined : changedTo(deps, channel, { since, after, userId, now }),
  ]);
  const messages = page.ascending.map((message) => presentMessage(channel.channelId, message, userId));
  return { messages, isMore: page.isMore, ...(changed === undefined ? {} : { changed }) };
}

/**
 * MSG-4: per channel what follows the `seq` a client has, in rising order; `more` when that is not all. With `since`, what
 * was changed since besides, so that edits, deletions and reactions are made up for as well. `asOf` is before anything
 * is read: what changes meanwhile is told with the next one.
 */
export async function resume(
  deps: ReadDeps,
  { organizationId, userId }: Connection,
  { channels, since, requestId, now }: Asked,
): Promise<Reply<"resume">> {
  const missed = new Map<string, Missed>();
  let budget = MAX_BYTES;
  // Who asks is read once for the frame; how they stand to each channel, channel by channel.
  let asked: ReturnType<ReadDeps["person"]> | undefined;
  const person = () => {
    asked ??= deps.person(organizationId, userId);
    return asked;
  };
  for (const [channelId, after] of Object.entries(channels)) {
    const actor = { channel: { organizationId, channelId }, userId };
    try {
      const found = await missedIn({ ...deps, person }, actor, { after, since, now });
      const { fitted, bytes } = fitting(found.messages, budget, budget === MAX_BYTES);
      budget -= bytes;
      const more = found.isMore || fitted.length < found.messages.length;
      const { changed } = found;
      const shown = changed === undefined ? undefined : fitting(changed.messages, budget, false);
      budget -= shown?.bytes ?? 0;
      const isCut = changed?.isMore === true || (shown?.fitted.length ?? 0) < (changed?.messages.length ?? 0);
      missed.set(channelId, {
        messages: fitted,
        more,
        ...(shown === undefined ? {} : { changed: shown.fitted, moreChanged: isCut }),
      });
    } catch (error) {
      missed.set(channelId, { problem: problemBody(problemFor(error), requestId) });
    }
  }
  return { channels: Object.fromEntries(missed), asOf: isoTime(now) };
}
