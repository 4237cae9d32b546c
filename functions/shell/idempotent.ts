import type { IdempotencyStore } from "../table/idempotency.ts";
import { idSuffix, newId, sha256 } from "./ids.ts";
import { logger } from "./logger.ts";
import { Problem } from "./problem.ts";
import type { Answer, Implementation, Request, Route } from "./route.ts";

type Once = {
  implementation: Implementation;
  request: Request<Route>;
  key: string;
  path: string;
  store: IdempotencyStore;
};

async function finish(once: Once, keyHash: string, answer: Answer): Promise<void> {
  const { implementation, request, store } = once;
  const { userId } = request.person;
  const withoutSecrets = implementation.replay?.store;
  const body = withoutSecrets === undefined ? answer.body : withoutSecrets(answer.body, request);
  try {
    if (answer.isFinal === false) return await store.yield({ userId, keyHash });
    await store.complete({ userId, keyHash, status: answer.status, body, version: answer.version });
  } catch (error) {
    // The request itself is done and must be acknowledged; a repetition takes over with the same planned id.
    logger.warn("idempotent answer not kept", error instanceof Error ? error : String(error));
  }
}

/**
 * After a failure: a refusal wrote nothing and is forgotten, unless a run before this one may have written. What else went
 * wrong (a busy table, a bug) may have written too. Then a repetition must run as the same request; it may at once, since
 * this run is over.
 */
async function stepBack(
  { request, store }: Once,
  keyHash: string,
  { error, isFirstRun }: { readonly error: unknown; readonly isFirstRun: boolean },
): Promise<void> {
  const { userId } = request.person;
  const hasWrittenNothing = isFirstRun && error instanceof Problem && error.status !== 503;
  try {
    await (hasWrittenNothing ? store.release({ userId, keyHash }) : store.yield({ userId, keyHash }));
  } catch (failure) {
    // The caller is to hear of the first error; the claim ends by itself.
    logger.warn("idempotent claim not ended", failure instanceof Error ? failure : String(failure));
  }
}

/** What a key is kept as: it counts for one route and path. */
export function keyHashOf(of: {
  readonly route: Pick<Route, "method">;
  readonly path: string;
  readonly key: string;
}): string {
  return sha256(`${of.route.method} ${of.path}\n${of.key}`);
}

/**
 * Serves a request under its `Idempotency-Key`: the same key and body give the stored answer for 24 h to whoever may still
 * do it, another body 422, one still running 409 with `Retry-After`. A refusal is not kept: it wrote nothing and may be
 * tried again. A request whose function died is run again with the same planned id, so that what it created is found, not
 * doubled.
 */
export async function answerOnce(once: Once): Promise<Answer> {
  const { implementation, request, key, path, store } = once;
  const { userId } = request.person;
  const keyHash = keyHashOf({ route: implementation.route, path, key });
  const suffix = idSuffix(newId("organization", request.now));
  const claim = await store.claim({
    userId,
    keyHash,
    bodyHash: sha256(JSON.stringify(request.body ?? null)),
    suffix,
    now: request.now,
  });
  switch (claim.kind) {
    case "known": {
      const { demand, restore } = implementation.replay ?? {};
      await demand?.(request);
      const body = restore === undefined ? claim.body : await restore(claim.body, claim.suffix);
      const { status, version } = claim;
      const headers = { "idempotency-replayed": "true" };
      return { status, body, headers, ...(version === undefined ? {} : { version }) };
    }
    case "running":
      throw new Problem(409, "idempotency-in-progress", "The same request is still running.", {
        headers: { "retry-after": "1" },
      });
    case "other-body":
      throw new Problem(422, "idempotency-key-reused", "This Idempotency-Key was used with another body.");
    case "ours": {
      let answer: Answer;
      try {
        answer = await implementation.serve({ ...request, plannedSuffix: claim.suffix });
      } catch (error) {
        // A claim that was taken over comes with the id that its first run planned.
        await stepBack(once, keyHash, { error, isFirstRun: claim.suffix === suffix });
        throw error;
      }
      await finish(once, keyHash, answer);
      return answer;
    }
  }
}
