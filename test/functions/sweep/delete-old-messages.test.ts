import { expect, test } from "vitest";
import { deleteOldMessages } from "../../../functions/sweep/delete-old-messages.ts";
import { keys } from "../../../functions/table/keys.ts";
import { listMessages } from "../../../functions/table/messages.ts";
import { retentionWrites } from "../../../functions/table/retention.ts";
import { engineWorld, type World } from "../channel/world.ts";

const world = engineWorld();

const DAY_MS = 86_400_000;
const NOW = Date.parse("2026-11-22T10:00:00.000Z");
const daysAgo = (days: number): string => new Date(NOW - days * DAY_MS).toISOString();
const always = () => true;

/** An organization on `essential`, of which old messages are deleted. */
async function setup() {
  const w = await world({ plan: "essential" });
  // The organizations of other tests are not this one's to sweep.
  for (const { pk, sk } of await w.partition(keys.retention(w.org).pk)) {
    await w.write({ label: "other", remove: { pk: String(pk), sk: String(sk) } });
  }
  await w.write(...retentionWrites(w.org, { before: undefined, after: "essential" }));
  const channel = { organizationId: w.org, channelId: w.general };

  async function post(seq: number, days: number, extra: Record<string, unknown> = {}) {
    await w.write({
      label: "message",
      put: {
        ...keys.message(w.org, w.general, seq),
        messageId: `msg_${seq}`,
        authorKind: "member",
        authorId: "usr_ada",
        authorName: "Ada",
        text: `number ${seq}`,
        nonce: `n${seq}`,
        createdAt: daysAgo(days),
        ...extra,
      },
    });
  }
  const sweep = async (now = NOW, isTimeLeft: () => boolean = always) =>
    await deleteOldMessages(w.table, now, isTimeLeft);
  const left = async () => {
    const span = { limit: 500, isNewestFirst: false, isConsistent: true };
    return (await listMessages(w.table, channel, span)).messages.map(({ seq }) => seq);
  };
  const head = async () => await w.item(keys.channelHead(w.org, w.general));
  const put = async (key: { pk: string; sk: string }, item: Record<string, unknown> = {}) =>
    await w.write({ label: "item", put: { ...key, ...item } });
  return { ...w, post, sweep, left, head, put };
}

/** All that is kept of a channel's messages, beside them. */
async function aside(w: World): Promise<unknown[]> {
  const partitions = [
    keys.edits(w.org, w.general),
    keys.reactors(w.org, w.general),
    keys.pins(w.org, w.general),
    keys.thread(w.org, w.general, 1),
    keys.calls(w.org),
    keys.person(w.org, "usr_bob"),
  ];
  return (await Promise.all(partitions.map((partition) => w.partition(partition)))).flat();
}

test("SEAT-7 on essential messages older than 365 days are deleted, younger ones kept, and the head says how far", async () => {
  const w = await setup();
  const ages = [400, 366, 365.5, 364.5, 100, 0];
  for (const [index, days] of ages.entries()) await w.post(index + 1, days);
  expect(await w.sweep()).toBe(3);
  expect(await w.left()).toEqual([4, 5, 6]);
  expect(await w.head()).toMatchObject({ seq: 0, deletedTo: 3 });
});

test("SEAT-7 with a message goes all that belongs to it, and nothing of those that stay", async () => {
  const w = await setup();
  const { org, general } = w;
  const pinnedAt = daysAgo(399);
  await w.post(1, 400, {
    pinnedAt,
    pinnedBy: "usr_ada",
    edits: 1,
    thread: { replies: 2, lastReplyAt: daysAgo(390) },
  });
  await w.post(2, 390, { replyTo: 1 });
  const callId = "call_1";
  const call = { callId, state: "ended", url: "https://x.example", startedAt: pinnedAt, participants: [] };
  await w.post(3, 380, { call });
  await w.put(keys.pin(org, general, pinnedAt, 1));
  await w.put(keys.edit(org, general, 1, 1), { text: "former", at: pinnedAt });
  for (const user of ["usr_ada", "usr_bob"]) await w.put(keys.reactor(org, general, 2, "👍", user));
  await w.put(keys.threadReply(org, general, 1, 2));
  await w.put(keys.personThread(org, "usr_bob", general, 1), {
    ...keys.followerIndex(org, "usr_bob", general, 1),
  });
  await w.put(keys.call(org, callId));

  await w.post(4, 10, { replyTo: 1 });
  await w.put(keys.threadReply(org, general, 1, 4));
  await w.put(keys.edit(org, general, 4, 1));
  await w.put(keys.reactor(org, general, 4, "👍", "usr_ada"));
  expect(await w.sweep()).toBe(3);
  expect(await w.left()).toEqual([4]);
  expect(await aside(w)).toEqual([
    keys.edit(org, general, 4, 1),
    keys.reactor(org, general, 4, "👍", "usr_ada"),
    keys.threadReply(org, general, 1, 4),
  ]);
});

test("SEAT-7 hundreds go in one sweep, holes among them included", async () => {
  const w = await setup();
  for (let seq = 1; seq <= 250; seq += 1) if (seq % 50 !== 7) await w.post(seq, 500 - seq / 250);
  await w.post(251, 1);
  expect(await w.sweep()).toBe(245);
  expect(await w.left()).toEqual([251]);
  expect(await w.head()).toMatchObject({ deletedTo: 250 });
});

test("SEAT-7 an organization is gone through once a day, and anew on the next", async () => {
  const w = await setup();
  await w.post(1, 364.9);
  expect(await w.sweep()).toBe(0);
  expect(await w.sweep(NOW + DAY_MS / 2)).toBe(0);
  expect(await w.left()).toEqual([1]);
  expect(await w.sweep(NOW + DAY_MS)).toBe(1);
  expect(await w.left()).toEqual([]);
});

test("SEAT-7 a sweep cut short has noted what it began with, and the next one goes on", async () => {
  const w = await setup();
  for (let seq = 1; seq <= 150; seq += 1) await w.post(seq, 400);
  let looks = 0;
  const isTimeLeft = () => {
    looks += 1;
    return looks <= 4;
  };
  expect(await w.sweep(NOW, isTimeLeft)).toBe(101);
  expect(await w.head()).toMatchObject({ deletedTo: 101 });
  expect(await w.left()).toHaveLength(49);
  expect(await w.sweep()).toBe(49);
});

test("SEAT-7 nothing is deleted where the plan keeps everything, and no more once it does", async () => {
  const w = await setup();
  await w.post(1, 400);
  await w.write({
    label: "plan",
    update: keys.organization(w.org),
    expression: "SET #plan = :plan",
    names: { "#plan": "plan" },
    values: { ":plan": "business" },
  });
  expect(await w.sweep()).toBe(0);
  expect(await w.left()).toEqual([1]);
});

test("SEAT-7 the registry follows the plan", () => {
  const org = "org_1";
  const key = keys.retention(org);
  expect(retentionWrites(org, { before: undefined, after: "essential" })).toMatchObject([{ put: key }]);
  expect(retentionWrites(org, { before: "standard", after: "essential" })).toMatchObject([{ put: key }]);
  expect(retentionWrites(org, { before: "essential", after: "standard" })).toMatchObject([{ remove: key }]);
  expect(retentionWrites(org, { before: "essential", after: "essential" })).toEqual([]);
  expect(retentionWrites(org, { before: undefined, after: "standard" })).toEqual([]);
});
