import { renameDirectoryWrites } from "./directory.ts";
import { keys } from "./keys.ts";
import type { PersonRecord } from "./person-records.ts";
import { type Names, namesCheck } from "./profiles.ts";
import type { Write } from "./transaction.ts";

/**
 * Carries a person's names on to their record in an organization and its directory, on the record that was read and
 * the names that the profile still holds: of two changes at once, the later one stands everywhere (DIR-2). A
 * deactivated member is in no directory.
 */
export function renamePersonWrites(person: PersonRecord, names: Names): Write[] {
  const { organizationId: org, userId, version, kind } = person;
  const isListed = person.kind === "guest" || person.state === "active";
  return [
    namesCheck(userId, names),
    {
      label: "person",
      update: keys.member(org, userId),
      expression: "SET firstName = :first, lastName = :last, version = :next",
      condition: "version = :version",
      values: {
        ":first": names.firstName,
        ":last": names.lastName,
        ":version": version,
        ":next": version + 1,
      },
    },
    ...(isListed ? renameDirectoryWrites(kind, person, { ...person, ...names }) : []),
  ];
}
