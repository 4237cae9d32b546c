import { expect, test, vi } from "vitest";
import { addChannelPeople } from "../../../functions/channel/people-add.ts";
import { carryOut } from "../../../functions/membership/carry-out.ts";
import { finishIntents } from "../../../functions/sweep/finish-intents.ts";
import { enterGroupWrites } from "../../../functions/table/group-people.ts";
import { unfinishedIntents } from "../../../functions/table/intents.ts";
import { keys } from "../../../functions/table/keys.ts";
import { transact } from "../../../functions/table/transaction.ts";
import { engineWorld, type World } from "../channel/world.ts";
import type { TestPerson } from "../shell/caller.ts";
import { cutShort } from "./cut-short.ts";

const world = engineWorld();
const PEOPLE = 100;

async function bigGroup(w: World, max: TestPerson): Promise<string> {
  const { body } = await w.ask(max, "POST /groups", undefined, {
    params: { org: w.org },
    body: { name: "Team" },
  });
  const people = await Promise.all(Array.from({ length: PEOPLE }, async (_, n) => await w.member(`m${n}`)));
  for (let start = 0; start < PEOPLE; start += 50) {
    const some = people.slice(start, start + 50);
    await transact(
      w.table,
      some.flatMap(({ userId }) => enterGroupWrites(w.org, body.id, userId, Date.now())),
    );
  }
  return body.id;
}

/** The request as the function has it, on a table that breaks down after so many transactions. */
async function attach(w: World, as: TestPerson, chn: string, groupId: string, dyingAfter: number) {
  return await addChannelPeople(cutShort(w.table, dyingAfter), {
    params: { org: w.org, chn },
    body: { groupIds: [groupId] },
    person: {
      userId: as.userId,
      email: "",
      isEmailVerified: true,
      firstName: undefined,
      lastName: undefined,
      signedInAt: undefined,
      hasSecondFactor: false,
    },
    query: undefined,
    ifMatch: undefined,
    requestId: "request",
    sourceIp: "203.0.113.7",
    plannedSuffix: undefined,
    now: Date.now(),
  });
}

const inChannel = async (w: World, id: string) => (await w.partition(keys.roster(w.org, id))).length;

test("CH-8 a large group is attached in transactions of 30; cut short, the repeated request completes it", async () => {
  const w = await world();
  const max = await w.member("max", { chatRole: "admin" });
  const group = await bigGroup(w, max);
  const id = await w.channel(max, { name: "Plan" });
  await expect(attach(w, max, id, group, 3)).rejects.toThrow("the function died");
  expect(await inChannel(w, id)).toBe(61);
  const { body } = await w.ask(max, "POST /channels/{chn}/members", id, { body: { groupIds: [group] } });
  expect(body.summary).toEqual({ added: 40, "already-member": 60 });
  expect(new Set(body.results.map(({ userId }: { userId: string }) => userId)).size).toBe(PEOPLE);
  expect(await inChannel(w, id)).toBe(PEOPLE + 1);
  expect(await w.item(keys.channel(w.org, id))).toMatchObject({ members: PEOPLE + 1 });
  const { intents } = await unfinishedIntents(w.table, { upTo: Date.now(), limit: 10 });
  for (const intent of intents) await carryOut(w.table, intent);
  expect(await w.partition(`O#${w.org}#INTENTS`)).toEqual([]);
  expect(await w.item(keys.channel(w.org, id))).toMatchObject({ members: PEOPLE + 1 });
});

test("CH-9 what no request completes, the sweep does: attaching, and then deleting the group", async () => {
  const w = await world();
  const max = await w.member("max", { chatRole: "admin" });
  const group = await bigGroup(w, max);
  const id = await w.channel(max, { name: "Plan" });
  await expect(attach(w, max, id, group, 2)).rejects.toThrow("the function died");
  expect(await finishIntents(w.table, Date.now(), () => true)).toBe(0);
  const later = Date.now() + 61_000;
  expect(await finishIntents(w.table, later, () => true)).toBeGreaterThan(0);
  expect(await inChannel(w, id)).toBe(PEOPLE + 1);
  expect(await w.partition(`O#${w.org}#INTENTS`)).toEqual([]);
  await w.ask(max, "DELETE /groups/{grp}", undefined, { params: { org: w.org, grp: group } });
  expect(await inChannel(w, id)).toBe(1);
  expect(await w.item(keys.channel(w.org, id))).toMatchObject({ members: 1 });
  expect(await w.partition(keys.groupPeople(w.org, group))).toEqual([]);
});

test("CH-8 whom time does not suffice for is busy, and comes in with the sweep", async () => {
  const w = await world();
  const max = await w.member("max", { chatRole: "admin" });
  const group = await bigGroup(w, max);
  const id = await w.channel(max, { name: "Plan" });
  const now = vi.spyOn(Date, "now");
  const start = Date.now();
  let calls = 0;
  now.mockImplementation(() => {
    calls += 1;
    return start + 500 * calls;
  });
  const { body } = await w.ask(max, "POST /channels/{chn}/members", id, { body: { groupIds: [group] } });
  now.mockRestore();
  expect(body.summary.busy).toBeGreaterThan(0);
  expect(body.results).toHaveLength(PEOPLE);
  expect(await finishIntents(w.table, start + 1_000_000, () => true)).toBeGreaterThan(0);
  expect(await inChannel(w, id)).toBe(PEOPLE + 1);
});
