import { type MessageShape, presentMessage } from "../contract/message.ts";
import { admit } from "../message/channel-relation.ts";
import { shownPage } from "../message/history-page.ts";
import { mayReadIn } from "../message/message-in-sight.ts";
import type { ReadDeps } from "../message/read-deps.ts";
import type { Reply } from "../realtime/contract.ts";
import { problemBody } from "../shell/problem.ts";
import { problemFor } from "../shell/problem-mapper.ts";
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

/** MSG-4: per channel what follows the `seq` a client has, in rising order; `more` when that is not all. */
export async function resume(
  deps: ReadDeps,
  { organizationId, userId }: Connection,
  { channels, requestId, now }: { channels: Record<string, number>; requestId: string; now: number },
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
    const channel = { organizationId, channelId };
    try {
      await admit({ ...deps, person }, { channel, userId }, mayReadIn, { isSure: true });
      const page = await shownPage(deps, channel, { after, limit: MAX_MESSAGES, now });
      const messages = page.ascending.map((message) => presentMessage(channelId, message, userId));
      const { fitted, bytes } = fitting(messages, budget, budget === MAX_BYTES);
      budget -= bytes;
      missed.set(channelId, { messages: fitted, more: page.isMore || fitted.length < messages.length });
    } catch (error) {
      missed.set(channelId, { problem: problemBody(problemFor(error), requestId) });
    }
  }
  return { channels: Object.fromEntries(missed) };
}
