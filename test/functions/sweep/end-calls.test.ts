import { expect, test } from "vitest";
import { endCalls } from "../../../functions/sweep/end-calls.ts";
import { keys } from "../../../functions/table/keys.ts";
import { type CallWorld, callWorld } from "../calls/world.ts";

const world = callWorld();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const sweepAt = async (w: CallWorld, ms: number) => await endCalls(w.table, Date.now() + ms, () => true);

async function call(w: CallWorld) {
  const ada = await w.member("ada", { chatRole: "admin" });
  const [bob, cid] = [await w.member("bob"), await w.member("cid")];
  const chn = await w.channel(ada, { name: "Plan" });
  for (const one of [bob, cid]) await w.puts(one, chn);
  const { id, seq } = (await w.start(ada, chn)).body;
  return { ada, bob, cid, chn, id, seq };
}

const stored = async (w: CallWorld, id: string) => await w.item(keys.call(w.org, id));

/** The calls of the tests before are in the same index. */
const over = async (w: CallWorld, id: string) => (await stored(w, id))?.["state"] === "ended";

test("CALL-3 a call that somebody has been alone in for an hour is over, with all that follows", async () => {
  const w = await world();
  const { ada, bob, chn, id, seq } = await call(w);
  await w.act(bob, id, "accept");
  await w.act(bob, id, "leave");
  await sweepAt(w, HOUR - MINUTE);
  expect(await over(w, id)).toBe(false);
  await sweepAt(w, HOUR + MINUTE);
  expect(await stored(w, id)).toMatchObject({ state: "ended", endedAt: expect.any(String) });
  expect(await stored(w, id)).not.toHaveProperty("gsi1pk");
  expect(await w.thread(chn, seq)).toEqual(["call-started", "call-ended"]);
  expect(await w.status(ada)).not.toHaveProperty("callIds");
  expect(await w.message(chn, seq)).toMatchObject({ call: { state: "ended" } });
  expect((await w.start(bob, chn)).status).toBe(201);
});

test("CALL-3 a call of several goes on, but for half a day at most", async () => {
  const w = await world();
  const { bob, id } = await call(w);
  await w.act(bob, id, "accept");
  await sweepAt(w, 11 * HOUR);
  expect(await over(w, id)).toBe(false);
  await sweepAt(w, 12 * HOUR + MINUTE);
  expect(await over(w, id)).toBe(true);
});

test("CALL-3 who was taken out of the channel is out of its call; the last of them ends it", async () => {
  const w = await world();
  const { ada, bob, cid, chn, id } = await call(w);
  await w.act(bob, id, "accept");
  await w.act(cid, id, "decline");
  await w.ask(bob, "POST /channels/{chn}/leave", chn);
  await sweepAt(w, 3 * MINUTE);
  expect(await stored(w, id)).toMatchObject({
    state: "running",
    participants: [{ state: "accepted" }, { userId: bob.userId, state: "left" }, { state: "declined" }],
  });
  expect(await w.status(bob)).not.toHaveProperty("callIds");
  expect(await w.status(ada)).toMatchObject({ callIds: [id] });
  expect(await w.ask(ada, "DELETE /channels/{chn}", chn)).toMatchObject({ status: 204 });
  await sweepAt(w, 3 * MINUTE);
  expect(await over(w, id)).toBe(true);
  for (const who of [ada, bob]) expect((await w.status(who)) ?? {}).not.toHaveProperty("callIds");
});

test("CALL-3 who missed a call is written down by the sweep, and a young call is left to its starter", async () => {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const chn = await w.conversation(ada, bob);
  const { id, seq } = (await w.start(ada, chn)).body;
  await sweepAt(w, MINUTE);
  expect(await stored(w, id)).toMatchObject({ state: "ringing", version: 1 });
  await sweepAt(w, 3 * MINUTE);
  expect(await w.message(chn, seq)).toMatchObject({
    call: { state: "running", participants: [{ state: "accepted" }, { state: "missed" }] },
  });
  await sweepAt(w, 3 * MINUTE);
  expect(await stored(w, id)).toMatchObject({ version: 2 });
});

test("CALL-1 CALL-3 CALL-5 what was cut short at a call's start, or at its end, the sweep finishes", async () => {
  const w = await world();
  const { ada, bob, chn, id } = await call(w);
  await w.write({
    label: "call",
    update: keys.call(w.org, id),
    expression: "REMOVE seq, isStartTold",
  });
  await sweepAt(w, 3 * MINUTE);
  const { seq } = (await stored(w, id)) as { seq: number };
  expect(await w.message(chn, seq)).toMatchObject({ call: { callId: id } });
  expect(await w.thread(chn, seq)).toEqual(["call-started"]);
  await w.act(bob, id, "accept");
  await w.act(ada, id, "end");
  const at = (await stored(w, id)) as { startedAt: string };
  await w.write(
    {
      label: "call",
      update: keys.call(w.org, id),
      expression: "SET gsi1pk = :pk, gsi1sk = :sk",
      values: {
        ":pk": keys.runningCalls(),
        ":sk": keys.callIndex(w.org, id, Date.parse(at.startedAt)).gsi1sk,
      },
    },
    {
      label: "status",
      update: keys.status(w.org, bob.userId),
      expression: "SET callIds = :calls",
      values: { ":calls": [id] },
    },
  );
  await sweepAt(w, 3 * MINUTE);
  expect(await stored(w, id)).not.toHaveProperty("gsi1pk");
  expect(await w.status(bob)).not.toHaveProperty("callIds");
  expect(await w.thread(chn, seq)).toEqual(["call-started", "call-ended"]);
});

test("CALL-1 a call whose channel is gone before it had a message is over", async () => {
  const w = await world();
  const { ada, chn, id } = await call(w);
  await w.write({ label: "call", update: keys.call(w.org, id), expression: "REMOVE seq, isStartTold" });
  expect(await w.ask(ada, "DELETE /channels/{chn}", chn)).toMatchObject({ status: 204 });
  await sweepAt(w, 3 * MINUTE);
  expect(await stored(w, id)).toMatchObject({ state: "ended" });
  expect(await stored(w, id)).not.toHaveProperty("gsi1pk");
});
