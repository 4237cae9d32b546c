import { presentBrand } from "../contract/organization.ts";
import { shownName } from "../mail/shown-text.ts";
import type { Organization } from "../table/organizations.ts";

/** Stands for a name that was nothing but a link. */
const NO_NAME = "…";

/** A name that strangers gave, as the page shows it: as the mail does (INV-16). */
export function nameShown(name: string): string {
  return shownName(name) || NO_NAME;
}

/** The inviting organization as its invitee is shown it, over or not (INV-16, BRD-1). */
export function hostOf(organization: Organization) {
  return { name: nameShown(organization.name), ...presentBrand(organization) };
}
