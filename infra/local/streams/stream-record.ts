import { isDeepStrictEqual } from "node:util";
import type { EngineRecord } from "./engine-streams.ts";

/** A record as a function gets it in `event.Records`. */
export type StreamRecord = {
  eventID: string;
  eventName: string;
  eventVersion: string;
  eventSource: "aws:dynamodb";
  awsRegion: string;
  eventSourceARN: string;
  dynamodb: {
    ApproximateCreationDateTime: number;
    Keys: Json;
    NewImage?: Json;
    OldImage?: Json;
    SequenceNumber: string;
    SizeBytes: number;
    StreamViewType: string;
  };
};

type Json = Record<string, unknown>;

/**
 * What DynamoDB would have put into the stream; `undefined` for what it would not: the engine also tells of writes
 * that changed nothing.
 */
export function toStreamRecord(
  { dynamodb, eventName, eventID }: EngineRecord,
  streamArn: string,
  atMs: number,
): StreamRecord | undefined {
  if (eventName === "MODIFY" && isDeepStrictEqual(dynamodb.OldImage, dynamodb.NewImage)) return undefined;
  return {
    eventID: eventID ?? dynamodb.SequenceNumber,
    eventName,
    eventVersion: "1.1",
    eventSource: "aws:dynamodb",
    awsRegion: "us-east-1",
    eventSourceARN: streamArn,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(atMs / 1000),
      Keys: dynamodb.Keys,
      ...(dynamodb.NewImage ? { NewImage: dynamodb.NewImage } : {}),
      ...(dynamodb.OldImage ? { OldImage: dynamodb.OldImage } : {}),
      SequenceNumber: dynamodb.SequenceNumber,
      SizeBytes: dynamodb.SizeBytes ?? 0,
      StreamViewType: dynamodb.StreamViewType ?? "NEW_AND_OLD_IMAGES",
    },
  };
}
