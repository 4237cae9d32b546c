import type { Plan, Quota } from "./vocabulary.ts";

export const LIMITS = [
  "seats",
  "guests",
  "publicChannels",
  "privateChannels",
  "historyDays",
] as const satisfies readonly (Quota | "historyDays")[];
export type LimitName = (typeof LIMITS)[number];

/** SEAT-7: an explicit number, or `null` for none. 0 means 0. */
export type Limits = Record<LimitName, number | null>;

/** SEAT-7: the presets. Published are the 100 guests and the 90 days of `essential`; the rest is ours. */
export const PLAN_LIMITS: Record<Plan, Limits> = {
  essential: { seats: 25, guests: 100, publicChannels: 50, privateChannels: 50, historyDays: 90 },
  standard: { seats: 250, guests: 100, publicChannels: 500, privateChannels: 500, historyDays: null },
  business: { seats: 1_000, guests: 100, publicChannels: null, privateChannels: null, historyDays: null },
  enterprise: { seats: null, guests: 100, publicChannels: null, privateChannels: null, historyDays: null },
};

/** SEAT-7: after how many days messages are deleted, not only hidden. */
export const PLAN_DELETION_DAYS: Record<Plan, number | null> = {
  essential: 365,
  standard: null,
  business: null,
  enterprise: null,
};

export const DEFAULT_PLAN: Plan = "standard";

/** SEAT-7: the plan's limits with the organization's own in their place. An override may be `null`, for no limit. */
export function limitsFor(
  plan: Plan,
  overrides: { readonly [name in LimitName]?: number | null | undefined } = {},
): Limits {
  const preset = PLAN_LIMITS[plan];
  const pick = (name: LimitName) => {
    const own = overrides[name];
    return own === undefined ? preset[name] : own;
  };
  return {
    seats: pick("seats"),
    guests: pick("guests"),
    publicChannels: pick("publicChannels"),
    privateChannels: pick("privateChannels"),
    historyDays: pick("historyDays"),
  };
}

const DAY_MS = 86_400_000;

/** MSG-5: messages made before this time are hidden; `null` when the history has no limit. */
export function visibleSince(historyDays: number | null, now: number): number | null {
  return historyDays === null ? null : now - historyDays * DAY_MS;
}

/** SEAT-7: messages made before this time are deleted; `null` where the plan keeps them. */
export function deletedBefore(plan: Plan, now: number): number | null {
  const days = PLAN_DELETION_DAYS[plan];
  return days === null ? null : now - days * DAY_MS;
}
