import type { SendOutcome } from "../mail/send-mail.ts";

/** What one attempt came to. `later`: not before `at` (epoch ms), by this or another invocation. */
export type Delivery =
  | { readonly kind: "sent"; readonly messageId: string }
  | { readonly kind: "skipped"; readonly why: string }
  | { readonly kind: "failed"; readonly code: string }
  | { readonly kind: "later"; readonly at: number; readonly why: string };

/**
 * How long a claim lasts: longer than claiming, sending and recording can take with the timeouts of their clients (3 s,
 * 5.5 s, 3 s). Whoever holds one that is over is gone.
 */
export const LEASE_MS = 15_000;

/**
 * After an answer that does not say whether SES took the mail: time for its own `Send` event to tell (`mail-events`),
 * so that the next attempt is skipped rather than a second mail.
 */
export const DOUBT_MS = 5_000;

export function skipped(why: string): Delivery {
  return { kind: "skipped", why };
}

/** A mail as its item keeps it. */
type KeptMail = { readonly state: string; readonly leaseUntil?: number | undefined };

/** What a mail's own state says about sending it; `undefined` if it may be claimed now. */
export function mailObstacle(mail: KeptMail | undefined, now: number): Delivery | undefined {
  if (mail?.state === "queued") return undefined;
  if (mail?.state !== "sending") return skipped(mail?.state ?? "no mail");
  const leaseUntil = mail.leaseUntil ?? 0;
  return leaseUntil <= now ? undefined : { kind: "later", at: leaseUntil, why: "claimed" };
}

/** How what became of a claimed mail is recorded. */
export type Records<Claim> = {
  readonly markSent: (claim: Claim, messageId: string, now: number) => Promise<boolean>;
  readonly markFailed: (claim: Claim) => Promise<boolean>;
  readonly release: (claim: Claim, terms: { until: number; mayBeMailed: boolean }) => Promise<boolean>;
  readonly now: () => number;
};

/** Records what became of a claimed mail (INV-11, INV-12). */
export async function settle<Claim>(
  records: Records<Claim>,
  claim: Claim,
  outcome: SendOutcome,
): Promise<Delivery> {
  switch (outcome.kind) {
    case "accepted":
      await records.markSent(claim, outcome.messageId, records.now());
      return { kind: "sent", messageId: outcome.messageId };
    case "refused":
      await records.markFailed(claim);
      return { kind: "failed", code: outcome.code };
    case "deferred":
      await records.release(claim, { until: records.now(), mayBeMailed: false });
      return { kind: "later", at: records.now(), why: outcome.code };
    case "unknown": {
      const at = records.now() + DOUBT_MS;
      await records.release(claim, { until: at, mayBeMailed: true });
      return { kind: "later", at, why: outcome.code };
    }
  }
}
