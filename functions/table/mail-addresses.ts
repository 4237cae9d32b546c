import * as z from "zod";
import { keys } from "./keys.ts";
import { getItem, getItems, type Page, queryPage } from "./read.ts";
import type { Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/** A mail address of an organization that can be shared (SHR-1): `O#<org>#MAIL-ADDRESSES` / `ADR#<adr>`. */
export const mailAddressItem = z.object({
  organizationId: z.string(),
  addressId: z.string(),
  /** As it is written; `addressKey` is what it is compared by. */
  address: z.string(),
  addressKey: z.string(),
  name: z.string().optional(),
  createdAt: z.string(),
  createdBy: z.string(),
});

export type MailAddress = z.infer<typeof mailAddressItem>;

/** Which mail address of which organization. */
export type MailAddressKey = Pick<MailAddress, "organizationId" | "addressId">;

/** One mail address, read strongly, if the organization has it. */
export async function getMailAddress(
  table: Table,
  org: string,
  addressId: string,
): Promise<MailAddress | undefined> {
  return await getItem(table, keys.mailAddress(org, addressId), mailAddressItem);
}

/** Several mail addresses of whatever organizations, read strongly; one that is not there is not in the map. */
export async function getMailAddresses(
  table: Table,
  wanted: readonly MailAddressKey[],
): Promise<Map<string, MailAddress>> {
  const byId = new Map(wanted.map(({ organizationId, addressId }) => [addressId, organizationId]));
  const found = await getItems(
    table,
    [...byId].map(([addressId, org]) => keys.mailAddress(org, addressId)),
    mailAddressItem,
  );
  return new Map(found.map((address) => [address.addressId, address]));
}

/** One page of an organization's mail addresses, oldest first. */
export async function listMailAddresses(
  table: Table,
  org: string,
  page: { limit: number; after: string | undefined },
): Promise<Page<MailAddress>> {
  return await queryPage(table, { partition: keys.mailAddresses(org), ...page }, mailAddressItem);
}

/** The writes of a new mail address, which the organization does not have yet (labels `mail address`, `address name`). */
export function newMailAddressWrites(address: MailAddress): Write[] {
  const { organizationId: org, addressId, addressKey } = address;
  return [
    {
      label: "mail address",
      put: { ...keys.mailAddress(org, addressId), ...address },
      condition: "attribute_not_exists(pk)",
    },
    {
      label: "address name",
      put: { ...keys.mailAddressName(org, addressKey), addressId },
      condition: "attribute_not_exists(pk)",
    },
  ];
}

/** Takes a mail address away (label `mail address`); its holders and pending invitations go by an intent. */
export function removeMailAddressWrites({
  organizationId: org,
  addressId,
  addressKey,
}: MailAddress): Write[] {
  return [
    {
      label: "mail address",
      remove: keys.mailAddress(org, addressId),
      condition: "attribute_exists(pk)",
    },
    {
      label: "address name",
      remove: keys.mailAddressName(org, addressKey),
      condition: "attribute_not_exists(pk) OR addressId = :address",
      values: { ":address": addressId },
    },
  ];
}

/**
 * The condition that a mail address is still there (label `mail address`): whoever is given access, or invited, while it
 * is deleted, is not among its holders afterwards (SHR-6).
 */
export function mailAddressCheck({ organizationId: org, addressId }: MailAddressKey): Write {
  return {
    label: "mail address",
    check: keys.mailAddress(org, addressId),
    condition: "attribute_exists(pk)",
  };
}
