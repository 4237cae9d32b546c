import type { VestibuleClient } from "../http.ts";
import { problemFrom, VestibuleProblem } from "../problem.ts";
import type { Message, Missed } from "../types.ts";
import type { Environment } from "./environment.ts";
import type { TrackedChannel } from "./tracked-channel.ts";

/** Somebody who missed more messages than this begins with the latest page again. */
const MOST_MISSED = 1_000;

/** Questions after something that was heard of: a message on its way is there, or a marker in its place, after 5 s. */
const MOST_ATTEMPTS = 7;

/** Messages that are read one by one after an answer; the rest after the next. */
const MOST_SINGLE_READS = 20;

/** Pages of changes that are read after an answer; of more, the latest page of messages is begun with again. */
const MOST_CHANGED_PAGES = 10;

const CHANGED_OF_A_PAGE = 200;

/** A channel that changes faster than answers tell is loaded anew no more often than this. */
export const LOADED_AGAIN_MS = 90_000;

export const PAGE = 50;

export type ReadApi = Pick<VestibuleClient, "listMessages" | "getMessage">;

/** What is to be asked for after an answer: `busy` is a channel that changes faster than answers tell. */
export type Verdict = "complete" | "more" | "behind" | "busy";

type ReadDeps = { environment: Environment; api: ReadApi; organizationId: string };

/** The service does not let this person see it; with a token that has run out (401), it does not know who asks. */
export function isGone(error: unknown): error is VestibuleProblem {
  return error instanceof VestibuleProblem && [403, 404, 410].includes(error.status);
}

export function ascending(messages: readonly Message[]): Message[] {
  return [...messages].sort((one, other) => one.seq - other.seq);
}

/** What is read of a channel, and put into its log. */
export function createChannelReads({ environment, api, organizationId }: ReadDeps) {
  /** One by one, what an answer left open. */
  async function one({ id, log, subscribers }: TrackedChannel, seq: number): Promise<void> {
    const askedAt = environment.now();
    try {
      log.addSnapshots([await api.getMessage(organizationId, id, seq)]);
      log.settle([seq], askedAt);
      subscribers.tell();
    } catch (error) {
      if (!isGone(error)) throw error;
      log.drop(seq);
    }
  }

  /**
   * All that was changed since, where one answer had no room for it: page by page, from the beginning, in the order of the
   * changes. What changes meanwhile comes once more at the end.
   * @returns whether it is all
   */
  async function changedSince({ id, log, subscribers }: TrackedChannel, since: string): Promise<boolean> {
    let cursor: string | undefined;
    for (let count = 0; count < MOST_CHANGED_PAGES; count += 1) {
      const askedAt = environment.now();
      const page = await api.listMessages(organizationId, id, {
        changedSince: since,
        limit: CHANGED_OF_A_PAGE,
        ...(cursor !== undefined && { cursor }),
      });
      log.addSnapshots(page.items);
      log.settle(
        page.items.map(({ seq }) => seq),
        askedAt,
      );
      subscribers.tell();
      if (page.nextCursor === null) return true;
      cursor = page.nextCursor;
    }
    return false;
  }

  /** What is heard of and not there: on its way, or nothing that is to be seen. */
  function whatIsMissing(channel: TrackedChannel): Verdict {
    if (!channel.log.isBehind()) return "complete";
    if (channel.attempt < MOST_ATTEMPTS) return "behind";
    channel.log.unhear();
    channel.attempt = 0;
    return channel.log.isBehind() ? "behind" : "complete";
  }

  return {
    one,
    /** The latest page, of which changes since `asOf` are to be asked for. */
    async latest(channel: TrackedChannel, asOf: string | undefined): Promise<void> {
      const page = await api.listMessages(organizationId, channel.id, { limit: PAGE });
      channel.log.load(ascending(page.items), page.nextCursor !== null);
      channel.asOf = asOf;
      channel.problem = undefined;
      channel.missed = 0;
      channel.subscribers.tell();
    },
    /** An answer to `resume` that was asked for at `askedAt`. */
    async take(
      channel: TrackedChannel,
      missed: Missed | undefined,
      { askedAt, asOf, since }: { askedAt: number; asOf: string | undefined; since: string | undefined },
    ): Promise<Verdict> {
      const { log } = channel;
      if (missed === undefined) return "behind";
      if ("problem" in missed) throw problemFrom(missed.problem.status, missed.problem);
      const { messages, more, changed = [] } = missed;
      const before = log.upTo();
      log.addMissed(messages);
      log.addSnapshots(changed);
      log.settle(new Set([...messages, ...changed].map(({ seq }) => seq)), askedAt);
      channel.missed = more ? channel.missed + messages.length : 0;
      const isCut = missed.moreChanged === true && since !== undefined;
      const moreChanged = isCut && !(await changedSince(channel, since));
      const isAgain = askedAt < channel.expiredAt + LOADED_AGAIN_MS;
      if (channel.missed > MOST_MISSED || (moreChanged && !isAgain)) {
        // Too much has passed: the latest page is read again, and older ones as they are asked for.
        channel.expiredAt = environment.now();
        log.expire();
        return "more";
      }
      // What was changed until then, it knows: the rest is asked for again from there.
      if (!moreChanged) channel.asOf = asOf ?? channel.asOf;
      for (const seq of log.unsettled(askedAt).slice(0, MOST_SINGLE_READS)) await one(channel, seq);
      if (log.upTo() > before) channel.attempt = 0;
      if (more) return "more";
      const missing = whatIsMissing(channel);
      return missing === "complete" && moreChanged ? "busy" : missing;
    },
  };
}
