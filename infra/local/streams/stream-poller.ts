import { setTimeout as sleep } from "node:timers/promises";
import type { InvocationLog, Invoker, LocalClock, StreamMapping } from "../contracts.ts";
import { createEngineConnections } from "../engine/engine-connections.ts";
import { engineStream, type ShardPosition } from "./engine-streams.ts";
import { createEventMapping, type EventMapping, type GivenUp } from "./event-mapping.ts";
import type { LaneOptions } from "./lane.ts";
import { createShardReaders, type ShardReader } from "./shard-reader.ts";

export type StreamPollerOptions = {
  endpoint: string;
  streamArn: string;
  mappings: StreamMapping[];
  invoker: Pick<Invoker, "invoke">;
  clock: Pick<LocalClock, "now">;
  log: InvocationLog;
  /** How often the stream is read while there is news. */
  intervalMs: number;
  /** Where each function had got to when the kept data was left, by function name. */
  positions?: Record<string, string>;
  backoffMs?: LaneOptions["backoffMs"];
};

export type StreamPoller = {
  /** Something was written: read soon. */
  wake(): void;
  /** Records that no function could take, as they would lie in the failure destinations. */
  givenUp: readonly GivenUp[];
  positions(): Record<string, string>;
  /** Whether everything written so far was read and handled. */
  isQuiet(): boolean;
  /**
   * Reads until there is nothing more, and waits until it is handled, with all that is written meanwhile; no longer than
   * told. @returns whether it came to that
   */
  settle(patienceMs: number): Promise<boolean>;
  stop(): Promise<void>;
};

const recordsPerRead = 500;
/** How often the stream is read without news: for what did not come through the proxy, which tells of every write. */
const idleIntervalMs = 150;
/** How often whoever waits for quiet looks whether it is there. */
const whileBusyMs = 10;

/** Reads the table's stream for every mapping, each with a position of its own. */
export async function startStreamPoller(options: StreamPollerOptions): Promise<StreamPoller> {
  const { endpoint, streamArn, clock, intervalMs, log } = options;
  const engine = createEngineConnections(endpoint);
  const source = engineStream(engine, streamArn);
  const openReader = createShardReaders(source, streamArn, clock.now);
  const abort = new AbortController();
  const givenUp: GivenUp[] = [];
  const followers = options.mappings.map((mapping) => ({
    mapping: createEventMapping({ ...options, mapping, givenUp, signal: abort.signal }),
    start: startOf(mapping, options.positions),
    readers: new Map<string, ShardReader>(),
  }));
  let writes = 0;
  let writesRead = 0;
  let hadRecords = false;
  let timer: NodeJS.Timeout | undefined;
  let isIdle = false;
  let round: Promise<void> | undefined;

  const openShards = async (startOfNew?: ShardPosition) => {
    for (const shardId of await source.listShards()) {
      for (const { readers, start } of followers) {
        if (readers.has(shardId)) continue;
        readers.set(shardId, openReader(shardId, startOfNew ?? start));
      }
    }
  };

  const readAll = async () => {
    const writesBefore = writes;
    const counts = await Promise.all(
      followers.flatMap(({ mapping, readers }) =>
        [...readers.values()].map(async (reader) => readInto(mapping, reader)),
      ),
    );
    // A full read may have left some behind.
    if (counts.every((count) => count < recordsPerRead)) writesRead = writesBefore;
    hadRecords = counts.some((count) => count > 0);
    const isAllOver = followers.every(({ readers }) =>
      [...readers.values()].every((reader) => reader.isOver()),
    );
    if (followers.length > 0 && isAllOver) await openShards({ kind: "TRIM_HORIZON" });
  };

  const begin = () => {
    clearTimeout(timer);
    timer = undefined;
    round = readAll()
      .catch((error: unknown) => {
        if (!abort.signal.aborted) log.add({ kind: "event", text: `the stream could not be read: ${error}` });
      })
      .finally(() => {
        round = undefined;
        schedule();
      });
  };

  const schedule = () => {
    if (abort.signal.aborted) return;
    isIdle = writesRead === writes && !hadRecords;
    timer = setTimeout(begin, Math.max(intervalMs, isIdle ? idleIntervalMs : 0));
  };

  /** A read that begins now. */
  const readNow = async () => {
    await round;
    if (abort.signal.aborted) return;
    if (round === undefined) begin();
    await round;
  };

  const isHandled = () => followers.every(({ mapping }) => mapping.isQuiet());
  const isQuiet = () => writesRead === writes && isHandled();

  await openShards();
  // Before anything else is written: `LATEST` means from here on.
  await readAll();
  schedule();

  return {
    givenUp,
    wake() {
      writes += 1;
      // A read that is due soon, or under way, is followed by another one if it comes too early for this.
      if (!isIdle || timer === undefined) return;
      clearTimeout(timer);
      schedule();
    },
    positions: () =>
      Object.fromEntries(
        followers.flatMap(({ mapping, start }) => {
          const position = mapping.position() ?? (start.kind === "AFTER" ? start.sequenceNumber : undefined);
          return position === undefined ? [] : [[mapping.functionName, position]];
        }),
      ),
    isQuiet,
    async settle(patienceMs) {
      const end = performance.now() + patienceMs;
      for (;;) {
        const wasHandled = isHandled();
        if (wasHandled) await readNow();
        if (wasHandled && !hadRecords && isQuiet()) return true;
        if (abort.signal.aborted || performance.now() > end) return false;
        await sleep(whileBusyMs);
      }
    },
    async stop() {
      abort.abort();
      clearTimeout(timer);
      await round;
      engine.stop();
    },
  };
}

async function readInto(mapping: EventMapping, reader: ShardReader): Promise<number> {
  if (!mapping.hasRoom()) return recordsPerRead;
  const records = await reader.read(recordsPerRead);
  mapping.accept(records);
  return records.length;
}

function startOf(mapping: StreamMapping, positions: Record<string, string> = {}): ShardPosition {
  const sequenceNumber = positions[mapping.functionName];
  return sequenceNumber === undefined ? { kind: mapping.startsAt } : { kind: "AFTER", sequenceNumber };
}
