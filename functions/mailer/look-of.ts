import type { Look } from "../mail/look.ts";
import { logoPath } from "../table/logos.ts";
import type { Organization } from "../table/organizations.ts";

/** How an organization's mails look: its brand if it has one that is on (BRD-1). */
export function lookOf({ organizationId, settings }: Organization, pageBaseUrl: string): Look | undefined {
  const { brand } = settings;
  if (brand?.isOn !== true) return undefined;
  const { buttonColor, textColor, logo } = brand;
  return {
    buttonColor,
    textColor,
    ...(logo === null ? {} : { logoUrl: `${pageBaseUrl}${logoPath(organizationId, logo)}` }),
  };
}
