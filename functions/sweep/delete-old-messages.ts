import { deletedBefore } from "@vestibule/domain/plans";
import * as z from "zod";
import { keys, PREFIXES } from "../table/keys.ts";
import type { Message } from "../table/messages.ts";
import { deleteMessages } from "../table/old-messages.ts";
import { getOrganization } from "../table/organizations.ts";
import { queryPage } from "../table/read.ts";
import { listRetentions, noteSwept, type Retention } from "../table/retention.ts";
import type { Table } from "../table/table.ts";
import { type Tried, untried } from "../table/tried.ts";

/** How often each organization is gone through: a message goes within a day of its time. */
const EVERY_MS = 86_400_000;

/** Organizations, and channels, that are read at a time. */
const AT_ONCE = 100;

type Sweep = { readonly now: number; readonly isTimeLeft: () => boolean; readonly tried: Tried };

const channelRow = z.object({ sk: z.string(), channelId: z.string() });

function isDue({ sweptAt }: Retention, now: number): boolean {
  return sweptAt === undefined || Date.parse(sweptAt) + EVERY_MS <= now;
}

async function deleteOf(table: Table, retention: Retention, sweep: Sweep): Promise<number> {
  const { organizationId } = retention;
  const { now, isTimeLeft, tried } = sweep;
  const organization = await getOrganization(table, organizationId);
  const before = organization === undefined ? null : deletedBefore(organization.plan, now);
  // The row goes with the plan.
  if (before === null) return 0;
  const isOld = ({ createdAt }: Message): boolean => Date.parse(createdAt) < before;
  const partition = keys.channels(organizationId);
  let deleted = 0;
  let after = retention.doneTo;
  do {
    const page = await queryPage(
      table,
      { partition, prefix: PREFIXES.channel, limit: AT_ONCE, after },
      channelRow,
    );
    for (const { sk, channelId } of page.items) {
      const key = { organizationId, channelId };
      const nothing = { deleted: 0, isWhole: true };
      const done = await tried(() => deleteMessages(table, key, { isOld, isTimeLeft }), nothing);
      deleted += done.deleted;
      if (!done.isWhole) {
        if (after !== undefined) await noteSwept(table, organizationId, { doneTo: after });
        return deleted;
      }
      after = sk;
    }
    if (page.after === undefined) break;
    after = page.after;
  } while (after !== undefined);
  await noteSwept(table, organizationId, { sweptAt: now });
  return deleted;
}

/**
 * SEAT-7: deletes the messages that are past their plan's time, with all that belongs to them, in every channel of the
 * organizations whose plan deletes any; each organization once a day. Where time runs out, the next sweep goes on.
 * @returns how many it deleted
 */
export async function deleteOldMessages(
  table: Table,
  now: number,
  isTimeLeft: () => boolean,
  tried: Tried = untried,
): Promise<number> {
  let deleted = 0;
  let after: string | undefined;
  do {
    if (!isTimeLeft()) return deleted;
    const page = await listRetentions(table, { limit: AT_ONCE, after });
    for (const retention of page.items.filter((one) => isDue(one, now))) {
      if (!isTimeLeft()) return deleted;
      deleted += await tried(() => deleteOf(table, retention, { now, isTimeLeft, tried }), 0);
    }
    after = page.after;
  } while (after !== undefined);
  return deleted;
}
