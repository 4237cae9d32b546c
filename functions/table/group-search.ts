import { groupNameKey } from "@vestibule/domain/groups";
import * as z from "zod";
import { keys } from "./keys.ts";
import { getItems, type Page, queryPage } from "./read.ts";
import type { Table } from "./table.ts";

const nameRow = z.object({ sk: z.string(), groupId: z.string() });

/** What of a group the directory shows (DIR-3). */
const listedGroup = z.object({ groupId: z.string(), name: z.string(), memberCount: z.number().int() });

/** One page of the groups whose name begins so, by name; all of them for "". The cost is that of the page. */
export async function searchGroups(
  table: Table,
  org: string,
  { prefix, limit, after }: { prefix: string; limit: number; after: string | undefined },
): Promise<Page<z.infer<typeof listedGroup>>> {
  const begin = groupNameKey(prefix);
  const page = await queryPage(
    table,
    { partition: keys.groupNames(org), ...(begin === "" ? {} : { prefix: begin }), limit, after },
    nameRow,
  );
  const groups = await getItems(
    table,
    page.items.map(({ groupId }) => keys.group(org, groupId)),
    listedGroup,
  );
  const byId = new Map(groups.map((group) => [group.groupId, group]));
  return { items: page.items.flatMap(({ groupId }) => byId.get(groupId) ?? []), after: page.after };
}
