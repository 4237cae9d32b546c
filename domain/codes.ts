import { CHANNEL_CODES } from "./codes-of-channels.ts";
import { INVITATION_CODES } from "./codes-of-invitations.ts";
import { MESSAGE_CODES } from "./codes-of-messages.ts";
import { PEOPLE_CODES } from "./codes-of-people.ts";
import { SHARE_CODES } from "./codes-of-shares.ts";
import type { Denial } from "./denial.ts";

/** The sections of `product.md`; a denial cites one rule of one of them. */
export const RULE_SECTIONS = [
  "ORG",
  "RGT",
  "SEAT",
  "MINV",
  "GINV",
  "INV",
  "SHR",
  "GST",
  "CH",
  "MSG",
  "PRS",
  "CALL",
  "BOT",
  "DIR",
  "BRD",
] as const;

/** A product rule's id, such as `SEAT-4`. */
export type RuleId = `${(typeof RULE_SECTIONS)[number]}-${number}`;

/** Every code the domain denies with. Codes are stable: clients branch on them. */
export const DENIALS = {
  ...PEOPLE_CODES,
  ...INVITATION_CODES,
  ...SHARE_CODES,
  ...CHANNEL_CODES,
  ...MESSAGE_CODES,
} as const satisfies Record<string, Denial>;

export type DenialCode = keyof typeof DENIALS;

/** GST-17: what guests are told where the rule says more than the code does. */
export const GUEST_RULES: { readonly [rule in RuleId]?: string } = {
  "GST-2": "Guests use slash commands, except those that invite, remove, rename or change headers.",
  "GST-9": "Guests know only of the channels they were given.",
  "GST-10": "Guests join neither channels nor groups by themselves; a chat admin adds them.",
  "GST-11": "Guests open conversations only with people they share a channel with.",
  "GST-12": "Guests neither invite people nor add anybody to a channel.",
  "GST-13": "Guests hold no record, role or right of the organization and do not see its directory.",
  "GST-14": "Guests neither create, rename, describe, archive nor administer channels.",
  "GST-15": "Guests do not delete messages; they may edit their own.",
  "GST-16": "Guests see only the people they share a channel with.",
};
