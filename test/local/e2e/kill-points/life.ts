import {
  BatchWriteCommand,
  DeleteCommand,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import type { Table } from "../../../../functions/table/table.ts";

const WRITES = [TransactWriteCommand, PutCommand, UpdateCommand, DeleteCommand, BatchWriteCommand];

/**
 * How a function's life is cut short at a write of its. `killed`: the write is not carried out, and nothing happens any
 * more, not even the function's own cleaning up. `unanswered`: the write is carried out, its answer is lost, and the
 * function goes on.
 */
export type Blow = "killed" | "unanswered";

/** What a function works with, whose writes are counted: its table, and `step` for what it does to the world beside. */
export type Life = {
  readonly table: Table;
  readonly step: <Result>(act: () => Promise<Result>) => Promise<Result>;
};

/** A life that nothing happens to. */
export function wholeLife(table: Table): Life {
  return { table, step: (act) => act() };
}

const never = new Promise<never>(() => {});

/** Begins a life that is struck at its write number `at`, counted from 0. */
export function lifeStruckAt(plain: Table, at: number, blow: Blow) {
  let count = 0;
  let isDead = false;
  const death = Promise.withResolvers<void>();
  const underWay = new Set<Promise<unknown>>();

  async function carriedOut<Result>(act: () => Promise<Result>): Promise<Result> {
    const work = act();
    underWay.add(work);
    try {
      return await work;
    } finally {
      underWay.delete(work);
      if (isDead) await never;
    }
  }

  async function step<Result>(act: () => Promise<Result>): Promise<Result> {
    if (isDead) return await never;
    const isStruck = count === at;
    count += 1;
    if (!isStruck) return await carriedOut(act);
    if (blow === "killed") {
      isDead = true;
      death.resolve();
      return await never;
    }
    await carriedOut(act);
    throw new Error("the answer was lost");
  }

  const send = async (command: Parameters<Table["client"]["send"]>[0]) => {
    const act = async () => await plain.client.send(command);
    if (WRITES.some((kind) => command instanceof kind)) return await step(act);
    return isDead ? await never : await carriedOut(act);
  };
  const table: Table = { ...plain, client: { send: send as Table["client"]["send"] } };

  /** Lives until the work is done, or until it is killed and what was under way has reached the table. */
  async function live(work: (life: Life) => Promise<unknown>): Promise<{ wasStruck: boolean }> {
    await Promise.race([work({ table, step }), death.promise]);
    await Promise.allSettled(underWay);
    return { wasStruck: count > at };
  }
  return { live };
}
