import { presentBrand } from "../contract/organization.ts";
import type { Organization } from "../table/organizations.ts";

/** The inviting organization as its invitee is shown it, over or not (INV-16, BRD-1). */
export function hostOf(organization: Organization) {
  return { name: organization.name, ...presentBrand(organization) };
}
