import { visibleSince } from "@vestibule/domain/plans";
import * as z from "zod";
import { keys } from "../table/keys.ts";
import type { Message } from "../table/messages.ts";
import { limitsSchema } from "../table/organizations.ts";
import { getItem } from "../table/read.ts";
import type { Table } from "../table/table.ts";

/** How long a container goes by the limit that it has read: reading a page costs no read of the organization. */
const KEPT_MS = 60_000;

/** Organizations whose limit one container keeps; then it forgets them all. */
const MOST_KEPT = 10_000;

type Kept = { readonly historyDays: number | null; readonly until: number };

const kept = new WeakMap<Table, Map<string, Kept>>();

const limited = z.object({ limits: limitsSchema });

/** SEAT-7, MSG-5: how many days back an organization's messages are shown; `null` for all. At most a minute old. */
export async function historyDaysOf(table: Table, org: string, now: number): Promise<number | null> {
  const known = kept.get(table) ?? new Map<string, Kept>();
  kept.set(table, known);
  const found = known.get(org);
  // A clock that was set back makes it no older, so that it counts for a minute at most either way.
  if (found !== undefined && now < found.until && now >= found.until - KEPT_MS) return found.historyDays;
  const organization = await getItem(table, keys.organization(org), limited, { isConsistent: false });
  const historyDays = organization?.limits.historyDays ?? null;
  if (known.size >= MOST_KEPT) known.clear();
  known.set(org, { historyDays, until: now + KEPT_MS });
  return historyDays;
}

/** The time before which messages are hidden (epoch ms); `null` when none are. */
export async function historySince(table: Table, org: string, now: number): Promise<number | null> {
  return visibleSince(await historyDaysOf(table, org, now), now);
}

/** Whether the plan's history no longer shows a message. */
export function isHidden({ createdAt }: Pick<Message, "createdAt">, since: number | null): boolean {
  return since !== null && Date.parse(createdAt) < since;
}
