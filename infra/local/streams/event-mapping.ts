import type { InvocationLog, Invoker, LocalClock, StreamMapping } from "../contracts.ts";
import { fitsPattern } from "./event-pattern.ts";
import { createLane, type LaneOptions } from "./lane.ts";
import { laneOf } from "./lane-of.ts";
import type { ReadRecord } from "./shard-reader.ts";
import type { StreamRecord } from "./stream-record.ts";

export type GivenUp = { functionName: string; reason: string; records: StreamRecord[] };

export type EventMapping = {
  functionName: string;
  accept(records: readonly ReadRecord[]): void;
  /** False while so much is waiting that reading on would only fill memory. */
  hasRoom(): boolean;
  /** The sequence number up to which everything is over; undefined: nothing yet. */
  position(): string | undefined;
  /** Whether nothing is waiting or under way. */
  isQuiet(): boolean;
};

export type EventMappingOptions = {
  mapping: StreamMapping;
  invoker: Pick<Invoker, "invoke">;
  clock: Pick<LocalClock, "now">;
  log: InvocationLog;
  givenUp: GivenUp[];
  signal: AbortSignal;
  backoffMs?: LaneOptions["backoffMs"];
};

const mostWaiting = 5000;

/** One event source mapping: filters the stream's records and hands them to its function, lane by lane. */
export function createEventMapping(options: EventMappingOptions): EventMapping {
  const { mapping, invoker, clock, log, givenUp, signal } = options;
  const { functionName } = mapping;
  /** Sequence numbers in stream order; the done ones at the front are the position. */
  const open = new Map<string, boolean>();
  let position: string | undefined;

  const settle = () => {
    for (const [sequenceNumber, isDone] of open) {
      if (!isDone) return;
      position = sequenceNumber;
      open.delete(sequenceNumber);
    }
  };

  const onDone = (records: StreamRecord[], reason?: string) => {
    for (const record of records) open.set(record.dynamodb.SequenceNumber, true);
    settle();
    if (reason === undefined) return;
    givenUp.push({ functionName, reason, records });
    const destination = mapping.failureDestination ?? "nowhere";
    log.add({
      kind: "event",
      functionName,
      text: `${functionName} gave up on ${records.length} stream record(s), ${reason} → ${destination}`,
    });
  };

  const lanes = Array.from({ length: mapping.parallelizationFactor }, () =>
    createLane({
      mapping,
      now: clock.now,
      invoke: (Records) => invoker.invoke(functionName, { Records }, `stream ×${Records.length}`),
      onDone,
      signal,
      ...(options.backoffMs ? { backoffMs: options.backoffMs } : {}),
    }),
  );

  return {
    functionName,
    accept(records) {
      const arrivedAt = clock.now();
      for (const { record, sequenceNumber } of records) {
        const isWanted =
          record !== undefined &&
          (mapping.filters.length === 0 || mapping.filters.some((pattern) => fitsPattern(pattern, record)));
        open.set(sequenceNumber, !isWanted);
        if (isWanted) lanes[laneOf(record, lanes.length)]?.push({ record, arrivedAt });
      }
      settle();
    },
    hasRoom: () => open.size < mostWaiting,
    position: () => position,
    isQuiet: () => open.size === 0,
  };
}
