import { expect, test } from "vitest";
import { assistantId, keys } from "../../../functions/table/keys.ts";
import { callWorld } from "./world.ts";

const world = callWorld();

test("BOT-2, CALL-1 nobody is called in a conversation with the assistant, and nothing is written", async () => {
  const w = await world();
  const ada = await w.member("ada");
  const body = { userIds: [assistantId(w.org)] };
  const chn = (await w.ask(ada, "POST /channels/direct", undefined, { body })).body.id;
  expect(await w.start(ada, chn)).toMatchObject({
    status: 409,
    body: { code: "bot-one-to-one", rule: "BOT-2" },
  });
  expect(await w.partition(keys.messages(w.org, chn))).toEqual([]);
  expect(await w.status(ada)).toBeUndefined();
});
