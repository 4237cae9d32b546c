import * as z from "zod";
import type { InvokeResult } from "../contracts.ts";
import type { StreamRecord } from "./stream-record.ts";

const answerSchema = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().nullish() })).nullish() })
  .nullish();

/**
 * Where a batch must start again: its length when all of it succeeded. Nonsense in `batchItemFailures` fails it whole.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export function firstFailure(
  batch: readonly StreamRecord[],
  result: InvokeResult,
  reportsItemFailures: boolean,
): number {
  if (!result.ok) return 0;
  if (!reportsItemFailures) return batch.length;
  const answer = answerSchema.safeParse(result.payload);
  if (!answer.success) return 0;
  const failures = answer.data?.batchItemFailures ?? [];
  const positions = failures.map(({ itemIdentifier }) =>
    Math.max(
      0,
      batch.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === itemIdentifier),
    ),
  );
  return Math.min(batch.length, ...positions);
}
