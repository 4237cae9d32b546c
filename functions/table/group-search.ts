import { groupNameKey } from "@vestibule/domain/groups";
import * as z from "zod";
import { type Group, getGroups } from "./groups.ts";
import { keys } from "./keys.ts";
import { getItems, type Page, queryPage } from "./read.ts";
import type { Table } from "./table.ts";

const nameRow = z.object({ groupId: z.string() });

/** The ids of the groups that have one of these names, read strongly: 1 read unit a name. */
export async function findGroups(table: Table, org: string, names: readonly string[]): Promise<string[]> {
  const keysOfNames = [...new Set(names.map(groupNameKey))].filter((name) => name !== "");
  const found = await getItems(
    table,
    keysOfNames.map((name) => keys.groupName(org, name)),
    nameRow,
  );
  return [...new Set(found.map(({ groupId }) => groupId))];
}

/** One page of the groups whose name begins so, by name; all of them for "". The cost is that of the page. */
export async function searchGroups(
  table: Table,
  org: string,
  { prefix, limit, after }: { prefix: string; limit: number; after: string | undefined },
): Promise<Page<Group>> {
  const begin = groupNameKey(prefix);
  const page = await queryPage(
    table,
    { partition: keys.groupNames(org), ...(begin === "" ? {} : { prefix: begin }), limit, after },
    nameRow,
  );
  const groups = await getGroups(
    table,
    org,
    page.items.map(({ groupId }) => groupId),
  );
  return { items: page.items.flatMap(({ groupId }) => groups.get(groupId) ?? []), after: page.after };
}
