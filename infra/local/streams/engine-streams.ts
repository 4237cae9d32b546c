import * as z from "zod";
import { anyDate, anySignature } from "../engine/engine-client.ts";
import type { EngineConnections } from "../engine/engine-connections.ts";

const image = z.record(z.string(), z.unknown());
const records = z.array(
  z.object({
    eventID: z.string().optional(),
    eventName: z.string(),
    dynamodb: z.object({
      Keys: image,
      NewImage: image.optional(),
      OldImage: image.optional(),
      SequenceNumber: z.string(),
      SizeBytes: z.number().optional(),
      StreamViewType: z.string().optional(),
    }),
  }),
);
const shards = z.object({
  StreamDescription: z.object({ Shards: z.array(z.object({ ShardId: z.string() })).default([]) }),
});
const iterator = z.object({ ShardIterator: z.string() });
const page = z.object({ Records: records.default([]), NextShardIterator: z.string().nullish() });

/** A record as the engine's JSON has it, which is how a function gets it too. */
export type EngineRecord = z.infer<typeof records>[number];

export type ShardPosition = { kind: "TRIM_HORIZON" | "LATEST" } | { kind: "AFTER"; sequenceNumber: string };

export type EngineStream = {
  /** The ids of the stream's shards. */
  listShards(): Promise<string[]>;
  openShard(shardId: string, position: ShardPosition): Promise<string>;
  /** The records after an iterator; without `next` the shard is closed and read to its end. */
  readPage(iterator: string, limit: number): Promise<{ records: EngineRecord[]; next: string | undefined }>;
};

/**
 * A stream of the engine, without the SDK: it is read all the time, and an SDK would turn every value of every record
 * into what it was again for the function.
 */
export function engineStream(engine: Pick<EngineConnections, "ask">, streamArn: string): EngineStream {
  const ask = async <Shape>(operation: string, input: object, shape: z.ZodType<Shape>): Promise<Shape> => {
    const { status, body } = await engine.ask({
      target: `DynamoDBStreams_20120810.${operation}`,
      authorization: anySignature,
      date: anyDate,
      body: Buffer.from(JSON.stringify(input)),
    });
    const text = body.toString();
    if (status !== 200) throw new Error(`${operation}: ${status} ${text}`);
    return shape.parse(JSON.parse(text));
  };
  return {
    async listShards() {
      const { StreamDescription } = await ask("DescribeStream", { StreamArn: streamArn }, shards);
      return StreamDescription.Shards.map(({ ShardId }) => ShardId);
    },
    async openShard(shardId, position) {
      const from =
        position.kind === "AFTER"
          ? { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", SequenceNumber: position.sequenceNumber }
          : { ShardIteratorType: position.kind };
      const input = { StreamArn: streamArn, ShardId: shardId, ...from };
      return (await ask("GetShardIterator", input, iterator)).ShardIterator;
    },
    async readPage(from, limit) {
      const { Records, NextShardIterator } = await ask(
        "GetRecords",
        { ShardIterator: from, Limit: limit },
        page,
      );
      return { records: Records, next: NextShardIterator ?? undefined };
    },
  };
}
