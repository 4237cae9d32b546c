import {
  type _Record,
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from "@aws-sdk/client-dynamodb-streams";

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

/** Reads one shard from a position on; every read goes on where the last one ended. */
export function createShardReader(
  client: DynamoDBStreamsClient,
  streamArn: string,
  shardId: string,
  position: ShardPosition,
): ShardReader {
  let iterator: string | undefined;
  let isOver = false;
  const open = async () => {
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
  return {
    isOver: () => isOver,
    async read(limit) {
      if (isOver) return [];
      iterator ??= await open();
      const { Records = [], NextShardIterator } = await client.send(
        new GetRecordsCommand({ ShardIterator: iterator, Limit: limit }),
      );
      iterator = NextShardIterator;
      isOver = NextShardIterator === undefined;
      return Records;
    },
  };
}
