import { expect, test } from "vitest";
import { channelUseCases } from "../../../functions/channel/use-cases.ts";
import { carryOut } from "../../../functions/membership/carry-out.ts";
import { messageDeps } from "../../../functions/message/message-deps.ts";
import { postMessage } from "../../../functions/message/post-message.ts";
import { postSystemMessage } from "../../../functions/message/post-system-message.ts";
import { finishIntents } from "../../../functions/sweep/finish-intents.ts";
import { intentWrite, newIntent } from "../../../functions/table/intents.ts";
import { keys } from "../../../functions/table/keys.ts";
import { engineWorld } from "../channel/world.ts";
import { caller } from "../shell/caller.ts";
import { cutShort } from "./cut-short.ts";

const world = engineWorld();
const CHAT_ADMIN = { chatRole: "admin" } as const;

test("CH-7 GINV-9 of a deleted channel nothing is left, and guests whose last it was are gone", async () => {
  const w = await world({ guests: 2, guestsUsed: 2 });
  const [max, bob] = [await w.member("max", { chatRole: "admin" }), await w.member("bob")];
  const [id, other] = [await w.channel(max, { name: "Plan" }), await w.channel(max, { name: "Other" })];
  const [last, more] = [await w.guest("last", [id]), await w.guest("more", [id, other])];
  await w.puts(bob, id);
  const { body: group } = await w.ask(max, "POST /groups", undefined, {
    params: { org: w.org },
    body: { name: "Team" },
  });
  await w.ask(max, "POST /channels/{chn}/members", id, { body: { groupIds: [group.id] } });
  expect(await w.told(id)).not.toEqual([]);
  await w.write({ label: "gone", remove: keys.channel(w.org, id) });
  const intent = newIntent(w.org, { kind: "delete-channel", channelId: id }, Date.now());
  await w.write(intentWrite(intent));
  for (const dyingAfter of [1, 2, 3])
    await expect(carryOut(cutShort(w.table, dyingAfter), intent)).rejects.toThrow("the function died");
  await carryOut(w.table, intent);
  const partitions = [
    keys.roster(w.org, id),
    keys.messages(w.org, id),
    keys.channelPartition(w.org, id),
    keys.channelGroups(w.org, id),
    keys.person(w.org, bob.userId),
    keys.person(w.org, last.userId),
    `O#${w.org}#INTENTS`,
  ];
  for (const partition of partitions) expect(await w.partition(partition), partition).toEqual([]);
  expect(await w.item(keys.group(w.org, group.id))).toMatchObject({ channelIds: [] });
  expect(await w.item(keys.member(w.org, last.userId))).toBeUndefined();
  expect(await w.item(keys.member(w.org, more.userId))).toMatchObject({ channelCount: 1 });
  expect(await w.counters()).toMatchObject({ guests: 1, guestsUsed: 1 });
});

test("CH-7 whoever is made its admin while a channel is deleted is not in it afterwards", async () => {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const [max, zoe] = [await w.member("max", CHAT_ADMIN), await w.member("zoe", CHAT_ADMIN)];
  const id = await w.channel(ada, { name: "Plan" });
  for (const person of [bob, max]) await w.puts(person, id);
  // The function dies when the channel's admins are out, and its members are still in.
  w.meanwhile(async () => {
    const call = caller(channelUseCases(cutShort(w.table, 2)));
    const deleted = { as: zoe, params: { org: w.org, chn: id } };
    expect(await call("DELETE /v1/organizations/{org}/channels/{chn}", deleted)).toMatchObject({
      status: 204,
    });
  });
  const named = { params: { org: w.org, chn: id, user: bob.userId }, body: { role: "admin" } };
  const act = "PUT /channels/{chn}/members/{user}/role";
  expect(await w.ask(max, act, undefined, named)).toMatchObject({ status: 404 });
  await finishIntents(w.table, Date.now() + 61_000, () => true);
  for (const person of [ada, bob, max])
    expect(await w.partition(keys.person(w.org, person.userId))).toEqual([]);
});

test("CH-7 MSG-12 from its deletion on nothing is posted in a channel, by the system neither", async () => {
  const w = await world();
  const [max, bob] = [await w.member("max", CHAT_ADMIN), await w.member("bob")];
  const id = await w.channel(max, { name: "Plan" });
  await w.puts(bob, id);
  const call = caller(channelUseCases(cutShort(w.table, 1)));
  await call("DELETE /v1/organizations/{org}/channels/{chn}", { as: max, params: { org: w.org, chn: id } });
  const system = { kind: "left", actorId: bob.userId } as const;
  const channel = { organizationId: w.org, channelId: id };
  await postSystemMessage(w.table, channel, { intentId: "int_1", actorName: "Bob", system });
  const deps = messageDeps(w.table);
  const message = { ...channel, userId: bob.userId, text: "Hello", nonce: "n" };
  await expect(postMessage(deps, message)).rejects.toMatchObject({ status: 404 });
  expect(await w.partition(keys.messages(w.org, id))).toEqual([]);
});
