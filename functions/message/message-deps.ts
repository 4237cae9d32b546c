import type { Table } from "../table/table.ts";
import { mentionDeps } from "./mentioned.ts";
import type { PostDeps } from "./post-message.ts";
import { type ReadDeps, readDeps } from "./read-deps.ts";

/** What posting and reading messages needs, from the table. */
export function messageDeps(table: Table): PostDeps & ReadDeps {
  return { ...readDeps(table), mentions: mentionDeps(table) };
}
