import { headcountWrite } from "./channels.ts";
import type { Guest } from "./guests.ts";
import { keys } from "./keys.ts";
import { joinWrites } from "./membership-writes.ts";
import type { Write } from "./transaction.ts";

/**
 * Puts a guest into channels that are open at that moment, each counting one more, and read up to its last `seq` (MSG-11): 3
 * writes a channel (GINV-5, GINV-6).
 */
export function guestJoinsWrites(
  org: string,
  userId: string,
  joins: ReadonlyMap<string, number>,
  now: number,
): Write[] {
  return [...joins].flatMap(([channelId, readTo]) => [
    ...joinWrites({ organizationId: org, channelId }, { userId, kind: "guest", role: "member", readTo }, now),
    headcountWrite(org, channelId, { guests: 1 }, { isOpen: true }),
  ]);
}

/** Counts channels that a guest came into, and takes in an address of theirs, on the version that was read (GINV-9). */
export function extendGuestWrite(
  guest: Guest,
  { channels, addressKeys = [] }: { channels: number; addressKeys?: readonly string[] },
): Write {
  return {
    label: "guest",
    update: keys.member(guest.organizationId, guest.userId),
    expression:
      "SET channelCount = channelCount + :channels, addressKeys = list_append(addressKeys, :keys), version = version + :one",
    condition: "version = :version",
    values: { ":channels": channels, ":keys": addressKeys, ":one": 1, ":version": guest.version },
  };
}
