import * as z from "zod";
import { keys } from "./keys.ts";
import { getItem, getItems, type Page, queryPage } from "./read.ts";
import type { Table } from "./table.ts";

/**
 * A group of members: `O#<org>#GROUPS` / `GROUP#<grp>`. `channelIds` are the channels that its people are in (CH-9);
 * of those `detaching`, people are just being taken out. Both are read with the group by whoever joins or leaves.
 */
export const groupItem = z.object({
  groupId: z.string(),
  name: z.string(),
  isOpen: z.boolean(),
  members: z.number().int(),
  channelIds: z.array(z.string()),
  detaching: z.array(z.string()),
  createdAt: z.string(),
  createdBy: z.string(),
  version: z.number().int(),
});

export type Group = z.infer<typeof groupItem>;

/** One group, read strongly, if the organization has it. */
export async function getGroup(table: Table, org: string, group: string): Promise<Group | undefined> {
  return await getItem(table, keys.group(org, group), groupItem);
}

/** Several groups by id, read strongly; one that is not there is not in the map. */
export async function getGroups(
  table: Table,
  org: string,
  ids: readonly string[],
): Promise<Map<string, Group>> {
  const found = await getItems(
    table,
    [...new Set(ids)].map((id) => keys.group(org, id)),
    groupItem,
  );
  return new Map(found.map((group) => [group.groupId, group]));
}

/** One page of an organization's groups, oldest first. */
export async function listGroups(
  table: Table,
  org: string,
  page: { limit: number; after: string | undefined },
): Promise<Page<Group>> {
  return await queryPage(table, { partition: keys.groups(org), ...page }, groupItem);
}
