import { expect, test } from "vitest";
import { keys } from "../../../functions/table/keys.ts";
import { engineWorld } from "./world.ts";

const world = engineWorld();
const DELETE = "DELETE /channels/{chn}";

test("CH-7, GINV-9 with a channel go its people, messages and head, and guests whose last one it was", async () => {
  const w = await world({ guests: 2, guestsUsed: 2 });
  const [ada, bob] = [await w.member("ada"), await w.member("bob", { chatRole: "admin" })];
  const id = await w.channel(ada, { name: "Plan" });
  const other = await w.channel(ada, { name: "Other" });
  await w.ask(bob, "POST /channels/{chn}/join", id);
  const [gil, hal] = [await w.guest("gil", [id]), await w.guest("hal", [id, other])];
  expect(await w.ask(bob, DELETE, id)).toMatchObject({ status: 204 });

  for (const partition of [
    keys.roster(w.org, id),
    keys.messages(w.org, id),
    keys.channelPartition(w.org, id),
  ]) {
    expect(await w.partition(partition)).toEqual([]);
  }
  for (const who of [ada, bob, gil, hal]) {
    expect(await w.item(keys.personChannel(w.org, who.userId, id))).toBeUndefined();
  }
  expect(await w.partition(keys.intent(w.org, "").pk)).toEqual([]);
  expect(await w.item(keys.member(w.org, gil.userId))).toBeUndefined();
  expect(await w.item(keys.member(w.org, hal.userId))).toMatchObject({ channelCount: 1 });
  expect(await w.counters()).toMatchObject({ guests: 1, guestsUsed: 1, publicChannels: 2 });
  expect(w.ids(await w.ask(hal, "GET /channels"))).toEqual([other]);
  expect(await w.ask(gil, "GET /channels")).toMatchObject({ status: 404 });
  expect((await w.ask(ada, "GET /unread")).body.items).toHaveLength(2);
});

test("CH-7 a channel that is gone is the same 404 to all, and its handle is free again", async () => {
  const w = await world();
  const admin = await w.member("zoe", { chatRole: "admin" });
  const id = await w.channel(admin, { name: "Plan" });
  await w.ask(admin, DELETE, id);
  for (const act of ["GET /channels/{chn}", "POST /channels/{chn}/join", "POST /channels/{chn}/archive"]) {
    expect(await w.ask(admin, act, id)).toMatchObject({ status: 404, body: { code: "not-found" } });
  }
  const body = { name: "Plan", type: "public", handle: "plan" };
  expect(await w.ask(admin, "POST /channels", undefined, { body })).toMatchObject({ status: 201 });
});
