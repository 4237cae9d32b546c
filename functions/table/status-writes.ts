import { dndUntil, type Status } from "@vestibule/domain/status";
import { keys } from "./keys.ts";
import { getItem } from "./read.ts";
import { getStatus, isConnectedAt, livePresence, type StoredStatus } from "./statuses.ts";
import { isoTime, type Table } from "./table.ts";
import { ConditionsFailed, transact, type Write } from "./transaction.ts";

/** What a status is written on: as it was read, and whether the person was on the list of the live ones. */
export type StatusBefore = { readonly stored: StoredStatus | undefined; readonly isListed: boolean };

/** A status with what its change has to go by. */
export async function loadStatus(
  table: Table,
  org: string,
  user: string,
  now: number,
): Promise<StatusBefore & { readonly isConnected: boolean }> {
  const [stored, live] = await Promise.all([
    getStatus(table, org, user),
    getItem(table, keys.livePerson(org, user), livePresence),
  ]);
  return {
    stored,
    isListed: live !== undefined,
    isConnected: live !== undefined && isConnectedAt(live, now),
  };
}

/** What the list of the live ones is told of a status, so that delivery reads nothing more (PRS-4). */
function mirrorOf(status: Status, version: number, now: number) {
  const until = dndUntil(status, now);
  return until === undefined
    ? { expression: "SET statusVersion = :version REMOVE dndUntil", values: { ":version": version } }
    : {
        expression: "SET statusVersion = :version, dndUntil = :until",
        values: { ":version": version, ":until": until },
      };
}

/**
 * Keeps a status, with its mirror in the person's live entry if they have one (labels `status`, `live`). It fails if
 * either is no longer as it was read, so that of two changes at once none is lost, and none leaves the mirror behind.
 */
export function statusWrites(
  { org, user }: { readonly org: string; readonly user: string },
  { stored, isListed }: StatusBefore,
  status: Status,
  now: number,
): Write[] {
  const { manual, manualUntil, custom, callIds } = status;
  const version = (stored?.version ?? 0) + 1;
  return [
    {
      label: "status",
      put: {
        ...keys.status(org, user),
        manual,
        manualUntil,
        custom,
        callIds,
        changedAt: isoTime(now),
        version,
      },
      ...(stored === undefined
        ? { condition: "attribute_not_exists(pk)" }
        : { condition: "version = :was", values: { ":was": stored.version } }),
    },
    isListed
      ? {
          label: "live",
          update: keys.livePerson(org, user),
          condition: "attribute_exists(pk)",
          ...mirrorOf(status, version, now),
        }
      : { label: "live", check: keys.livePerson(org, user), condition: "attribute_not_exists(pk)" },
  ];
}

/**
 * Tells a live entry that was just made how its person is (PRS-4). To be called after the connection is on the list: a
 * status that is set at the same time either finds the entry there, or is read here.
 */
export async function mirrorStatus(table: Table, org: string, user: string, now: number): Promise<void> {
  const stored = await getStatus(table, org, user);
  if (stored === undefined || dndUntil(stored, now) === undefined) return;
  const { expression, values } = mirrorOf(stored, stored.version, now);
  try {
    await transact(table, [
      {
        label: "live",
        update: keys.livePerson(org, user),
        expression,
        condition:
          "attribute_exists(pk) AND (attribute_not_exists(statusVersion) OR statusVersion < :version)",
        values,
      },
    ]);
  } catch (error) {
    // Gone again, or told of a later one already.
    if (!(error instanceof ConditionsFailed)) throw error;
  }
}
