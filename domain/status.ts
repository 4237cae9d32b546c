import { allow, type Decision, deny, firstDenial } from "./decision.ts";
import type { Standing } from "./people.ts";
import { permit } from "./permissions.ts";
import { emojiOf } from "./reactions.ts";
import type { Presence } from "./vocabulary.ts";

/** PRS-2, counted in code points. */
export const STATUS_MAX_CHARACTERS = 100;

/** CALL-5: what somebody's custom status is while they are in a call. */
export const CALL_EMOJI = "📞";

/** The ends of what never ends by itself: sorts after every time. */
const NEVER = Number.MAX_SAFE_INTEGER;

/** PRS-2: an emoji, a text, or both; `until` is epoch ms. */
export type CustomStatus = {
  readonly emoji?: string | undefined;
  readonly text?: string | undefined;
  readonly until?: number | undefined;
};

/** PRS-1: the presences that stay until the person goes back to online. */
export type ManualPresence = Exclude<Presence, "online">;

/** What is kept of somebody's status. */
export type Status = {
  readonly manual?: ManualPresence | undefined;
  /** When the manual presence ends, epoch ms. */
  readonly manualUntil?: number | undefined;
  readonly custom?: CustomStatus | undefined;
  /** The calls that they are in: a call's emoji stands before their own status meanwhile (CALL-5). */
  readonly callIds?: readonly string[] | undefined;
};

/** What somebody changes of their status; what is left out stays, `custom: null` takes it away. */
export type StatusChange = {
  readonly presence?: Presence | undefined;
  readonly custom?: CustomStatus | null | undefined;
  /** Ends DND, and a custom status that has no end of its own. */
  readonly until?: number | undefined;
};

/** How somebody is, as others see it. */
export type ShownStatus = {
  readonly presence: Presence;
  readonly until?: number;
  readonly custom?: CustomStatus;
};

const isOver = (until: number | undefined, now: number): boolean => (until ?? NEVER) <= now;

/** What `until` of a change ends; nothing, if it ends nothing. */
function endedBy({ presence, custom }: StatusChange): { presence: boolean; custom: boolean } {
  const endsCustom = custom !== undefined && custom !== null && custom.until === undefined;
  return { presence: presence === "dnd", custom: endsCustom };
}

/** The field of a custom status that cannot be; `undefined` if all can. */
function faultIn({ emoji, text, until }: CustomStatus, now: number): string | undefined {
  if (emoji !== undefined && emojiOf(emoji) === undefined) return "custom.emoji";
  if (text !== undefined && ([...text].length > STATUS_MAX_CHARACTERS || !text.isWellFormed()))
    return "custom.text";
  if (emoji === undefined && (text === undefined || text.trim() === "")) return "custom";
  return isOver(until, now) ? "custom.until" : undefined;
}

function checkCustom(custom: CustomStatus, now: number): Decision {
  const field = faultIn(custom, now);
  return field === undefined
    ? allow()
    : deny("status-invalid", "PRS-2", { limit: STATUS_MAX_CHARACTERS, field });
}

function checkUntil(change: StatusChange, now: number): Decision {
  const { until } = change;
  if (until === undefined) return allow();
  const ends = endedBy(change);
  const isInVain = !ends.presence && !ends.custom;
  return isInVain || isOver(until, now) ? deny("status-invalid", "PRS-1", { field: "until" }) : allow();
}

/** PRS-1, PRS-2, GST-5: whoever is here sets their own; what ends does so in the future, and only DND among presences. */
export function maySetStatus(facts: {
  readonly actor: Standing;
  readonly change: StatusChange;
  readonly now: number;
}): Decision {
  const { actor, change, now } = facts;
  return firstDenial(
    permit("status.set", { standing: actor }),
    change.custom === undefined || change.custom === null ? allow() : checkCustom(change.custom, now),
    checkUntil(change, now),
  );
}

/** The status after a change. In a call the custom status is set for afterwards (CALL-5). */
export function changedStatus(before: Status, change: StatusChange): Status {
  const { presence, custom, until } = change;
  const ends = endedBy(change);
  const status: Status =
    presence === undefined
      ? before
      : {
          ...before,
          manual: presence === "online" ? undefined : presence,
          manualUntil: ends.presence ? until : undefined,
        };
  if (custom === undefined) return status;
  if (custom === null) return { ...status, custom: undefined };
  return { ...status, custom: ends.custom ? { ...custom, until } : custom };
}

/** CALL-5: somebody is in a call, however often it is said. */
export function enteredCall(before: Status, callId: string): Status {
  const { callIds = [] } = before;
  return callIds.includes(callId) ? before : { ...before, callIds: [...callIds, callId] };
}

/** CALL-5: out of a call; out of the last one, the former status is theirs again. */
export function leftCall(before: Status, callId: string): Status {
  const others = (before.callIds ?? []).filter((id) => id !== callId);
  return { ...before, callIds: others.length === 0 ? undefined : others };
}

function shownCustom({ custom, callIds = [] }: Status, now: number): CustomStatus | undefined {
  if (callIds.length > 0) return { emoji: CALL_EMOJI };
  return custom === undefined || isOver(custom.until, now) ? undefined : custom;
}

/**
 * PRS-1, PRS-2: how somebody is at `now`. What is past its end is never shown, whether or not anybody has taken it away;
 * without a manual presence, it follows their connections.
 */
export function shownStatus(
  status: Status,
  { isConnected, now }: { readonly isConnected: boolean; readonly now: number },
): ShownStatus {
  const { manual, manualUntil } = status;
  const isManual = manual !== undefined && !isOver(manualUntil, now);
  const custom = shownCustom(status, now);
  return {
    presence: isManual ? manual : isConnected ? "online" : "offline",
    ...(isManual && manualUntil !== undefined ? { until: manualUntil } : {}),
    ...(custom === undefined ? {} : { custom }),
  };
}

/** PRS-4: until when nobody disturbs them, epoch ms; `undefined` if they may be disturbed, or may be again. */
export function dndUntil({ manual, manualUntil = NEVER }: Status, now: number): number | undefined {
  return manual === "dnd" && !isOver(manualUntil, now) ? manualUntil : undefined;
}
