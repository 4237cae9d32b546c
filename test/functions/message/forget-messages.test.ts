import { expect, test } from "vitest";
import { forgetMessages } from "../../../functions/membership/forget-messages.ts";
import { OutOfTime } from "../../../functions/membership/time-left.ts";
import { keys, PREFIXES } from "../../../functions/table/keys.ts";
import { messageWorld } from "./message-world.ts";

const world = messageWorld();

test("CH-7 of a deleted channel's messages nothing is left: former texts, reactions, pins, threads, who follows them", async () => {
  const { act, says, replies, channel, puts, member, partition, table, org } = await world();
  const [ada, bob] = [await member("ada"), await member("bob")];
  const id = await channel(ada, { name: "Plan" });
  await puts(bob, id);
  const root = await says(ada, id, "a question");
  await replies(bob, id, root);
  await act(ada, "PATCH", id, root, { body: { text: "the question" } });
  await act(bob, "PUT /reactions/{emoji}", id, root, { params: { emoji: "👍" } });
  await act(bob, "PUT /pin", id, root);
  const key = { organizationId: org, channelId: id };
  await expect(forgetMessages(table, key, () => false)).rejects.toThrow(OutOfTime);
  await forgetMessages(table, key, () => true);
  const left = [
    keys.messages(org, id),
    keys.pins(org, id),
    keys.edits(org, id),
    keys.reactors(org, id),
    keys.thread(org, id, root),
  ];
  for (const pk of left) expect(await partition(pk), pk).toEqual([]);
  for (const { userId } of [ada, bob]) {
    const rows = (await partition(keys.person(org, userId))).map(({ sk }) => String(sk));
    expect(rows.filter((sk) => sk.startsWith(PREFIXES.thread))).toEqual([]);
  }
});
