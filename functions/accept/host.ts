import type { Organization } from "../table/organizations.ts";

/** The inviting organization as its invitee is shown it (INV-16). */
export function hostOf(organization: Organization) {
  return { name: organization.name };
}
