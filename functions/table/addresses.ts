import * as z from "zod";
import { keys } from "./keys.ts";
import { getItem } from "./read.ts";
import type { Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/**
 * What an address is in an organization, per kind of invitation: invited (`invitationId`) or a member's (`userId`).
 * `O#<org>#ADDRESSES` / `<kind>#<address in lower case>`. That there is one item per address is what makes "at most one
 * pending invitation" (MINV-7) and "no member is invited" (MINV-6) conditions of the write.
 */
export const addressItem = z.object({
  organizationId: z.string(),
  kind: z.enum(["member"]),
  addressKey: z.string(),
  invitationId: z.string().optional(),
  userId: z.string().optional(),
});

export type Address = z.infer<typeof addressItem>;

/** What is known of an address, read strongly. */
export async function getAddress(
  table: Table,
  org: string,
  addressKey: string,
): Promise<Address | undefined> {
  return await getItem(table, keys.address(org, "member", addressKey), addressItem);
}

type Slot = { org: string; addressKey: string };

/** Takes a free address for a pending invitation; listed by its day of expiry for the sweep. */
export function inviteAddressWrite({ org, addressKey }: Slot, invitationId: string, endsAt: number): Write {
  return {
    label: "address",
    put: {
      ...keys.address(org, "member", addressKey),
      ...keys.expiryIndex(org, invitationId, endsAt),
      organizationId: org,
      kind: "member",
      addressKey,
      invitationId,
    },
    condition: "attribute_not_exists(pk)",
  };
}

/** Frees the address of an invitation that is over. */
export function freeAddressWrite({ org, addressKey }: Slot, invitationId: string): Write {
  return {
    label: `address of ${invitationId}`,
    remove: keys.address(org, "member", addressKey),
    condition: "invitationId = :invitation",
    values: { ":invitation": invitationId },
  };
}

/** Turns the address of an accepted, or superseded, invitation into the new member's. */
export function joinAddressWrite({ org, addressKey }: Slot, invitationId: string, userId: string): Write {
  return {
    label: `address of ${invitationId}`,
    update: keys.address(org, "member", addressKey),
    expression: "SET userId = :user REMOVE invitationId, gsi1pk, gsi1sk",
    condition: "invitationId = :invitation",
    values: { ":invitation": invitationId, ":user": userId },
  };
}

/** Takes a free address for a member: the founder's, or the login of somebody invited under another one. */
export function memberAddressWrite({ org, addressKey }: Slot, userId: string): Write {
  return {
    label: "own address",
    put: {
      ...keys.address(org, "member", addressKey),
      organizationId: org,
      kind: "member",
      addressKey,
      userId,
    },
    condition: "attribute_not_exists(pk)",
  };
}

/** Frees a member's address when they leave. */
export function leaveAddressWrite({ org, addressKey }: Slot, userId: string): Write {
  return {
    label: "own address",
    remove: keys.address(org, "member", addressKey),
    condition: "userId = :user",
    values: { ":user": userId },
  };
}
