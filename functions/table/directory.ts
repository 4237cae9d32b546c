import { searchKey } from "@vestibule/domain/directory";
import { keys } from "./keys.ts";
import type { Write } from "./transaction.ts";

/** Whose entry it is: guests' entries serve the search within a channel alone (GST-13, DIR-1). */
export type DirectoryKind = "member" | "guest";

/** The person of an entry. */
export type Listed = {
  readonly organizationId: string;
  readonly userId: string;
  readonly firstName: string;
  readonly lastName: string;
};

/** What somebody's entry is sorted and found by: the last name first in the table, the first name first in the index. */
export function namesOf({ firstName, lastName }: Pick<Listed, "firstName" | "lastName">) {
  return {
    lastFirst: searchKey(`${lastName} ${firstName}`),
    firstLast: searchKey(`${firstName} ${lastName}`),
  };
}

/** Lists a person under their names (DIR-1): `O#<org>#DIRECTORY`. */
export function directoryWrite(kind: DirectoryKind, person: Listed): Write {
  const { organizationId: org, userId } = person;
  const { lastFirst, firstLast } = namesOf(person);
  return {
    label: "directory",
    put: {
      ...keys.directoryEntry(org, kind, lastFirst, userId),
      ...keys.directoryIndex(org, kind, firstLast, userId),
      userId,
    },
  };
}

/** Takes a person's entry out of the directory. */
export function leaveDirectoryWrite(kind: DirectoryKind, person: Listed): Write {
  const { organizationId: org, userId } = person;
  return {
    label: "directory",
    remove: keys.directoryEntry(org, kind, namesOf(person).lastFirst, userId),
  };
}

/**
 * Moves a person's entry to their new names. The entry keeps its key where only case or accents change: it is then
 * written anew, as one transaction touches no key twice.
 */
export function renameDirectoryWrites(kind: DirectoryKind, before: Listed, after: Listed): Write[] {
  const isMoved = namesOf(before).lastFirst !== namesOf(after).lastFirst;
  return [...(isMoved ? [leaveDirectoryWrite(kind, before)] : []), directoryWrite(kind, after)];
}
