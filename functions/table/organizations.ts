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
  termsVersion: z.string(),
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
  publicChannels: z.number().int(),
  privateChannels: z.number().int(),
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

/** How a transaction moves an organization's counters. */
export type CounterChange = {
  readonly held?: number;
  readonly reserved?: number;
  readonly legalRepresentatives?: number;
  /** What must hold before: `free-seat` SEAT-2 (one more in all), `holdable-seat` SEAT-5 (one more held), ORG-6. */
  readonly needs?: readonly ("free-seat" | "holdable-seat" | "another-legal-representative")[];
};

const NEEDS = {
  "free-seat": "(attribute_type(limits.seats, :null) OR seatsUsed < limits.seats)",
  "holdable-seat": "(attribute_type(limits.seats, :null) OR seatsHeld < limits.seats)",
  "another-legal-representative": "legalRepresentatives > :one",
} as const;

/**
 * The counters' part of a transaction (label `organization`). The limits are compared attribute with attribute inside
 * the write: SEAT-3 and ORG-6 hold under any concurrency.
 */
export function countersWrite(org: string, change: CounterChange): Write {
  const { held = 0, reserved = 0, legalRepresentatives = 0, needs = [] } = change;
  const moves: [string, number][] = [
    ["seatsHeld", held],
    ["seatsReserved", reserved],
    ["seatsUsed", held + reserved],
    ["legalRepresentatives", legalRepresentatives],
  ];
  const moved = moves.filter(([, by]) => by !== 0);
  const values: Record<string, unknown> = Object.fromEntries(moved.map(([name, by]) => [`:${name}`, by]));
  if (needs.includes("free-seat") || needs.includes("holdable-seat")) values[":null"] = "NULL";
  if (needs.includes("another-legal-representative")) values[":one"] = 1;
  return {
    label: "organization",
    update: keys.organization(org),
    expression: `ADD ${moved.map(([name]) => `${name} :${name}`).join(", ")}`,
    condition: ["attribute_exists(pk)", ...needs.map((need) => NEEDS[need])].join(" AND "),
    values,
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
