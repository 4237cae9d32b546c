import {
  type _Record,
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from "@aws-sdk/client-dynamodb-streams";
import { shareCalls } from "./share-calls.ts";

export type ShardPosition = { kind: "TRIM_HORIZON" | "LATEST" } | { kind: "AFTER"; sequenceNumber: string };

export type ShardReader = {
  read(limit: number): Promise<_Record[]>;
  /** Closed and read to its end: its successors hold what follows. */
  isOver(): boolean;
};

/** The ids of the stream's shards. */
export async function listShards(client: DynamoDBStreamsClient, streamArn: string): Promise<string[]> {
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn: streamArn }));
  return (StreamDescription?.Shards ?? []).flatMap(({ ShardId }) => ShardId ?? []);
}

export type OpenReader = (shardId: string, position: ShardPosition) => ShardReader;

/** Makes readers of one stream's shards; every read goes on where the reader's last one ended. */
export function createShardReaders(client: DynamoDBStreamsClient, streamArn: string): OpenReader {
  const iterators = shareCalls<string | undefined>();
  const pages = shareCalls<{ records: _Record[]; next: string | undefined }>();

  const open = async (shardId: string, position: ShardPosition) => {
    const { ShardIterator } = await client.send(
      new GetShardIteratorCommand({
        StreamArn: streamArn,
        ShardId: shardId,
        ...(position.kind === "AFTER"
          ? { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", SequenceNumber: position.sequenceNumber }
          : { ShardIteratorType: position.kind }),
      }),
    );
    return ShardIterator;
  };
  const readPage = async (iterator: string | undefined, limit: number) => {
    const { Records = [], NextShardIterator } = await client.send(
      new GetRecordsCommand({ ShardIterator: iterator, Limit: limit }),
    );
    return { records: Records, next: NextShardIterator };
  };

  return (shardId, position) => {
    let iterator: string | undefined;
    let isOver = false;
    return {
      isOver: () => isOver,
      async read(limit) {
        if (isOver) return [];
        iterator ??= await iterators(`${shardId} ${JSON.stringify(position)}`, () => open(shardId, position));
        const { records, next } = await pages(`${iterator} ${limit}`, () => readPage(iterator, limit));
        iterator = next;
        isOver = next === undefined;
        return records;
      },
    };
  };
}
