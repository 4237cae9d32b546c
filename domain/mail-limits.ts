/** INV-13: so many mails in a period, all of which may be sent at once after a rest. */
export type MailRate = { readonly limit: number; readonly periodMs: number };

/** INV-13: whose mails are counted. */
export const MAIL_COUNTERS = ["sender", "organization", "recipient"] as const;
export type MailCounter = (typeof MAIL_COUNTERS)[number];

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** INV-13: the limits unless a deployment sets others. */
export const MAIL_LIMITS: Record<MailCounter, MailRate> = {
  sender: { limit: 100, periodMs: HOUR_MS },
  organization: { limit: 1_000, periodMs: DAY_MS },
  recipient: { limit: 10, periodMs: DAY_MS },
};

/** INV-13: an organization may only lower its own limit; `null` is no limit. */
export function effectiveLimit(deployment: number | null, own: number | null): number | null {
  if (deployment === null || own === null) return deployment ?? own;
  return Math.min(deployment, own);
}

export type Charge =
  | { readonly allowed: true; readonly tat: number }
  | { readonly allowed: false; readonly retryAfterMs: number };

/** A thousand sums of fractions of milliseconds round by less. */
const ROUNDING_MS = 1;

/**
 * INV-13, by the generic cell rate algorithm: the one number kept is the time at which the allowance will be whole again
 * (`tat`, epoch ms; `undefined` when it is). Mails move it on; further than a period ahead it may not go. More mails than
 * the limit never fit: `retryAfterMs` then says when so many could have been sent.
 */
export function charge(tat: number | undefined, mails: number, rate: MailRate, now: number): Charge {
  const from = Math.max(tat ?? now, now);
  if (mails === 0) return { allowed: true, tat: from };
  if (rate.limit <= 0) return { allowed: false, retryAfterMs: rate.periodMs };
  const after = from + costMs(mails, rate);
  const excessMs = after - now - rate.periodMs;
  return excessMs <= ROUNDING_MS
    ? { allowed: true, tat: after }
    : { allowed: false, retryAfterMs: Math.ceil(excessMs) };
}

/** What `tat` becomes when charged mails were not sent after all. */
export function refund(tat: number, mails: number, rate: MailRate): number {
  return rate.limit <= 0 ? tat : tat - costMs(mails, rate);
}

function costMs(mails: number, { limit, periodMs }: MailRate): number {
  return (mails * periodMs) / limit;
}
