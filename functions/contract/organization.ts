import { HEX_COLOR } from "@vestibule/domain/brand";
import { seatUsage } from "@vestibule/domain/seats";
import { PLANS } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { logoPath } from "../table/logos.ts";
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

const lifetimeDays = z.number().int().min(1).max(30);
const mails = z.number().int().min(0).max(1_000_000).nullable();
const color = z.string().regex(HEX_COLOR, "A colour as #rrggbb").toLowerCase();

/** Settings as a caller gives them; what is left out stays as it is. */
export const settingsInput = z.strictObject({
  memberInvitationDays: lifetimeDays.optional(),
  guestInvitationDays: lifetimeDays.optional(),
  shareInvitationDays: lifetimeDays.optional(),
  termsVersion: nameText(32).optional(),
  /** INV-13: below the deployment's limits these count, above them those; `null` leaves the deployment's. */
  mailsPerSenderHour: mails.optional(),
  mailsPerDay: mails.optional(),
  /** BRD-1; the logo has a route of its own. */
  brand: z
    .strictObject({
      isOn: z.boolean().optional(),
      buttonColor: color.optional(),
      textColor: color.optional(),
    })
    .optional(),
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
    shareInvitationDays: z.number(),
    termsVersion: z.string(),
    mailsPerSenderHour: z.number().nullable(),
    mailsPerDay: z.number().nullable(),
    /** `null` for an organization that has never set one; `logoUrl` is a path of this service. */
    brand: z
      .object({
        isOn: z.boolean(),
        logoUrl: z.string().nullable(),
        buttonColor: z.string(),
        textColor: z.string(),
      })
      .nullable(),
  }),
  createdAt: z.string(),
});

/** An organization as its members see it. */
export function presentOrganization(organization: Organization): z.infer<typeof organizationShape> {
  const { organizationId, name, plan, limits, settings, createdAt } = organization;
  const { brand } = settings;
  const shown = brand === null ? null : { isOn: brand.isOn, ...shownBrand(organizationId, brand) };
  return { id: organizationId, name, plan, limits, settings: { ...settings, brand: shown }, createdAt };
}

type Brand = NonNullable<Organization["settings"]["brand"]>;

function shownBrand(organizationId: string, { logo, buttonColor, textColor }: Brand) {
  return { logoUrl: logo === null ? null : logoPath(organizationId, logo), buttonColor, textColor };
}

/** BRD-1, INV-16: the brand in which an organization's invitations appear; nothing while it is off. */
export function presentBrand(organization: Organization): {
  brand?: { logoUrl: string | null; buttonColor: string; textColor: string };
} {
  const { organizationId, settings } = organization;
  return settings.brand?.isOn === true ? { brand: shownBrand(organizationId, settings.brand) } : {};
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
