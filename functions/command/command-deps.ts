import type { PostDeps } from "../message/post-message.ts";
import { type IdempotencyStore, idempotencyStore } from "../table/idempotency.ts";
import { findByHandle } from "../table/person-handles.ts";
import { getPeople, type PersonRecord } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";

/** What commands need: that of posting, and what the acts of other routes take. */
export type CommandDeps = {
  readonly table: Table;
  readonly post: PostDeps;
  /** Where the answer to each nonce is kept. */
  readonly store: IdempotencyStore;
  /** The people of an organization who have these handles, by handle. */
  peopleByHandle(org: string, handles: readonly string[]): Promise<Map<string, PersonRecord>>;
};

async function peopleByHandle(table: Table, org: string, handles: readonly string[]) {
  const found = await getPeople(table, org, await findByHandle(table, org, handles));
  // The index follows a moment later: the records themselves say who has a handle now.
  const named = [...found.values()].filter(({ handle }) => handles.includes(handle));
  return new Map(named.map((person) => [person.handle, person]));
}

/** The same from the table. */
export function commandDeps(table: Table, post: PostDeps): CommandDeps {
  return {
    table,
    post,
    store: idempotencyStore(table),
    peopleByHandle: async (org, handles) => await peopleByHandle(table, org, handles),
  };
}
