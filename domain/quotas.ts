import type { RuleId } from "./codes.ts";
import { allow, type Decision, deny } from "./decision.ts";
import type { ChannelType, Quota } from "./vocabulary.ts";

/** What is counted against a limit; `limit: null` is no limit, and 0 means 0 (SEAT-7). */
export type QuotaCounters = { readonly limit: number | null; readonly used: number };

/** SEAT-6: guests who have registered, and those who have not yet. */
export type GuestCounters = {
  readonly limit: number | null;
  readonly guests: number;
  readonly pendingGuests: number;
};

/** SEAT-8: the refusal names the quota, its limit and its usage. */
export function within(quota: Quota, { limit, used }: QuotaCounters, rule: RuleId, more = 1): Decision {
  if (limit === null || used + more <= limit) return allow();
  return deny("quota-exceeded", rule, { quota, limit, used });
}

/** SEAT-6, SEAT-9: whoever becomes a guest, or is to, needs a place that neither a guest nor a pending one has. */
export function mayTakeGuestPlace(
  { limit, guests, pendingGuests }: GuestCounters,
  rule: RuleId = "SEAT-6",
  count = 1,
): Decision {
  return within("guests", { limit, used: guests + pendingGuests }, rule, count);
}

/** SEAT-6, as SEAT-5 has it for seats: a pending guest comes in unless the guests would pass the limit. */
export function mayHoldGuestPlace({ limit, guests }: Pick<GuestCounters, "limit" | "guests">): Decision {
  return within("guests", { limit, used: guests }, "SEAT-6");
}

/** What a channel of each type counts against (SEAT-7); conversations are not limited. */
export const CHANNEL_QUOTAS: Record<ChannelType, Quota | null> = {
  public: "publicChannels",
  private: "privateChannels",
  direct: null,
  group: null,
};

/** SEAT-8: one more channel of this type, made, converted or restored (CH-7). */
export function mayAddChannel(type: ChannelType, counters: QuotaCounters): Decision {
  const quota = CHANNEL_QUOTAS[type];
  return quota === null ? allow() : within(quota, counters, "SEAT-8");
}
