import { isDeepStrictEqual } from "node:util";
import type { _Record, AttributeValue } from "@aws-sdk/client-dynamodb-streams";

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
export function toStreamRecord(source: _Record, streamArn: string, atMs: number): StreamRecord | undefined {
  const { dynamodb, eventName } = source;
  if (!dynamodb || !eventName) return undefined;
  if (eventName === "MODIFY" && isDeepStrictEqual(dynamodb.OldImage, dynamodb.NewImage)) return undefined;
  const sequenceNumber = dynamodb.SequenceNumber ?? "0";
  return {
    eventID: source.eventID ?? sequenceNumber,
    eventName,
    eventVersion: "1.1",
    eventSource: "aws:dynamodb",
    awsRegion: "us-east-1",
    eventSourceARN: streamArn,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(atMs / 1000),
      Keys: toJson(dynamodb.Keys ?? {}),
      ...(dynamodb.NewImage ? { NewImage: toJson(dynamodb.NewImage) } : {}),
      ...(dynamodb.OldImage ? { OldImage: toJson(dynamodb.OldImage) } : {}),
      SequenceNumber: sequenceNumber,
      SizeBytes: dynamodb.SizeBytes ?? 0,
      StreamViewType: dynamodb.StreamViewType ?? "NEW_AND_OLD_IMAGES",
    },
  };
}

function toJson(image: Record<string, AttributeValue>): Json {
  return Object.fromEntries(Object.entries(image).map(([name, value]) => [name, plain(value)]));
}

/** Binary values travel as base64 in Lambda's event; the SDK gives bytes. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}
