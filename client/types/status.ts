/** PRS-1. */
export type Presence = "online" | "away" | "dnd" | "offline";

/** PRS-2: never shown after `until`. */
export type CustomStatus = { emoji?: string; text?: string; until?: string };

export type Status = { userId: string; presence: Presence; until?: string; custom?: CustomStatus };

/** What is left out stays. `until` ends DND, and a custom status without an end of its own; `null` takes that away. */
export type StatusChange = { presence?: Presence; until?: string; custom?: CustomStatus | null };
