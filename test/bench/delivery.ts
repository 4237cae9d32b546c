import { parseArgs } from "node:util";
import { startLocalStack } from "../../infra/local/start-local-stack.ts";
import { type Burst, burstTo, MESSAGES } from "./delivery/burst.ts";
import { heldWhileTelling } from "./delivery/held-memory.ts";
import { watchWorkerMemory } from "./delivery/worker-memory.ts";
import { printTable } from "./print-table.ts";

const CONNECTIONS = 5_000;

/** So many fewer in the run beside it, to show what grows with their number and what does not. */
const TIMES = 10;

const percentile = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

const whole = (value: number): string => Math.round(value).toLocaleString("en");
const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MB`;
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;

/** Milliseconds from each post to its arrival on each connection, in order; what never arrived is missing. */
function delays({ posted, arrivals }: Burst): Float64Array {
  const sentAt = new Map(posted.map((each) => [each.seq, each.sentAt]));
  const all = arrivals.flatMap((mine) =>
    mine.flatMap(([seq, at]) => {
      const sent = sentAt.get(seq);
      return sent === undefined ? [] : at - sent;
    }),
  );
  return Float64Array.from(all).sort();
}

/** How many connections have every message. */
function complete({ posted, arrivals }: Burst): number {
  return arrivals.filter((mine) => {
    const seqs = new Set(mine.map(([seq]) => seq));
    return posted.every(({ seq }) => seqs.has(seq));
  }).length;
}

function column(burst: Burst): Record<string, string> {
  const { connections, connectingMs, posted, arrivals, heard, calls, billed, relay, heapBefore, heapPeak } =
    burst;
  const sorted = delays(burst);
  const answers = Float64Array.from(posted, ({ sentAt, answeredAt }) => answeredAt - sentAt).sort();
  const began = Math.min(...posted.map(({ sentAt }) => sentAt));
  const lastAt = arrivals.reduce(
    (latest, mine) => mine.reduce((last, [, at]) => Math.max(last, at), latest),
    began,
  );
  const perPair = heard.frames / (connections * MESSAGES);
  return {
    "connecting takes": seconds(connectingMs),
    "connections with every message": `${whole(complete(burst))} of ${whole(connections)}`,
    "messages told more than once": whole(heard.repeated),
    frames: `${whole(heard.frames)} (one by one: ${whole(connections * MESSAGES)})`,
    "frames per message and connection": `${perPair.toFixed(3)} (${(1 / perPair).toFixed(1)} messages a frame)`,
    "frames per connection": (heard.frames / connections).toFixed(1),
    "bytes of a frame, mean": whole(heard.bytes / heard.frames),
    "calls of PostToConnection": whole(calls),
    "billed WebSocket messages": `${whole(billed)} (clients counted ${whole(heard.billed)})`,
    "records that were given up": whole(burst.givenUp),
    "batches of the relay; units": `${whole(relay.invocations)}; ${whole(relay.readUnits)} r ${whole(relay.writeUnits)} w`,
    "last post answered after": seconds(Math.max(...posted.map(({ answeredAt }) => answeredAt)) - began),
    "post to answer, p50 and p99": `${seconds(percentile(answers, 0.5))}  ${seconds(percentile(answers, 0.99))}`,
    "post to arrival, p50 and p99": `${seconds(percentile(sorted, 0.5))}  ${seconds(percentile(sorted, 0.99))}`,
    "frames a second": whole(heard.frames / ((lastAt - began) / 1_000)),
    "heap of a relay worker, before and most": `${megabytes(heapBefore)}  ${megabytes(heapPeak)}`,
  };
}

async function measure(connections: number): Promise<Burst> {
  const memory = watchWorkerMemory();
  const stack = await startLocalStack({ port: 0 });
  try {
    return await burstTo(stack, connections, memory);
  } finally {
    await stack.stop();
    memory.stop();
  }
}

/** Prints what a burst of 100 messages in a channel of 5 000 live connections (`--connections`) takes and costs. */
export async function benchDelivery(): Promise<void> {
  const { values } = parseArgs({ options: { connections: { type: "string" } }, strict: false });
  const most = Number(values["connections"] ?? CONNECTIONS);
  const columns: Record<string, string>[] = [];
  const sizes = [Math.max(1, Math.round(most / TIMES)), most];
  for (const size of sizes) columns.push(column(await measure(size)));
  printTable(
    `A burst of ${MESSAGES} messages in one channel, in the local stack`,
    ["what", ...sizes.map((size) => `${whole(size)} connections`)],
    Object.keys(columns[0] ?? {}).map((name) => [name, ...columns.map((each) => each[name] ?? "")]),
  );
  await printHeld();
}

/** Prints what delivering itself holds at a time, by how many it tells. */
async function printHeld(): Promise<void> {
  const rows: string[][] = [];
  for (const connections of [500, 5_000, 50_000]) {
    const row = [whole(connections)];
    for (const where of ["General", "a channel"] as const) {
      row.push(`${((await heldWhileTelling(connections, MESSAGES, where)) / 2 ** 20).toFixed(1)} MB`);
    }
    rows.push(row);
  }
  printTable(
    `Held at a time while telling ${MESSAGES} messages, garbage apart`,
    ["connections", "in General", "in a channel, with its roster"],
    rows,
  );
}
