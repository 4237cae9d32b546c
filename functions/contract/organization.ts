import { seatUsage } from "@vestibule/domain/seats";
import { PLANS } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { type Organization, seatCounters } from "../table/organizations.ts";
import { nameText } from "./fields.ts";

const limit = z.number().int().min(0).max(10_000_000).nullable();

/** Limits as a caller gives them: an explicit number, or `null` for none (SEAT-7). */
export const limitsInput = z.strictObject({
  seats: limit.optional(),
  guests: limit.optional(),
  publicChannels: limit.optional(),
  privateChannels: limit.optional(),
  historyDays: limit.optional(),
});

/** Settings as a caller gives them. */
export const settingsInput = z.strictObject({
  memberInvitationDays: z.number().int().min(1).max(30).optional(),
  guestInvitationDays: z.number().int().min(1).max(30).optional(),
  termsVersion: nameText(32).optional(),
});

export const organizationName = nameText(100);

export const organizationShape = z.object({
  id: z.string(),
  name: z.string(),
  plan: z.enum(PLANS),
  limits: z.object({
    seats: z.number().nullable(),
    guests: z.number().nullable(),
    publicChannels: z.number().nullable(),
    privateChannels: z.number().nullable(),
    historyDays: z.number().nullable(),
  }),
  settings: z.object({
    memberInvitationDays: z.number(),
    guestInvitationDays: z.number(),
    termsVersion: z.string(),
  }),
  createdAt: z.string(),
});

/** An organization as its members see it. */
export function presentOrganization(organization: Organization): z.infer<typeof organizationShape> {
  const { organizationId, name, plan, limits, settings, createdAt } = organization;
  return { id: organizationId, name, plan, limits, settings, createdAt };
}

export const usageShape = z.object({
  members: z.number(),
  seats: z.object({
    limit: z.number().nullable(),
    held: z.number(),
    reserved: z.number(),
    available: z.number().nullable(),
    overLimit: z.number(),
  }),
  guests: z.number(),
  pendingGuests: z.number(),
  pendingMembers: z.number(),
  guestLimit: z.number().nullable(),
  publicChannels: z.number(),
  privateChannels: z.number(),
});

/** The dashboard's figures (SEAT-10): one item's counters, written with what they count. */
export function presentUsage(organization: Organization): z.infer<typeof usageShape> {
  return {
    members: organization.seatsHeld,
    seats: seatUsage(seatCounters(organization)),
    guests: organization.guests,
    pendingGuests: organization.pendingGuests,
    pendingMembers: organization.seatsReserved,
    guestLimit: organization.limits.guests,
    publicChannels: organization.publicChannels,
    privateChannels: organization.privateChannels,
  };
}
