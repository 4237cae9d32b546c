import { DEFAULT_LIFETIME_DAYS } from "@vestibule/domain/invitations";
import type { GuestCounters } from "@vestibule/domain/quotas";
import type { SeatCounters } from "@vestibule/domain/seats";
import { PLANS } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { keys } from "./keys.ts";
import { getItem, getItems } from "./read.ts";
import type { Table } from "./table.ts";
import type { Write } from "./transaction.ts";

const limit = z.number().int().nullable();

export const limitsSchema = z.object({
  seats: limit,
  guests: limit,
  publicChannels: limit,
  privateChannels: limit,
  historyDays: limit,
});

export const settingsSchema = z.object({
  memberInvitationDays: z.number().int(),
  guestInvitationDays: z.number().int().default(DEFAULT_LIFETIME_DAYS.guest),
  shareInvitationDays: z.number().int().default(DEFAULT_LIFETIME_DAYS.share),
  termsVersion: z.string(),
  /** INV-13: the organization's own limits, below the deployment's; `null` leaves those in force. */
  mailsPerSenderHour: z.number().int().nullable().default(null),
  mailsPerDay: z.number().int().nullable().default(null),
  /** BRD-1; `logo` is where its bytes are kept (`logos.ts`). */
  brand: z
    .object({
      isOn: z.boolean(),
      buttonColor: z.string(),
      textColor: z.string(),
      logo: z.object({ hash: z.string(), type: z.string() }).nullable(),
    })
    .nullable()
    .default(null),
});

/** An organization with its limits and counters: `O#<org>` / `ORG`. */
export const organizationItem = z.object({
  organizationId: z.string(),
  name: z.string(),
  plan: z.enum(PLANS),
  limits: limitsSchema,
  settings: settingsSchema,
  seatsHeld: z.number().int(),
  seatsReserved: z.number().int(),
  /** Always `seatsHeld + seatsReserved`: conditions have no arithmetic. */
  seatsUsed: z.number().int(),
  legalRepresentatives: z.number().int(),
  guests: z.number().int(),
  pendingGuests: z.number().int(),
  /** Always `guests + pendingGuests` (SEAT-6). */
  guestsUsed: z.number().int(),
  publicChannels: z.number().int(),
  privateChannels: z.number().int(),
  /** The channels that new members join beside General (CH-2). */
  defaultChannelIds: z.array(z.string()),
  version: z.number().int(),
  createdAt: z.string(),
});

export type Organization = z.infer<typeof organizationItem>;

/** The organization, read strongly (1 read unit). */
export async function getOrganization(table: Table, org: string): Promise<Organization | undefined> {
  return await getItem(table, keys.organization(org), organizationItem);
}

/** Several organizations, in no particular order. */
export async function getOrganizations(table: Table, ids: readonly string[]): Promise<Organization[]> {
  return await getItems(
    table,
    ids.map((id) => keys.organization(id)),
    organizationItem,
  );
}

/** The counters that the seat rules are about. */
export function seatCounters(organization: Organization): SeatCounters {
  return {
    limit: organization.limits.seats,
    held: organization.seatsHeld,
    reserved: organization.seatsReserved,
  };
}

/** The counters that the rules of guests' places are about (SEAT-6). */
export function guestCounters({ limits, guests, pendingGuests }: Organization): GuestCounters {
  return { limit: limits.guests, guests, pendingGuests };
}

/** What must hold of the counters before a transaction moves them. */
const NEEDS = {
  /** SEAT-2: one more in all. */
  "free-seat": "(attribute_type(limits.seats, :null) OR seatsUsed < limits.seats)",
  /** SEAT-5: one more held. */
  "holdable-seat": "(attribute_type(limits.seats, :null) OR seatsHeld < limits.seats)",
  /** SEAT-6: one more guest, invited or accepted. */
  "free-guest-place": "(attribute_type(limits.guests, :null) OR guestsUsed < limits.guests)",
  /** SEAT-9: one more accepted guest. */
  "holdable-guest-place": "(attribute_type(limits.guests, :null) OR guests < limits.guests)",
  /** SEAT-8, CH-7. */
  "free-public-channel":
    "(attribute_type(limits.publicChannels, :null) OR publicChannels < limits.publicChannels)",
  "free-private-channel":
    "(attribute_type(limits.privateChannels, :null) OR privateChannels < limits.privateChannels)",
  /** ORG-6. */
  "another-legal-representative": "legalRepresentatives > :one",
} as const;

/** How a transaction moves an organization's counters. */
export type CounterChange = {
  readonly held?: number;
  readonly reserved?: number;
  readonly legalRepresentatives?: number;
  readonly guests?: number;
  readonly pendingGuests?: number;
  readonly publicChannels?: number;
  readonly privateChannels?: number;
  readonly needs?: readonly (keyof typeof NEEDS)[];
};

/** The attributes that a change moves, sums included: conditions have no arithmetic. */
function movesOf(change: CounterChange): [string, number][] {
  const { held = 0, reserved = 0, guests = 0, pendingGuests = 0 } = change;
  const moves: [string, number][] = [
    ["seatsHeld", held],
    ["seatsReserved", reserved],
    ["seatsUsed", held + reserved],
    ["legalRepresentatives", change.legalRepresentatives ?? 0],
    ["guests", guests],
    ["pendingGuests", pendingGuests],
    ["guestsUsed", guests + pendingGuests],
    ["publicChannels", change.publicChannels ?? 0],
    ["privateChannels", change.privateChannels ?? 0],
  ];
  return moves.filter(([, by]) => by !== 0);
}

/**
 * The counters' part of a transaction (label `organization`). The limits are compared attribute with attribute inside
 * the write: SEAT-3, SEAT-6, SEAT-8 and ORG-6 hold under any concurrency.
 */
export function countersWrite(org: string, change: CounterChange): Write {
  const { needs = [] } = change;
  const moved = movesOf(change);
  const values: Record<string, unknown> = Object.fromEntries(moved.map(([name, by]) => [`:${name}`, by]));
  if (needs.some((need) => need !== "another-legal-representative")) values[":null"] = "NULL";
  if (needs.includes("another-legal-representative")) values[":one"] = 1;
  const condition = ["attribute_exists(pk)", ...needs.map((need) => NEEDS[need])].join(" AND ");
  const write = { label: "organization", condition, values };
  if (moved.length === 0) return { ...write, check: keys.organization(org) };
  const expression = `ADD ${moved.map(([name]) => `${name} :${name}`).join(", ")}`;
  return { ...write, update: keys.organization(org), expression };
}

/** Sets which channels new members join (CH-2), on the list that was read. */
export function defaultChannelsWrite(organization: Organization, channelIds: readonly string[]): Write {
  return {
    label: "organization",
    update: keys.organization(organization.organizationId),
    expression: "SET defaultChannelIds = :after",
    condition: "defaultChannelIds = :before",
    values: { ":before": organization.defaultChannelIds, ":after": channelIds },
  };
}

/** Stores a new organization. */
export function newOrganizationWrite(organization: Organization): Write {
  return {
    label: "organization",
    put: { ...keys.organization(organization.organizationId), ...organization },
    condition: "attribute_not_exists(pk)",
  };
}

/** Changes what is set by hand; only on the version that was read, so that no change is lost. Counters are not touched. */
export function updateOrganizationWrite(
  before: Organization,
  after: Pick<Organization, "name" | "plan" | "limits" | "settings">,
): Write {
  return {
    label: "organization",
    update: keys.organization(before.organizationId),
    expression: "SET #name = :name, #plan = :plan, limits = :limits, settings = :settings, version = :next",
    condition: "version = :version",
    names: { "#name": "name", "#plan": "plan" },
    values: {
      ":name": after.name,
      ":plan": after.plan,
      ":limits": after.limits,
      ":settings": after.settings,
      ":version": before.version,
      ":next": before.version + 1,
    },
  };
}
