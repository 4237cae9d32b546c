import { leaveAddressWrite } from "./addresses.ts";
import { type Guest, removeGuestWrites, unlistGuestWrites } from "./guests.ts";
import { endPresenceWrites } from "./member-changes.ts";
import { type CounterChange, countersWrite } from "./organizations.ts";
import type { Write } from "./transaction.ts";

/** Frees the addresses that are a guest's. */
export function leaveGuestAddressesWrites(
  { organizationId: org, userId, addressKeys }: Pick<Guest, "organizationId" | "userId" | "addressKeys">,
  except: readonly string[] = [],
): Write[] {
  return addressKeys
    .filter((addressKey) => !except.includes(addressKey))
    .map((addressKey, index) => ({
      ...leaveAddressWrite({ org, kind: "guest", addressKey }, userId),
      label: `guest address ${index + 1}`,
    }));
}

/**
 * Ends a guest as they were read, in one transaction with what ends them (GINV-9, GINV-10): record (label `guest`), rows,
 * addresses, live connections and status go, their place is free. `counters` adds to what the organization's counters move by,
 * as a transaction writes an item once. Their channels are left by an `align` intent, or by the same transaction.
 */
export function endGuestWrites(guest: Guest, counters: CounterChange = {}): Write[] {
  const { organizationId: org, userId } = guest;
  return [
    ...removeGuestWrites(guest),
    ...leaveGuestAddressesWrites(guest),
    ...endPresenceWrites(org, userId),
    countersWrite(org, { ...counters, guests: -1 }),
  ];
}

/** The writes by which a guest stops being one and becomes a member: what only guests have goes (MINV-6, GINV-11). */
export function outgrowGuestWrites(guest: Guest): Write[] {
  return [
    ...unlistGuestWrites(guest),
    ...leaveGuestAddressesWrites(guest),
    ...endPresenceWrites(guest.organizationId, guest.userId),
  ];
}
