import type { VestibuleClient } from "../http.ts";
import type { Unread } from "../types.ts";
import { jitteredMs } from "./backoff.ts";
import type { Environment, Timer } from "./environment.ts";
import { askedMs } from "./passing.ts";

type RefreshDeps = {
  environment: Environment;
  api: Pick<VestibuleClient, "listUnread">;
  organizationId: string;
  /** Called before the question; what it returns is called with the answer. */
  onQuestion: () => (list: Unread[]) => void;
};

/** Membership comes in bursts: of a group, or of a new member's channels. */
const BURST_MS = 500;

/** MSG-11: reads the unread counts of all channels, one question at a time, and again where it fails. */
export function createUnreadRefresh({ environment, api, organizationId, onQuestion }: RefreshDeps) {
  let isReading = false;
  let isWanted = false;
  let attempt = 0;
  let timer: Timer | undefined;
  let isStopped = false;

  async function readAll(): Promise<Unread[]> {
    const all: Unread[] = [];
    let cursor: string | null = null;
    do {
      const query: { cursor?: string } = cursor === null ? {} : { cursor };
      const page: { items: Unread[]; nextCursor: string | null } = await api.listUnread(
        organizationId,
        query,
      );
      all.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return all;
  }

  async function read(): Promise<void> {
    timer?.cancel();
    timer = undefined;
    if (isReading || isStopped) {
      isWanted = true;
      return;
    }
    isReading = true;
    isWanted = false;
    let askedToWait = 0;
    try {
      const onAnswer = onQuestion();
      onAnswer(await readAll());
      attempt = 0;
    } catch (error) {
      attempt += 1;
      askedToWait = askedMs(error);
      isWanted = true;
    }
    isReading = false;
    if (isWanted) soon(Math.max(askedToWait, BURST_MS + jitteredMs(attempt, environment.random())));
  }

  function soon(milliseconds: number): void {
    if (!isStopped) timer ??= environment.after(milliseconds, () => void read());
  }

  return {
    now: () => void read(),
    soon: () => soon(BURST_MS),
    stop(): void {
      isStopped = true;
      timer?.cancel();
    },
  };
}
