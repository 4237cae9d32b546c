import type { CustomStatus, ManualPresence } from "@vestibule/domain/status";
import { PRESENCES } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { idIn, keys } from "./keys.ts";
import { getItem, getItems } from "./read.ts";
import { type Table, ttlSeconds } from "./table.ts";

const customSchema = z.object({
  emoji: z.string().optional(),
  text: z.string().optional(),
  until: z.number().optional(),
}) satisfies z.ZodType<CustomStatus>;

const manualSchema = z.enum(PRESENCES).exclude(["online"]) satisfies z.ZodType<ManualPresence>;

/** How somebody said they are: `O#<org>#STATUSES` / `USER#<usr>`. Ends are epoch ms; what is past them stays, unseen. */
export const statusItem = z
  .object({
    sk: z.string(),
    manual: manualSchema.optional(),
    manualUntil: z.number().optional(),
    custom: customSchema.optional(),
    callIds: z.array(z.string()).optional(),
    changedAt: z.string(),
    version: z.number(),
  })
  .transform(({ sk, ...status }) => ({ ...status, userId: idIn(sk) }));

export type StoredStatus = z.output<typeof statusItem>;

/** Somebody's status as stored, read strongly (1 read unit); who never set one has none. */
export async function getStatus(table: Table, org: string, user: string): Promise<StoredStatus | undefined> {
  return await getItem(table, keys.status(org, user), statusItem);
}

/** Several people's, by person. */
export async function getStatuses(
  table: Table,
  org: string,
  users: readonly string[],
): Promise<Map<string, StoredStatus>> {
  const found = await getItems(
    table,
    [...new Set(users)].map((user) => keys.status(org, user)),
    statusItem,
  );
  return new Map(found.map((status) => [status.userId, status]));
}

/** Somebody on the list of the live ones, as far as their presence goes. */
export const livePresence = z.object({
  sk: z.string(),
  connections: z.set(z.string()).optional(),
  expiresAt: z.number(),
});

/** Whether they are connected. */
export const isConnectedAt = (live: z.infer<typeof livePresence>, now: number): boolean =>
  live.expiresAt > ttlSeconds(now) && (live.connections?.size ?? 0) > 0;

/** Who of these people is connected, read strongly. */
export async function connectedAmong(
  table: Table,
  org: string,
  users: readonly string[],
  now: number,
): Promise<Set<string>> {
  const found = await getItems(
    table,
    [...new Set(users)].map((user) => keys.livePerson(org, user)),
    livePresence,
  );
  return new Set(found.filter((live) => isConnectedAt(live, now)).map(({ sk }) => idIn(sk)));
}
