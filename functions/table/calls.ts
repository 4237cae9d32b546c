import { CALL_STATES, PARTICIPANT_STATES } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import type { ChannelKey } from "./channel-heads.ts";
import { keys } from "./keys.ts";
import { getItem, getItems, queryIndex } from "./read.ts";
import { isoTime, type Table } from "./table.ts";

/** Calls that are read at once. */
const PAGE = 100;

/**
 * A call: `O#<org>#CALLS` / its id. It is in the index of those that are not over until all that follows from its end
 * is done, so that the sweep finds what was cut short; `seq` is that of the message that tells of it.
 */
const callItem = z.object({
  organizationId: z.string(),
  callId: z.string(),
  channelId: z.string(),
  url: z.string(),
  startedBy: z.object({ userId: z.string(), name: z.string() }),
  startedAt: z.string(),
  endedAt: z.string().optional(),
  /** When somebody came or went last. */
  changedAt: z.string(),
  state: z.enum(CALL_STATES),
  participants: z.array(
    z.object({ userId: z.string(), name: z.string(), state: z.enum(PARTICIPANT_STATES) }),
  ),
  seq: z.number().int().optional(),
  /** Its start is told in its thread (CALL-3). */
  isStartTold: z.boolean().optional(),
  version: z.number().int(),
});

export type Call = z.infer<typeof callItem>;

/** A call, read strongly (1 read unit). */
export async function getCall(table: Table, org: string, callId: string): Promise<Call | undefined> {
  return await getItem(table, keys.call(org, callId), callItem);
}

const pointerItem = z.object({ callId: z.string() });

/** The call that runs in a channel, if one does. */
export async function runningCall(
  table: Table,
  { organizationId: org, channelId }: ChannelKey,
): Promise<string | undefined> {
  return (await getItem(table, keys.channelCall(org, channelId), pointerItem))?.callId;
}

/** Pages of calls of all organizations that began up to `upTo` (epoch ms) and are not settled, the oldest first. */
export async function* unsettledCalls(table: Table, upTo: number): AsyncGenerator<Call[]> {
  let after: string | undefined;
  do {
    const found = await queryIndex(table, {
      partition: keys.runningCalls(),
      upTo: `${isoTime(upTo)}~`,
      after,
      limit: PAGE,
    });
    yield await getItems(table, found.keys, callItem);
    after = found.after;
  } while (after !== undefined);
}
