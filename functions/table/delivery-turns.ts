import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand, type UpdateCommandInput } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod";
import type { ChannelKey } from "./channel-heads.ts";
import { keys } from "./keys.ts";
import { pastConflicts } from "./past-conflicts.ts";
import { type Table, ttlSeconds } from "./table.ts";

/**
 * How long others leave what they have to whoever has the turn; then the next of them takes it over. Whoever broke off is
 * back long before, under the same name.
 */
export const TURN_MS = 60_000;

/** Of more, each batch tells its own: the item stays within a few write units. */
const MOST_WAITING = 1_000;

const KEPT_MS = 24 * 60 * 60 * 1_000;

/**
 * Who tells a large channel's new messages just now, and which ones have come meanwhile:
 * `O#<org>#CHANNEL#<chn>` / `TURN`.
 */
const turnItem = z.object({ holder: z.string().optional(), waiting: z.set(z.number()).optional() });

type TurnItem = z.infer<typeof turnItem>;

type Update = Omit<UpdateCommandInput, "TableName" | "Key">;

/** The item as it is then, if it is asked for; as it was found where the condition does not hold. */
async function update(
  table: Table,
  { organizationId, channelId }: ChannelKey,
  input: Update,
): Promise<{ isDone: boolean; found: TurnItem }> {
  const command = new UpdateCommand({
    TableName: table.name,
    Key: keys.deliveryTurn(organizationId, channelId),
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    ...input,
  });
  try {
    const { Attributes = {} } = await pastConflicts(() => table.client.send(command));
    return { isDone: true, found: turnItem.parse(Attributes) };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { isDone: false, found: turnItem.parse(error.Item === undefined ? {} : unmarshall(error.Item)) };
  }
}

const waitingIn = ({ waiting = new Set() }: TurnItem): number[] => [...waiting].sort((a, b) => a - b);

/**
 * Takes the turn if nobody has it, or did not come back from it; whoever has it already keeps it, and no longer for that:
 * a batch that fails again and again holds up nobody beyond the time it was given. 1 write unit.
 * @returns what waits for whoever has the turn, the lowest `seq` first; `undefined`: it is another's
 */
export async function takeTurn(
  table: Table,
  channel: ChannelKey,
  { holder, now }: { holder: string; now: number },
): Promise<number[] | undefined> {
  const { isDone, found } = await update(table, channel, {
    UpdateExpression: "SET holder = :holder, endsAt = :endsAt, expiresAt = :expiresAt",
    ConditionExpression: "attribute_not_exists(holder) OR endsAt <= :now",
    ExpressionAttributeValues: {
      ":holder": holder,
      ":endsAt": now + TURN_MS,
      ":expiresAt": ttlSeconds(now + KEPT_MS),
      ":now": now,
    },
    ReturnValues: "ALL_NEW",
  });
  return isDone || found.holder === holder ? waitingIn(found) : undefined;
}

/** Leaves messages to whoever has the turn; `false` if nobody has, or too many wait already. 1 write unit. */
export async function leaveToTurn(
  table: Table,
  channel: ChannelKey,
  { seqs, now }: { seqs: readonly number[]; now: number },
): Promise<boolean> {
  const { isDone } = await update(table, channel, {
    UpdateExpression: "ADD waiting :seqs",
    ConditionExpression:
      "attribute_exists(holder) AND endsAt > :now AND (attribute_not_exists(waiting) OR size(waiting) < :most)",
    ExpressionAttributeValues: { ":seqs": new Set(seqs), ":now": now, ":most": MOST_WAITING },
  });
  return isDone;
}

/**
 * Gives the turn back, unless messages wait: then their `seq` are answered, the lowest first. `undefined`: it is given
 * back, or somebody else has it by now and tells what waits. 1 write unit.
 */
export async function endTurn(
  table: Table,
  channel: ChannelKey,
  holder: string,
): Promise<number[] | undefined> {
  const outcome = await update(table, channel, {
    UpdateExpression: "REMOVE holder, endsAt",
    ConditionExpression: "holder = :holder AND attribute_not_exists(waiting)",
    ExpressionAttributeValues: { ":holder": holder },
  });
  if (outcome.isDone || outcome.found.holder !== holder) return undefined;
  return waitingIn(outcome.found);
}

/** These were told, and wait no longer. 1 write unit. */
export async function toldInTurn(table: Table, channel: ChannelKey, seqs: readonly number[]): Promise<void> {
  await update(table, channel, {
    UpdateExpression: "DELETE waiting :seqs",
    ExpressionAttributeValues: { ":seqs": new Set(seqs) },
  });
}
