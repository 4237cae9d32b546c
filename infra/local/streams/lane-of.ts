import { createHash } from "node:crypto";
import type { StreamRecord } from "./stream-record.ts";

/** Records of one item always go through the same lane, so that they keep their order. */
export function laneOf(record: StreamRecord, lanes: number): number {
  const hash = createHash("sha1").update(JSON.stringify(record.dynamodb.Keys)).digest();
  return hash.readUInt32BE(0) % lanes;
}
