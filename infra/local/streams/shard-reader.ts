import type { EngineStream, ShardPosition } from "./engine-streams.ts";
import { shareCalls } from "./share-calls.ts";
import { type StreamRecord, toStreamRecord } from "./stream-record.ts";

/** A record of the engine's stream; `record` is absent for what DynamoDB's would not hold. */
export type ReadRecord = { sequenceNumber: string; record: StreamRecord | undefined };

export type ShardReader = {
  read(limit: number): Promise<readonly ReadRecord[]>;
  /** Closed and read to its end: its successors hold what follows. */
  isOver(): boolean;
};

export type OpenReader = (shardId: string, position: ShardPosition) => ShardReader;

/** Makes readers of one stream's shards; every read goes on where the reader's last one ended. */
export function createShardReaders(stream: EngineStream, streamArn: string, now: () => number): OpenReader {
  const iterators = shareCalls<string>();
  const pages = shareCalls<{ records: ReadRecord[]; next: string | undefined }>();

  const readPage = async (iterator: string, limit: number) => {
    const { records, next } = await stream.readPage(iterator, limit);
    const atMs = now();
    const read = records.map((source) => ({
      sequenceNumber: source.dynamodb.SequenceNumber,
      record: toStreamRecord(source, streamArn, atMs),
    }));
    return { records: read, next };
  };

  return (shardId, position) => {
    let iterator: string | undefined;
    let isOver = false;
    return {
      isOver: () => isOver,
      async read(limit) {
        if (isOver) return [];
        const from =
          iterator ??
          (await iterators(`${shardId} ${JSON.stringify(position)}`, () =>
            stream.openShard(shardId, position),
          ));
        const { records, next } = await pages(`${from} ${limit}`, () => readPage(from, limit));
        iterator = next;
        isOver = next === undefined;
        return records;
      },
    };
  };
}
