import type { VestibuleProblem } from "../problem.ts";
import type { Environment, Timer } from "./environment.ts";
import { createMessageLog, type MessageLog } from "./message-log.ts";
import { createSubscribers, type Subscribers } from "./subscribers.ts";
import { createTypists, type Typists } from "./typists.ts";

/** A channel that a session keeps up with. */
export type TrackedChannel = {
  readonly id: string;
  readonly log: MessageLog;
  readonly typists: Typists;
  readonly subscribers: Subscribers;
  /** Up to when its changes are known; the `since` of the next question (`asOf`). */
  asOf?: string | undefined;
  /** Why it is not to be seen (CH-5, GST-9). */
  problem?: VestibuleProblem | undefined;
  /** Reads of a channel go one after the other, so that a later answer is never an earlier state. */
  isBusy: boolean;
  /** Questions in a row that brought nothing of what is known to be there, or failed. */
  attempt: number;
  /** Messages that came in answers to questions in a row that did not bring all. */
  missed: number;
  timer?: Timer | undefined;
  /** When so much was missed that it was begun anew. */
  expiredAt: number;
};

/** Nothing is known of it yet. */
export function trackChannel(environment: Environment, id: string): TrackedChannel {
  const subscribers = createSubscribers();
  return {
    id,
    log: createMessageLog(),
    typists: createTypists(environment, subscribers.tell),
    subscribers,
    isBusy: false,
    attempt: 0,
    missed: 0,
    expiredAt: Number.NEGATIVE_INFINITY,
  };
}
