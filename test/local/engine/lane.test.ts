import { expect, test } from "vitest";
import type { InvokeResult, StreamMapping } from "../../../infra/local/contracts.ts";
import { createLane } from "../../../infra/local/streams/lane.ts";
import { laneOf } from "../../../infra/local/streams/lane-of.ts";
import type { StreamRecord } from "../../../infra/local/streams/stream-record.ts";

const fine: InvokeResult = { ok: true, payload: null };
const crash: InvokeResult = { ok: false, errorType: "Error", errorMessage: "no" };

function record(sequenceNumber: number, key = "k"): StreamRecord {
  return {
    eventID: String(sequenceNumber),
    eventName: "INSERT",
    eventVersion: "1.1",
    eventSource: "aws:dynamodb",
    awsRegion: "us-east-1",
    eventSourceARN: "arn",
    dynamodb: {
      ApproximateCreationDateTime: 0,
      Keys: { pk: { S: key } },
      SequenceNumber: String(sequenceNumber),
      SizeBytes: 1,
      StreamViewType: "NEW_AND_OLD_IMAGES",
    },
  };
}

function setup(overrides: Partial<StreamMapping>, answer: (batch: number[], call: number) => InvokeResult) {
  const state = {
    now: 0,
    batches: [] as number[][],
    done: [] as number[],
    givenUp: [] as [number[], string][],
  };
  const numbers = (records: StreamRecord[]) => records.map(({ dynamodb }) => Number(dynamodb.SequenceNumber));
  const abort = new AbortController();
  const lane = createLane({
    mapping: {
      functionName: "relay",
      batchSize: 3,
      windowSeconds: 0,
      parallelizationFactor: 1,
      bisectsOnError: false,
      maxRetries: 2,
      maxAgeSeconds: -1,
      reportsItemFailures: true,
      startsAt: "TRIM_HORIZON",
      filters: [],
      ...overrides,
    },
    now: () => state.now,
    async invoke(records) {
      state.batches.push(numbers(records));
      return answer(numbers(records), state.batches.length);
    },
    onDone(records, reason) {
      if (reason) state.givenUp.push([numbers(records), reason]);
      else state.done.push(...numbers(records));
    },
    signal: abort.signal,
    backoffMs: { first: 1, most: 4 },
  });
  const run = async (count: number) => {
    for (let number = 1; number <= count; number += 1)
      lane.push({ record: record(number), arrivedAt: state.now });
    await lane.idle();
    return state;
  };
  return { run, state, abort, lane };
}

test("batches in order, none larger than the batch size", async () => {
  const { batches, done } = await setup({}, () => fine).run(7);
  expect(batches).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
  expect(done).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test("a partial failure is retried from the first failed record, before what follows", async () => {
  const answer = (_: number[], call: number): InvokeResult =>
    call === 1
      ? { ok: true, payload: { batchItemFailures: [{ itemIdentifier: "3" }, { itemIdentifier: "2" }] } }
      : fine;
  const { batches, done } = await setup({}, answer).run(4);
  expect(batches).toEqual([[1, 2, 3], [2, 3], [4]]);
  expect(done).toEqual([1, 2, 3, 4]);
});

test("a record that stays bad is given up after its retries, and the ones behind it come through", async () => {
  const answer = (batch: number[]): InvokeResult =>
    batch.includes(2) ? { ok: true, payload: { batchItemFailures: [{ itemIdentifier: "2" }] } } : fine;
  const { batches, done, givenUp } = await setup({ batchSize: 2 }, answer).run(3);
  expect(batches).toEqual([[1, 2], [2], [2], [3]]);
  expect(done).toEqual([1, 3]);
  expect(givenUp).toEqual([[[2], expect.stringContaining("retries exhausted")]]);
});

test("bisecting a crash isolates the bad record", async () => {
  const answer = (batch: number[]) => (batch.includes(3) ? crash : fine);
  const { done, givenUp } = await setup({ batchSize: 4, bisectsOnError: true }, answer).run(4);
  expect(done).toEqual([1, 2, 4]);
  expect(givenUp.map(([records]) => records)).toEqual([[3]]);
});

test("an identifier that is not in the batch fails the whole batch", async () => {
  const answer = (_: number[], call: number): InvokeResult =>
    call === 1 ? { ok: true, payload: { batchItemFailures: [{ itemIdentifier: "99" }] } } : fine;
  expect((await setup({}, answer).run(2)).batches).toEqual([
    [1, 2],
    [1, 2],
  ]);
});

test("without ReportBatchItemFailures the answer says nothing", async () => {
  const answer = (): InvokeResult => ({
    ok: true,
    payload: { batchItemFailures: [{ itemIdentifier: "1" }] },
  });
  expect((await setup({ reportsItemFailures: false }, answer).run(2)).batches).toEqual([[1, 2]]);
});

test("records older than the maximum age by the virtual clock are given up", async () => {
  const lane = setup({ maxAgeSeconds: 60, maxRetries: -1 }, () => {
    lane.state.now += 61_000;
    return crash;
  });
  const { givenUp } = await lane.run(1);
  expect(givenUp).toEqual([[[1], expect.stringContaining("maximum age")]]);
});

test("stopping ends the retries", async () => {
  const lane = setup({ maxRetries: -1 }, (_, call) => {
    if (call === 3) lane.abort.abort();
    return crash;
  });
  expect((await lane.run(1)).batches).toHaveLength(3);
});

test("one item has one lane, and many items use them all", () => {
  const lanes = Array.from({ length: 200 }, (_, index) => laneOf(record(index, `key-${index}`), 10));
  expect(new Set(lanes).size).toBe(10);
  expect(laneOf(record(1, "same"), 10)).toBe(laneOf(record(2, "same"), 10));
});

test("an item's lane is the same in whatever order its key's attributes come", () => {
  const keyed = (Keys: Record<string, unknown>) => {
    const plain = record(1);
    return laneOf({ ...plain, dynamodb: { ...plain.dynamodb, Keys } }, 1_000_000);
  };
  expect(keyed({ pk: { S: "p" }, sk: { S: "s" } })).toBe(keyed({ sk: { S: "s" }, pk: { S: "p" } }));
  expect(keyed({ pk: { S: "p" }, sk: { S: "s" } })).not.toBe(keyed({ pk: { S: "s" }, sk: { S: "p" } }));
});
