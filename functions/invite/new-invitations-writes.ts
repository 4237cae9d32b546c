import type { Origin } from "../table/audit.ts";
import { newInvitationWrite } from "../table/invitations.ts";
import { unchangedCheck } from "../table/members.ts";
import {
  createdEntry,
  lineWrites,
  type NewInvitation,
  placesWrite,
  slotWrite,
  writesOfEach,
} from "../table/new-invitations.ts";
import type { Organization } from "../table/organizations.ts";
import type { PersonRecord } from "../table/person-records.ts";
import type { Write } from "../table/transaction.ts";

/** What invitations are written on: facts as they were read. */
type Ground = {
  readonly organization: Organization;
  readonly actor: PersonRecord;
  readonly origin: Origin;
};

/** DynamoDB's limit of a transaction. */
const MOST_WRITES = 100;

/** Invitations of one transaction: beside their own writes there are the counters and the check of the sender. */
export function mostInOneTransaction(terms: Parameters<typeof writesOfEach>[0]): number {
  return Math.floor((MOST_WRITES - 2) / writesOfEach(terms));
}

/**
 * One transaction stores the invitations, takes their addresses (MINV-7), and their seats or guests' places under the
 * limit (SEAT-2, SEAT-3, SEAT-6), lists pending guests on their channels and nowhere else (GINV-4), checks that the
 * sender is still who they were (RGT-1, GINV-1), and writes the audit entries (INV-18).
 */
export function newInvitationsWrites(
  invitations: readonly NewInvitation[],
  { organization, actor, origin }: Ground,
): Write[] {
  const [first] = invitations;
  if (first === undefined) return [];
  return [
    ...invitations.flatMap((invitation) => [newInvitationWrite(invitation), slotWrite(invitation)]),
    placesWrite(organization, first.kind, invitations.length),
    ...invitations.flatMap(lineWrites),
    unchangedCheck("actor", actor),
    ...invitations.map((invitation) => createdEntry(invitation, origin)),
  ];
}
