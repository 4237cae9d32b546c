import { expect, test } from "vitest";
import { carryOut } from "../../../functions/membership/carry-out.ts";
import { intentWrite, newIntent } from "../../../functions/table/intents.ts";
import { keys } from "../../../functions/table/keys.ts";
import { engineWorld } from "../channel/world.ts";
import { cutShort } from "./cut-short.ts";

const world = engineWorld();

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
