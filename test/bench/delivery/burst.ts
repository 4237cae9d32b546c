import { setTimeout as pause } from "node:timers/promises";
import { VestibuleProblem } from "@vestibule/client/problem";
import type { LocalStack } from "../../../infra/local/contracts.ts";
import { newOrganization } from "../../support/organization.ts";
import { type Person, person } from "../../support/person.ts";
import { quietStream } from "../../support/quiet-stream.ts";
import { tableOf } from "../../support/seeded-members.ts";
import { until } from "../../support/until.ts";
import { seedCrowd, ticketsFor } from "./crowd.ts";
import { type Arrivals, type Heard, type Listeners, startListeners } from "./listeners.ts";
import type { WorkerMemory } from "./worker-memory.ts";

export const MESSAGES = 100;

/** How many posts are on their way at a time: a burst, as fast as the stack takes it. */
const POSTS_AT_ONCE = 8;

const PROCESSES = 2;
const OPENED_AT_ONCE = 50;
const PATIENCE_MS = 240_000;

/** When a message was on its way to the stack, and when its author knew that it is kept; epoch milliseconds. */
type Posted = { readonly seq: number; readonly sentAt: number; readonly answeredAt: number };

export type Burst = {
  readonly connections: number;
  /** How long it took to open them all. */
  readonly connectingMs: number;
  readonly posted: readonly Posted[];
  readonly arrivals: Arrivals;
  readonly heard: Heard;
  /** Calls of PostToConnection, and messages that the stack's meter billed meanwhile. */
  readonly calls: number;
  readonly billed: number;
  /** Records that the relay could not deliver at all. */
  readonly givenUp: number;
  readonly relay: { readonly invocations: number; readonly readUnits: number; readonly writeUnits: number };
  /** The largest heap of a relay worker, before the burst and during it. */
  readonly heapBefore: number;
  readonly heapPeak: number;
};

const now = (): number => performance.timeOrigin + performance.now();

/** Counts what is asked of the open connections from now on. */
function countCalls({ context }: LocalStack): () => number {
  const { decide } = context.faults;
  let calls = 0;
  context.faults.decide = (target, attributes) => {
    if (target === "connections" && attributes["operation"] === "PostToConnection") calls += 1;
    return decide(target, attributes);
  };
  return () => calls;
}

async function connectAll(
  stack: LocalStack,
  org: string,
  userIds: readonly string[],
  processes: readonly Listeners[],
): Promise<void> {
  const table = tableOf(stack);
  const rest = [...userIds];
  let refused = 0;
  await Promise.all(
    processes.map(async (listeners) => {
      for (
        let some = rest.splice(0, OPENED_AT_ONCE);
        some.length > 0;
        some = rest.splice(0, OPENED_AT_ONCE)
      ) {
        const opened = await listeners.open(await ticketsFor(table, stack, org, some));
        // On a busy machine a function may be too late for its handshake: asked again, as every client does.
        const again = some.filter((_, index) => opened[index] === false);
        refused += again.length;
        if (refused > userIds.length) throw new Error("connections are refused");
        rest.push(...again);
      }
    }),
  );
  table.destroy();
}

/** As every client does: what was refused because the service is busy is asked again, with the same nonce. */
async function insist<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let count = 1; ; count += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof VestibuleProblem) || error.status !== 503 || count > 10) throw error;
      await pause(100 * count);
    }
  }
}

async function postAll(author: Person, org: string, channelId: string): Promise<Posted[]> {
  const posted: Posted[] = [];
  const numbers = Array.from({ length: MESSAGES }, (_, index) => index).values();
  const lane = async (): Promise<void> => {
    for (const number of numbers) {
      const text = `Message ${number}: could somebody look at the numbers before noon? They are in the sheet.`;
      const sentAt = now();
      const { seq } = await insist(() =>
        author.client.postMessage(org, channelId, { text, nonce: `n${number}` }),
      );
      posted.push({ seq, sentAt, answeredAt: now() });
    }
  };
  await Promise.all(Array.from({ length: POSTS_AT_ONCE }, lane));
  return posted;
}

async function heardBy(processes: readonly Listeners[]): Promise<Heard> {
  const sum: Heard = { frames: 0, billed: 0, bytes: 0, events: 0, repeated: 0, closed: 0 };
  for (const heard of await Promise.all(processes.map((each) => each.count()))) {
    sum.frames += heard.frames;
    sum.billed += heard.billed;
    sum.bytes += heard.bytes;
    sum.events += heard.events;
    sum.repeated += heard.repeated;
    sum.closed += heard.closed;
  }
  return sum;
}

/** Has so many people of one channel connected to a stack, and 100 messages posted there at once. */
export async function burstTo(stack: LocalStack, connections: number, memory: WorkerMemory): Promise<Burst> {
  const founder = await person(stack, "founder");
  const { id: org } = await newOrganization(founder);
  const { id: channelId } = await founder.client.createChannel(org, { name: "All hands", type: "private" });
  const userIds = await seedCrowd(stack, { organizationId: org, channelId }, connections);
  const processes = Array.from({ length: PROCESSES }, startListeners);
  try {
    const connectingAt = now();
    await connectAll(stack, org, userIds, processes);
    const connectingMs = now() - connectingAt;
    await quietStream(stack, PATIENCE_MS);
    const relayId = stack.context.model.functions.find(({ name }) => name === "relay")?.logicalId ?? "";
    const heapBefore = memory.peak(relayId);
    memory.reset();
    stack.context.meter.reset();
    const earlier = await heardBy(processes);
    const calls = countCalls(stack);
    const posted = await postAll(founder, org, channelId);
    const { givenUp } = await quietStream(stack, PATIENCE_MS);
    // What the stack has sent, the clients may still be reading.
    let before = -1;
    const heard = await until("nothing more to arrive", async () => {
      const found = await heardBy(processes);
      const isOver = found.frames === before;
      before = found.frames;
      return isOver ? found : undefined;
    });
    const arrivals = (await Promise.all(processes.map((each) => each.arrivals()))).flat();
    const { units, invocations, socketMessages } = stack.context.meter.read();
    const ofRelay = units.filter(({ functionName }) => functionName === "relay");
    return {
      connections,
      connectingMs,
      posted,
      arrivals,
      // What they were told of those who came before is not the burst's.
      heard: {
        ...heard,
        frames: heard.frames - earlier.frames,
        billed: heard.billed - earlier.billed,
        bytes: heard.bytes - earlier.bytes,
      },
      calls: calls(),
      billed: socketMessages,
      givenUp,
      relay: {
        invocations: invocations.find(({ functionName }) => functionName === "relay")?.count ?? 0,
        readUnits: ofRelay.reduce((sum, { readUnits }) => sum + readUnits, 0),
        writeUnits: ofRelay.reduce((sum, { writeUnits }) => sum + writeUnits, 0),
      },
      heapBefore,
      heapPeak: memory.peak(relayId),
    };
  } finally {
    await Promise.all(processes.map((each) => each.stop()));
  }
}
