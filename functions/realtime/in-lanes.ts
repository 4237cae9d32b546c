/** So many pieces of work go on beside the lanes that have left them. */
const MAX_LEFT = 50;

export type Lanes<Item> = {
  /** How many items are worked on at a time, at most. */
  readonly lanes: number;
  /** So many items share a lane before another one is opened. */
  readonly itemsPerLane: number;
  /** How long a lane waits for one item before it goes on with the next. */
  readonly patienceMs: number;
  readonly work: (item: Item) => Promise<void>;
};

/** Whether it is done in time; it goes on either way. */
async function isDoneWithin(work: Promise<void>, ms: number): Promise<boolean> {
  const late = Promise.withResolvers<false>();
  const timer = setTimeout(() => late.resolve(false), ms);
  try {
    return await Promise.race([work.then(() => true), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** The first items at once, to know how many lanes it takes, then the rest as it comes. */
async function begun<Item>(items: AsyncIterable<Item> | Iterable<Item>, count: number) {
  const source = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  const first: Item[] = [];
  while (first.length < count) {
    const next = await source.next();
    if (next.done === true) break;
    first.push(next.value);
  }
  return { first, source };
}

/**
 * Works on items as they come, several at a time, and holds few more of them than it works on. What takes long is left to
 * itself and holds up nothing behind it; in the end all of it is waited for.
 * @throws what the items' source or the work throws, when everything that was begun is over
 */
export async function inLanes<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  { lanes, itemsPerLane, patienceMs, work }: Lanes<Item>,
): Promise<void> {
  const { first, source } = await begun(items, lanes * itemsPerLane);
  const left = new Set<Promise<void>>();
  const failures: unknown[] = [];

  async function serve(item: Item): Promise<void> {
    const working = work(item).catch((error: unknown) => void failures.push(error));
    if (left.size >= MAX_LEFT) return await working;
    if (await isDoneWithin(working, patienceMs)) return;
    left.add(working);
    void working.then(() => left.delete(working));
  }

  async function lane(): Promise<void> {
    for (;;) {
      const waiting = first.shift();
      if (waiting !== undefined) {
        await serve(waiting);
        continue;
      }
      const next = await source.next();
      if (next.done === true) return;
      await serve(next.value);
    }
  }

  const count = Math.min(lanes, Math.ceil(first.length / itemsPerLane));
  const outcomes = await Promise.allSettled(Array.from({ length: count }, lane));
  await Promise.all(left);
  for (const outcome of outcomes) if (outcome.status === "rejected") failures.push(outcome.reason);
  if (failures.length > 0) throw failures[0];
}
