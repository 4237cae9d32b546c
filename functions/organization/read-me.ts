import type * as z from "zod";
import { type meShape, presentMyOrganization } from "../contract/profile.ts";
import type { Answer, Person, Request } from "../shell/route.ts";
import { getOrganizations } from "../table/organizations.ts";
import { type PersonRecord, recordsOf, standingAt } from "../table/person-records.ts";
import { getProfile, type Names, type Profile } from "../table/profiles.ts";
import type { Table } from "../table/table.ts";
import type { getMeRoute } from "./person-contract.ts";

/** What somebody is called: as they say themselves, else as an organization knows them, else as their sign-in has it. */
export function namesOfMe(
  person: Person,
  profile: Profile | undefined,
  records: readonly PersonRecord[],
): Names {
  const known = profile ?? records[0];
  return {
    firstName: known?.firstName ?? person.firstName ?? "",
    lastName: known?.lastName ?? person.lastName ?? "",
  };
}

/** A person's profile with the organizations where they are active, as member or guest, oldest first. */
export async function presentMe(table: Table, person: Person, now: number): Promise<z.infer<typeof meShape>> {
  const [profile, all] = await Promise.all([
    getProfile(table, person.userId),
    recordsOf(table, person.userId),
  ]);
  const records = all
    .filter((record) => {
      const standing = standingAt(record, now);
      return standing.kind !== "outsider" && standing.state === "active";
    })
    .sort((a, b) => (a.organizationId < b.organizationId ? -1 : 1));
  const found = await getOrganizations(
    table,
    records.map(({ organizationId }) => organizationId),
  );
  const names = new Map(found.map(({ organizationId, name }) => [organizationId, name]));
  return {
    userId: person.userId,
    email: person.email,
    ...namesOfMe(person, profile, records),
    phone: profile?.phone ?? null,
    locale: profile?.locale ?? null,
    organizations: records.flatMap((record) => {
      const name = names.get(record.organizationId);
      return name === undefined ? [] : [presentMyOrganization(record, name)];
    }),
  };
}

/** ORG-8, GST-7: my own profile, and where I am a member or a guest. */
export async function readMe(table: Table, { person, now }: Request<typeof getMeRoute>): Promise<Answer> {
  return { status: 200, body: await presentMe(table, person, now) };
}
