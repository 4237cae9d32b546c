import { DeleteCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { SYSTEM_MESSAGES } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { newId } from "../shell/ids.ts";
import { inviteBatchSchema } from "./invite-batches.ts";
import { keys } from "./keys.ts";
import { getItem, getItems, queryIndex } from "./read.ts";
import { isoTime, type Table } from "./table.ts";
import { ConditionsFailed, transact, type Write } from "./transaction.ts";

/** What a system message tells (MSG-12): who did it, to whom, and the new text where there is one. */
export const systemSchema = z.object({
  kind: z.enum(SYSTEM_MESSAGES),
  actorId: z.string(),
  userIds: z.array(z.string()).optional(),
  text: z.string().optional(),
});

export type SystemFacts = z.infer<typeof systemSchema>;

/**
 * What a change still has to bring about beyond its own transaction. It is written with the change, carried out at once
 * by the same function, and deleted when done; the sweep carries out what was cut short. Every kind may be carried out
 * again from the start: what is done already is left as it is.
 */
export const intentSchema = z.discriminatedUnion("kind", [
  /** Post a system message, once (MSG-12). */
  z.object({
    kind: z.literal("announce"),
    channelId: z.string(),
    actorName: z.string(),
    system: systemSchema,
  }),
  /** The same in several channels that somebody came into, or left, at once (CH-9). */
  z.object({
    kind: z.literal("announce-in-all"),
    channelIds: z.array(z.string()),
    actorName: z.string(),
    system: systemSchema,
  }),
  /**
   * Make a person's channels and groups follow their record: none without a record; a guest's lines for a guest, of
   * `keep` only if it is given (GINV-11); a member's for a member, who joins `join` and `groupIds` (MINV-5, CH-2).
   */
  z.object({
    kind: z.literal("align"),
    userId: z.string(),
    keep: z.array(z.string()).optional(),
    join: z.array(z.string()),
    groupIds: z.array(z.string()),
  }),
  /** Bring a group's people into a channel, or take them out again (CH-9). */
  z.object({ kind: z.literal("attach-group"), groupId: z.string(), channelId: z.string() }),
  z.object({ kind: z.literal("detach-group"), groupId: z.string(), channelId: z.string() }),
  /** Take what is left of a deleted group, or channel, away; the group was attached to `channelIds`. */
  z.object({ kind: z.literal("delete-group"), groupId: z.string(), channelIds: z.array(z.string()) }),
  z.object({ kind: z.literal("delete-channel"), channelId: z.string() }),
  /** Take what is left of a mail address away that somebody removed: holders, pending invitations (SHR-6). */
  z.object({
    kind: z.literal("delete-mail-address"),
    addressId: z.string(),
    actorId: z.string(),
    sourceIp: z.string().optional(),
  }),
  /** Make the invitations of a request that was committed, or free what one that was not has taken (INV-10). */
  inviteBatchSchema,
]);

export type IntentFacts = z.infer<typeof intentSchema>;

/** An intent as stored: `O#<org>#INTENTS` / its id. */
const intentItem = z.object({
  organizationId: z.string(),
  intentId: z.string(),
  startedAt: z.string(),
  facts: intentSchema,
});

export type Intent = z.infer<typeof intentItem>;

/** A new intent, to be written with the change it follows from (`intentWrite`), or ahead of it (`putIntent`). */
export function newIntent(organizationId: string, facts: IntentFacts, now: number): Intent {
  return { organizationId, intentId: newId("intent", now), startedAt: isoTime(now), facts };
}

function itemOf(intent: Intent): Record<string, unknown> {
  const { organizationId: org, intentId, startedAt } = intent;
  return {
    ...keys.intent(org, intentId),
    ...keys.intentIndex(org, intentId, Date.parse(startedAt)),
    ...intent,
  };
}

/** Writes an intent before anything of its change. */
export async function putIntent(table: Table, intent: Intent): Promise<void> {
  await table.client.send(new PutCommand({ TableName: table.name, Item: itemOf(intent) }));
}

/** Writes an intent in the transaction of its change. */
export function intentWrite(intent: Intent): Write {
  return { label: "intent", put: itemOf(intent) };
}

/** An intent that is not carried out yet, read strongly. */
export async function getIntent(table: Table, org: string, intentId: string): Promise<Intent | undefined> {
  return await getItem(table, keys.intent(org, intentId), intentItem);
}

/** Strikes an intent off when it is carried out: 1 write unit, and as much for the index. */
export async function strikeOff(table: Table, { organizationId, intentId }: Intent): Promise<void> {
  await table.client.send(
    new DeleteCommand({ TableName: table.name, Key: keys.intent(organizationId, intentId) }),
  );
}

/** Lets an intent that cannot be carried out now wait behind all others, so that it holds up none of them. */
export async function postpone(
  table: Table,
  { organizationId: org, intentId }: Intent,
  now: number,
): Promise<void> {
  const { gsi1sk } = keys.intentIndex(org, intentId, now);
  const update: Write = {
    label: "intent",
    update: keys.intent(org, intentId),
    expression: "SET gsi1sk = :behind",
    condition: "attribute_exists(pk)",
    values: { ":behind": gsi1sk },
  };
  try {
    await transact(table, [update]);
  } catch (error) {
    // Somebody else has carried it out meanwhile.
    if (!(error instanceof ConditionsFailed)) throw error;
  }
}

/** What another version of this code has left, this one may not understand. */
const anyIntent = z.union([intentItem, z.unknown().transform(() => undefined)]);

/**
 * Intents of all organizations that were begun, or postponed, up to `upTo` (epoch ms) and are not carried out yet, the
 * longest waiting first; and how many there are that cannot be read.
 */
export async function unfinishedIntents(
  table: Table,
  { upTo, limit }: { upTo: number; limit: number },
): Promise<{ intents: Intent[]; unreadable: number }> {
  const found = await queryIndex(table, {
    partition: keys.intents(),
    upTo: `${isoTime(upTo)}~`,
    limit,
  });
  const items = await getItems(table, found.keys, anyIntent);
  const byId = new Map(items.flatMap((intent) => (intent === undefined ? [] : [[intent.intentId, intent]])));
  const intents = found.keys.flatMap(({ sk }) => byId.get(sk) ?? []);
  return { intents, unreadable: items.length - intents.length };
}
