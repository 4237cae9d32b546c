import type { Context } from "aws-lambda";
import { expect, test } from "vitest";
import { finishIntents } from "../../../functions/sweep/finish-intents.ts";
import { sweepHandler } from "../../../functions/sweep/sweep.ts";
import {
  type IntentFacts,
  intentWrite,
  newIntent,
  strikeOff,
  unfinishedIntents,
} from "../../../functions/table/intents.ts";
import { keys } from "../../../functions/table/keys.ts";
import type { Table } from "../../../functions/table/table.ts";
import type { Tried } from "../../../functions/table/tried.ts";
import { engineWorld, type World } from "../channel/world.ts";

const world = engineWorld();
const MINUTE = 60_000;

/** A table on which reading this person's record fails. */
function failingOn(plain: Table, org: string, userId: string): Table {
  const { sk } = keys.member(org, userId);
  const send = async (command: Parameters<Table["client"]["send"]>[0]) => {
    if (JSON.stringify(command.input).includes(`"sk":"${sk}"`)) throw new Error("broken");
    return await plain.client.send(command);
  };
  return { ...plain, client: { send: send as Table["client"]["send"] } };
}

async function leave(w: World, facts: IntentFacts, startedAt: number): Promise<string> {
  const intent = newIntent(w.org, facts, startedAt);
  await w.write(intentWrite(intent));
  return intent.intentId;
}

const alignment = (userId: string): IntentFacts => ({ kind: "align", userId, join: [], groupIds: [] });
const left = async (w: World) => (await w.partition(`O#${w.org}#INTENTS`)).map(({ sk }) => sk);

test("ORG-10 what cannot be carried out waits behind the rest, and holds up none of it", async () => {
  const w = await world();
  const now = Date.now();
  const broken = await leave(w, alignment("usr_broken"), now - 10 * MINUTE);
  await leave(w, alignment("usr_gone"), now - 5 * MINUTE);
  const table = failingOn(w.table, w.org, "usr_broken");
  expect(await finishIntents(table, now, () => true)).toBe(2);
  expect(await left(w)).toEqual([broken]);

  const next = await leave(w, alignment("usr_next"), now - 2 * MINUTE);
  const { intents } = await unfinishedIntents(w.table, { upTo: now + MINUTE, limit: 10 });
  expect(intents.map(({ intentId }) => intentId)).toEqual([next, broken]);
  expect(await finishIntents(w.table, now + 2 * MINUTE, () => true)).toBe(2);
  expect(await left(w)).toEqual([]);
});

test("ORG-10 what cannot be carried out for an hour is a fault, and still holds up none of the rest", async () => {
  const w = await world();
  const now = Date.now();
  const broken = await leave(w, alignment("usr_broken"), now - 61 * MINUTE);
  await leave(w, alignment("usr_gone"), now - 5 * MINUTE);
  const faults: unknown[] = [];
  const tried: Tried = async (work, otherwise) => {
    try {
      return await work();
    } catch (error) {
      faults.push(error);
      return otherwise;
    }
  };
  expect(await finishIntents(failingOn(w.table, w.org, "usr_broken"), now, () => true, tried)).toBe(2);
  expect(faults).toContainEqual(new Error("broken"));
  expect(await left(w)).toEqual([broken]);
  await finishIntents(w.table, now + 2 * MINUTE, () => true, tried);
  expect(await left(w)).toEqual([]);
});

test("ORG-10 what another version of the code left, and what goes wrong elsewhere, holds up none of it either", async () => {
  const w = await world();
  const now = Date.now();
  const unknown = newIntent(w.org, alignment("usr_later"), now - 10 * MINUTE);
  await w.write(intentWrite(unknown));
  await w.write({
    label: "intent",
    update: keys.intent(w.org, unknown.intentId),
    expression: "SET facts = :facts",
    values: { ":facts": { kind: "of-tomorrow" } },
  });
  await leave(w, alignment("usr_gone"), now - 5 * MINUTE);
  const send = async (command: Parameters<Table["client"]["send"]>[0]) => {
    if (JSON.stringify(command.input).includes("EXPIRES#")) throw new Error("broken");
    return await w.table.client.send(command);
  };
  const table: Table = { ...w.table, client: { send: send as Table["client"]["send"] } };
  const context = { getRemainingTimeInMillis: () => MINUTE } as Context;
  await expect(sweepHandler(table)({}, context)).rejects.toThrow(AggregateError);
  expect(await left(w)).toEqual([unknown.intentId]);
  await strikeOff(w.table, unknown);
});
