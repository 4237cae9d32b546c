import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

/** What all connections of a process have received so far. */
export type Heard = {
  frames: number;
  /** Each begun 32 KB of a frame. */
  billed: number;
  bytes: number;
  /** Messages, each time that one arrived. */
  events: number;
  /** Of these, those that the connection had already. */
  repeated: number;
  closed: number;
};

export type Order = { kind: "open"; urls: readonly string[] } | { kind: "count" } | { kind: "arrivals" };

/** By connection: when each `seq` arrived, in epoch milliseconds. */
export type Arrivals = readonly (readonly [seq: number, at: number])[][];

export type Listeners = {
  /** Opens a connection for each address; answers which of them came about. */
  open(urls: readonly string[]): Promise<readonly boolean[]>;
  count(): Promise<Heard>;
  arrivals(): Promise<Arrivals>;
  stop(): Promise<void>;
};

/** A process of clients, apart from the stack, so that what they need is not the stack's. */
export function startListeners(): Listeners {
  const child: ChildProcess = fork(new URL("./listener-process.ts", import.meta.url), {
    serialization: "advanced",
  });
  // One order at a time, so that each answer belongs to the order before it.
  let last: Promise<unknown> = Promise.resolve();
  const ask = <Answer>(order: Order): Promise<Answer> => {
    const answer = last.then(async () => {
      const answered = once(child, "message");
      child.send(order);
      return (await answered)[0] as Answer;
    });
    last = answer.catch(() => undefined);
    return answer;
  };
  return {
    open: (urls) => ask<readonly boolean[]>({ kind: "open", urls }),
    count: () => ask<Heard>({ kind: "count" }),
    arrivals: () => ask<Arrivals>({ kind: "arrivals" }),
    async stop() {
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    },
  };
}
