import { setTimeout as sleep } from "node:timers/promises";

const MOST_ATTEMPTS = 10;
const RETRY_MS = 1000;

/**
 * Sends until the answer is another one than 503, as every client does (`api.md`): a machine that is busy with other
 * things lets a function's own time limits pass.
 */
export async function untilServed<Answer extends { status: number }>(
  attempt: () => Promise<Answer>,
): Promise<Answer> {
  for (let count = 1; ; count += 1) {
    const answer = await attempt();
    if (answer.status !== 503 || count === MOST_ATTEMPTS) return answer;
    await sleep(RETRY_MS);
  }
}
