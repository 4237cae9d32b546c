import type { Context, DynamoDBBatchResponse } from "aws-lambda";
import { type StreamRecord, streamEvent } from "../relay/stream-event.ts";
import { logger } from "../shell/logger.ts";
import type { Table } from "../table/table.ts";
import { answerQuestion } from "./answer-question.ts";
import type { Brain } from "./brain.ts";
import { type Heard, heardFrom } from "./heard.ts";
import { welcomeNewcomer } from "./welcome-newcomer.ts";

export type AssistantDeps = { readonly table: Table; readonly brain: Brain };

/** How long one answer may take, and what is kept of the invocation for storing it. */
const ANSWER_MS = 20_000;
const SPARE_MS = 5_000;

/** Below this, an answer is left to the next delivery. */
const LEAST_MS = 2_000;

type Work = { readonly record: StreamRecord; readonly heard: Heard };

function hear(record: StreamRecord): Work[] {
  try {
    const heard = heardFrom(record);
    return heard === undefined ? [] : [{ record, heard }];
  } catch (error) {
    // A record that cannot be read will not be readable later either; the rest must not wait for it.
    const { SequenceNumber } = record.dynamodb;
    logger.error("unreadable record", { SequenceNumber, error: error instanceof Error ? error.name : "" });
    return [];
  }
}

async function serve(deps: AssistantDeps, heard: Heard, leftMs: number): Promise<void> {
  if (heard.kind === "newcomer") return await welcomeNewcomer(deps.table, heard.person);
  if (leftMs < LEAST_MS) throw new Error("no time left");
  await answerQuestion(deps, heard, Math.min(ANSWER_MS, leftMs));
}

const conversationOf = ({ heard }: Work): string =>
  heard.kind === "newcomer" ? heard.person.userId : heard.channel.channelId;

/**
 * The assistant: welcomes those who come (INV-17) and answers those who write to it (BOT-3), each conversation in its
 * order, side by side. What fails is delivered again from there on, and what was said since is known by its nonce.
 */
export function assistantHandler(deps: AssistantDeps) {
  async function isServed({ record, heard }: Work, context: Context): Promise<boolean> {
    try {
      await serve(deps, heard, context.getRemainingTimeInMillis() - SPARE_MS);
      return true;
    } catch (error) {
      const { SequenceNumber } = record.dynamodb;
      logger.error("left to the stream's retry", { SequenceNumber, kind: heard.kind, error });
      return false;
    }
  }

  return async (event: unknown, context: Context): Promise<DynamoDBBatchResponse> => {
    const work = streamEvent.parse(event).Records.flatMap(hear);
    const failed = new Set<StreamRecord>();
    const conversations = [...Map.groupBy(work, conversationOf).values()];
    await Promise.all(
      conversations.map(async (questions) => {
        for (const question of questions)
          if (!(await isServed(question, context))) failed.add(question.record);
      }),
    );
    const first = work.find(({ record }) => failed.has(record))?.record.dynamodb.SequenceNumber;
    return { batchItemFailures: first === undefined ? [] : [{ itemIdentifier: first }] };
  };
}
