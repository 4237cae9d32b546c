import type { InvitationKind } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { type Key, keys } from "./keys.ts";
import { getItem } from "./read.ts";
import type { Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/**
 * The kinds of invitation, each with slots of its own (MINV-7). A share's is one per mail address and invitee:
 * `<adr>#<address in lower case>`, or `<adr>#<inv>` of a link for whoever holds it (SHR-4).
 */
export const ADDRESS_KINDS = ["member", "guest", "share"] as const satisfies readonly InvitationKind[];
export type AddressKind = (typeof ADDRESS_KINDS)[number];

/**
 * What an address is in an organization, per kind of invitation: invited (`invitationId`) or somebody's (`userId`).
 * `O#<org>#ADDRESSES` / `<kind>#<address in lower case>`. That there is one item per address is what makes "at most one
 * pending invitation" (MINV-7) and "no member is invited" (MINV-6) conditions of the write.
 */
export const addressItem = z.object({
  organizationId: z.string(),
  kind: z.enum(ADDRESS_KINDS),
  addressKey: z.string(),
  invitationId: z.string().optional(),
  userId: z.string().optional(),
});

export type Address = z.infer<typeof addressItem>;

/** The slot of an address, for one kind. */
export type Slot = { readonly org: string; readonly kind: AddressKind; readonly addressKey: string };

/** What is known of an address, read strongly. */
export async function getAddress(table: Table, slot: Slot): Promise<Address | undefined> {
  return await getItem(table, keyOf(slot), addressItem);
}

function keyOf({ org, kind, addressKey }: Slot): Key {
  return keys.address(org, kind, addressKey);
}

/** Takes a free address for a pending invitation; listed by its day of expiry for the sweep. */
export function inviteAddressWrite(slot: Slot, invitationId: string, endsAt: number): Write {
  return {
    label: "address",
    put: {
      ...keyOf(slot),
      ...keys.expiryIndex(slot.org, invitationId, endsAt),
      organizationId: slot.org,
      kind: slot.kind,
      addressKey: slot.addressKey,
      invitationId,
    },
    condition: "attribute_not_exists(pk)",
  };
}

/** Frees the address of an invitation that is over. */
export function freeAddressWrite(slot: Slot, invitationId: string): Write {
  return {
    label: `address of ${invitationId}`,
    remove: keyOf(slot),
    condition: "invitationId = :invitation",
    values: { ":invitation": invitationId },
  };
}

/** Whose an address becomes; with their handle it is where mentions find them (MSG-10): one address of each person. */
export type Owner = { readonly userId: string; readonly handle?: string | undefined };

/** Turns the address of an accepted, or superseded, invitation into the newcomer's. */
export function joinAddressWrite(slot: Slot, invitationId: string, { userId, handle }: Owner): Write {
  const joined = {
    label: `address of ${invitationId}`,
    update: keyOf(slot),
    condition: "invitationId = :invitation",
  };
  const values = { ":invitation": invitationId, ":user": userId };
  if (handle === undefined) {
    return { ...joined, expression: "SET userId = :user REMOVE invitationId, gsi1pk, gsi1sk", values };
  }
  const { gsi1pk, gsi1sk } = keys.personHandleIndex(slot.org, handle);
  return {
    ...joined,
    expression: "SET userId = :user, gsi1pk = :handles, gsi1sk = :handle REMOVE invitationId",
    values: { ...values, ":handles": gsi1pk, ":handle": gsi1sk },
  };
}

/** Takes a free address for a person: the founder's, or the login of somebody invited under another one. */
export function ownAddressWrite(slot: Slot, { userId, handle }: Owner): Write {
  return {
    label: "own address",
    put: {
      ...keyOf(slot),
      ...(handle === undefined ? {} : keys.personHandleIndex(slot.org, handle)),
      organizationId: slot.org,
      kind: slot.kind,
      addressKey: slot.addressKey,
      userId,
    },
    condition: "attribute_not_exists(pk)",
  };
}

/** Frees a person's address when they leave. */
export function leaveAddressWrite(slot: Slot, userId: string): Write {
  return {
    label: "own address",
    remove: keyOf(slot),
    condition: "userId = :user",
    values: { ":user": userId },
  };
}
