import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod";
import { keys } from "./keys.ts";
import { getItem } from "./read.ts";
import { type Table, ttlSeconds } from "./table.ts";

/** How long an answer is kept (`api.md`: 24 h). */
const KEPT_MS = 24 * 60 * 60 * 1000;

/** A request still marked as running after this has crashed: the gateway waits 30 s, and no API function runs longer. */
const RUNNING_MS = 30_000;

const record = z.object({
  bodyHash: z.string(),
  suffix: z.string(),
  status: z.number().optional(),
  body: z.unknown().optional(),
  version: z.number().optional(),
  runningUntil: z.number(),
  expiresAt: z.number(),
});

/** An answer as it is kept; `version` is that of its `ETag`. */
export type KeptAnswer = {
  readonly status: number;
  readonly body: unknown;
  readonly version: number | undefined;
};

/** A request under its `Idempotency-Key`: ours to run, known with its answer, running elsewhere, or another body's. */
export type Claim =
  | { readonly kind: "ours"; readonly suffix: string }
  | ({ readonly kind: "known"; readonly suffix: string } & KeptAnswer)
  | { readonly kind: "running" }
  | { readonly kind: "other-body" };

type Request = { userId: string; keyHash: string; bodyHash: string; suffix: string; now: number };

/** Where the answers of idempotent requests are kept: `I#<person>` / hash of key and path; one write to claim, one to answer. */
export type IdempotencyStore = {
  claim(request: Request): Promise<Claim>;
  complete(request: { userId: string; keyHash: string } & KeptAnswer): Promise<void>;
  /** Forgets a request that wrote nothing. */
  release(request: { userId: string; keyHash: string }): Promise<void>;
  /** Lets a repetition take over at once, with the same suffix: the run ended, and what it wrote is not certain. */
  yield(request: { userId: string; keyHash: string }): Promise<void>;
};

/** Whether a key was used before, whatever came of it; nothing is written (1 read unit). */
export async function isClaimed(
  table: Table,
  { userId, keyHash, now }: { readonly userId: string; readonly keyHash: string; readonly now: number },
): Promise<boolean> {
  const known = await getItem(table, keys.idempotency(userId, keyHash), record);
  return known !== undefined && known.expiresAt > ttlSeconds(now);
}

async function takeOver(table: Table, request: Request, runningUntil: number): Promise<boolean> {
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: keys.idempotency(request.userId, request.keyHash),
        UpdateExpression: "SET runningUntil = :until",
        ConditionExpression: "runningUntil = :was AND attribute_not_exists(#status)",
        ExpressionAttributeNames: { "#status": "status" },
        ExpressionAttributeValues: { ":until": request.now + RUNNING_MS, ":was": runningUntil },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** The store of idempotent answers in the table. */
export function idempotencyStore(table: Table): IdempotencyStore {
  return {
    async claim(request) {
      const key = keys.idempotency(request.userId, request.keyHash);
      try {
        await table.client.send(
          new PutCommand({
            TableName: table.name,
            Item: {
              ...key,
              bodyHash: request.bodyHash,
              suffix: request.suffix,
              runningUntil: request.now + RUNNING_MS,
              expiresAt: ttlSeconds(request.now + KEPT_MS),
            },
            ConditionExpression: "attribute_not_exists(pk) OR expiresAt <= :now",
            ExpressionAttributeValues: { ":now": ttlSeconds(request.now) },
            ReturnValuesOnConditionCheckFailure: "ALL_OLD",
          }),
        );
        return { kind: "ours", suffix: request.suffix };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException) || error.Item === undefined) throw error;
        const known = record.parse(unmarshall(error.Item));
        if (known.bodyHash !== request.bodyHash) return { kind: "other-body" };
        if (known.status !== undefined) {
          const { suffix, status, body, version } = known;
          return { kind: "known", suffix, status, body, version };
        }
        if (known.runningUntil > request.now) return { kind: "running" };
        const isOurs = await takeOver(table, request, known.runningUntil);
        return isOurs ? { kind: "ours", suffix: known.suffix } : { kind: "running" };
      }
    },
    async complete({ userId, keyHash, status, body, version }) {
      await table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: keys.idempotency(userId, keyHash),
          UpdateExpression: `SET #status = :status, #body = :body${version === undefined ? "" : ", version = :version"}`,
          ExpressionAttributeNames: { "#status": "status", "#body": "body" },
          ExpressionAttributeValues: { ":status": status, ":body": body ?? null, ":version": version },
        }),
      );
    },
    async yield({ userId, keyHash }) {
      await table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: keys.idempotency(userId, keyHash),
          UpdateExpression: "SET runningUntil = :over",
          ConditionExpression: "attribute_exists(pk)",
          ExpressionAttributeValues: { ":over": 0 },
        }),
      );
    },
    async release({ userId, keyHash }) {
      await table.client.send(
        new DeleteCommand({ TableName: table.name, Key: keys.idempotency(userId, keyHash) }),
      );
    },
  };
}
