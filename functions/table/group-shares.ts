import * as z from "zod";
import { keys, PREFIXES } from "./keys.ts";
import type { MailAddressKey } from "./mail-addresses.ts";
import { getItem, getItems, type Page, queryIndex, queryPage } from "./read.ts";
import { type Holder, holderItem, shareRightsSchema } from "./shares.ts";
import type { Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/**
 * A group's access to a mail address: `O#<org>#MAIL-ADDRESS#<adr>#HOLDERS` / `GROUP#<grp>`. Its people have no rows of
 * their own for it: their rights are added up when they are read (SHR-8).
 */
export const groupShareItem = z.object({
  kind: z.literal("group"),
  organizationId: z.string(),
  addressId: z.string(),
  groupId: z.string(),
  rights: shareRightsSchema,
  grantedBy: z.string(),
  /** What the request's repetition with its `Idempotency-Key` finds it by. */
  plannedSuffix: z.string().optional(),
  createdAt: z.string(),
  version: z.number().int(),
});

export type GroupShare = z.infer<typeof groupShareItem>;

/** A group's access to a mail address, read strongly. */
export async function getGroupShare(
  table: Table,
  { organizationId: org, addressId }: MailAddressKey,
  groupId: string,
): Promise<GroupShare | undefined> {
  return await getItem(table, keys.holdingGroup(org, addressId, groupId), groupShareItem);
}

/** The groups that have access to a mail address, oldest first. */
export async function listGroupShares(
  table: Table,
  { organizationId: org, addressId }: MailAddressKey,
): Promise<GroupShare[]> {
  const shares: GroupShare[] = [];
  let after: string | undefined;
  do {
    const page = await queryPage(
      table,
      { partition: keys.holders(org, addressId), prefix: PREFIXES.group, limit: 200, after },
      groupShareItem,
    );
    shares.push(...page.items);
    after = page.after;
  } while (after !== undefined);
  return shares;
}

const accessItem = z.discriminatedUnion("kind", [groupShareItem, holderItem]);

/** One page of all who have access to a mail address: groups, then people, each in the order of their ids. */
export async function listAccess(
  table: Table,
  { organizationId: org, addressId }: MailAddressKey,
  page: { limit: number; after: string | undefined },
): Promise<Page<GroupShare | Holder>> {
  return await queryPage(table, { partition: keys.holders(org, addressId), ...page }, accessItem);
}

/** What a group has access to. */
export async function sharesOfGroup(table: Table, org: string, groupId: string): Promise<GroupShare[]> {
  const found = await queryIndex(table, { partition: keys.groupShares(org, groupId) });
  return await getItems(table, found.keys, groupShareItem);
}

/** Gives a group access, which it must not have (label `share of group`, SHR-8), while it is there (label `group`). */
export function newGroupShareWrites(share: GroupShare): Write[] {
  const { organizationId: org, addressId, groupId } = share;
  return [
    {
      label: "share of group",
      put: {
        ...keys.holdingGroup(org, addressId, groupId),
        ...keys.holdingGroupIndex(org, addressId, groupId),
        ...share,
      },
      condition: "attribute_not_exists(pk)",
    },
    { label: "group", check: keys.group(org, groupId), condition: "attribute_exists(pk)" },
  ];
}

/** Narrows or widens what a group may do with the mail address, on what was read (label `share of group`, SHR-5). */
export function changeGroupShareWrite(share: GroupShare, rights: GroupShare["rights"]): Write {
  const { organizationId: org, addressId, groupId, version } = share;
  return {
    label: "share of group",
    update: keys.holdingGroup(org, addressId, groupId),
    expression: "SET rights = :rights, version = :next",
    condition: "version = :version",
    values: { ":rights": rights, ":version": version, ":next": version + 1 },
  };
}

/** Ends a group's access, as it was read (label `share of group`). */
export function removeGroupShareWrite({
  organizationId: org,
  addressId,
  groupId,
  version,
}: GroupShare): Write {
  return {
    label: "share of group",
    remove: keys.holdingGroup(org, addressId, groupId),
    condition: "version = :version",
    values: { ":version": version },
  };
}
