import type { ChatRole, OrgRole, Plan } from "./vocabulary.ts";

/** A limit is a number, or `null` for none: 0 means 0. */
export type Limits = {
  seats: number | null;
  guests: number | null;
  publicChannels: number | null;
  privateChannels: number | null;
  historyDays: number | null;
};

export type Organization = {
  id: string;
  name: string;
  plan: Plan;
  limits: Limits;
  settings: Settings;
  createdAt: string;
};

export type Settings = {
  memberInvitationDays: number;
  guestInvitationDays: number;
  shareInvitationDays: number;
  termsVersion: string;
  /** INV-13: where the organization's own are lower than the deployment's; `null` leaves those. */
  mailsPerSenderHour: number | null;
  mailsPerDay: number | null;
  /** BRD-1: `null` for an organization that has never set one. */
  brand: (Brand & { isOn: boolean }) | null;
};

/** How an organization's invitations look (BRD-1); `logoUrl` is a path of the service. */
export type Brand = { logoUrl: string | null; buttonColor: string; textColor: string };

/** What of the settings may be changed; the logo has a route of its own. */
export type SettingsChange = Partial<Omit<Settings, "brand">> & {
  brand?: { isOn?: boolean; buttonColor?: string; textColor?: string };
};

/** A logo of at most 270 by 70 pixels and 32 KB, as base64. */
export type Logo = { type: "image/png" | "image/jpeg" | "image/webp"; data: string };

/** An organization I belong to, with my roles there. */
export type MyOrganization = Organization & { me: { orgRole: OrgRole; chatRole: ChatRole } };

export type NewOrganization = { name: string; plan?: Plan; limits?: Partial<Limits> };

export type OrganizationChange = {
  name?: string;
  plan?: Plan;
  limits?: Partial<Limits>;
  settings?: SettingsChange;
};

export type Usage = {
  members: number;
  seats: {
    limit: number | null;
    held: number;
    reserved: number;
    available: number | null;
    overLimit: number;
  };
  guests: number;
  pendingGuests: number;
  pendingMembers: number;
  guestLimit: number | null;
  publicChannels: number;
  privateChannels: number;
};

export type AuditEntry = {
  id: string;
  action: string;
  actorId: string;
  subjectId: string;
  at: string;
  sourceIp?: string;
  details?: Record<string, unknown>;
};
