import type { Asker } from "@vestibule/domain/assistant";
import { DEFAULT_LOCALE } from "@vestibule/domain/vocabulary";
import { getOrganization } from "../table/organizations.ts";
import { getPerson, type PersonRecord, standingAt } from "../table/person-records.ts";
import { getProfile } from "../table/profiles.ts";
import type { Table } from "../table/table.ts";

/** Somebody who is here, as they are now, and as the domain wants to know them. */
export type Present = { readonly person: PersonRecord; readonly asker: Asker };

/** Whom the assistant talks with (3 read units); `undefined` if they are not, or no longer, of the organization. */
export async function askerOf(
  table: Table,
  { org, userId, now }: { readonly org: string; readonly userId: string; readonly now: number },
): Promise<Present | undefined> {
  const [person, profile, organization] = await Promise.all([
    getPerson(table, org, userId),
    getProfile(table, userId),
    getOrganization(table, org),
  ]);
  const standing = standingAt(person, now);
  const isHere = standing.kind !== "outsider" && standing.state === "active";
  if (person === undefined || organization === undefined || !isHere) return undefined;
  const { firstName } = person;
  const locale = profile?.locale ?? DEFAULT_LOCALE;
  return { person, asker: { standing, locale, firstName, organizationName: organization.name } };
}
