/** PRS-1. */
export type Presence = "online" | "away" | "dnd" | "offline";

/** PRS-2: never shown after `until`. */
export type CustomStatus = { emoji?: string; text?: string; until?: string };

export type Status = { userId: string; presence: Presence; until?: string; custom?: CustomStatus };

/** `until` ends a manual presence; `online` gives it up, `null` takes a custom status away. */
export type StatusChange = { presence?: Presence; until?: string; custom?: CustomStatus | null };
