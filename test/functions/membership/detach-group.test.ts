import { expect, test } from "vitest";
import { groupUseCases } from "../../../functions/channel/groups-use-cases.ts";
import { finishIntents } from "../../../functions/sweep/finish-intents.ts";
import { keys } from "../../../functions/table/keys.ts";
import { engineWorld } from "../channel/world.ts";
import { caller } from "../shell/caller.ts";
import { cutShort } from "./cut-short.ts";

const world = engineWorld();

test("CH-9 nobody is taken out of a channel that their group is attached to anew meanwhile", async () => {
  const w = await world();
  const [max, bob] = [await w.member("max", { chatRole: "admin" }), await w.member("bob")];
  const id = await w.channel(max, { name: "Plan" });
  const named = { params: { org: w.org }, body: { name: "Team" } };
  const { body: group } = await w.ask(max, "POST /groups", undefined, named);
  const inGroup = { params: { org: w.org, grp: group.id, user: bob.userId } };
  await w.ask(max, "PUT /groups/{grp}/members/{user}", undefined, inGroup);
  const attach = async () =>
    await w.ask(max, "POST /channels/{chn}/members", id, { body: { groupIds: [group.id] } });
  await attach();
  const call = caller(groupUseCases(cutShort(w.table, 1)));
  const detached = await call("DELETE /v1/organizations/{org}/channels/{chn}/groups/{grp}", {
    as: max,
    params: { org: w.org, chn: id, grp: group.id },
  });
  expect(detached.status).toBe(204);

  w.meanwhile(async () => expect(await attach()).toMatchObject({ body: { summary: { added: 1 } } }));
  await finishIntents(w.table, Date.now() + 61_000, () => true);
  expect(await w.item(keys.group(w.org, group.id))).toMatchObject({ channelIds: [id], detaching: [] });
  expect(await w.item(keys.personChannel(w.org, bob.userId, id))).toMatchObject({ role: "member" });
  expect(await w.item(keys.channel(w.org, id))).toMatchObject({ members: 2 });
});
