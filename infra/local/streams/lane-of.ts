import { createHash } from "node:crypto";
import type { StreamRecord } from "./stream-record.ts";

/** Records of one item always go through the same lane, so that they keep their order. */
export function laneOf(record: StreamRecord, lanes: number): number {
  // Sorted: the engine tells the attributes of a key now in this order, now in that.
  const key = Object.entries(record.dynamodb.Keys).sort(([a], [b]) => (a < b ? -1 : 1));
  const hash = createHash("sha1").update(JSON.stringify(key)).digest();
  return hash.readUInt32BE(0) % lanes;
}
