import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { afterEach, expect, test, vi } from "vitest";
import { finishIntents } from "../../../functions/sweep/finish-intents.ts";
import { keys } from "../../../functions/table/keys.ts";
import type { Table } from "../../../functions/table/table.ts";
import { addresses, type BulkWorld, bulkWorld, dyingAt, roomFor, statuses } from "./invite-bulk-world.ts";
import { CHAT_ADMIN, MINUTE_MS } from "./invite-world.ts";

const world = bulkWorld();
afterEach(() => void vi.useRealTimers());

const LIMITS = { sender: 1_000, organization: 1_000, recipient: 10 };

const sweep = async (w: BulkWorld) => await finishIntents(w.table, Date.now() + 2 * MINUTE_MS, () => true);

/** A table that is out of reach for what makes invitations, and for nothing else. */
function withoutMaking(plain: Table): Table {
  const send = async (command: Parameters<Table["client"]["send"]>[0]) => {
    const isMaking =
      command instanceof TransactWriteCommand &&
      command.input.TransactItems?.some(({ Put }) => String(Put?.Item?.["sk"]).startsWith("INV#"));
    if (isMaking) throw Object.assign(new Error("slow down"), { name: "ThrottlingException" });
    return await plain.client.send(command);
  };
  return { ...plain, client: { send: send as Table["client"]["send"] } };
}

test("INV-10 atomic: one address that cannot be invited, and the others are skipped, nothing written", async () => {
  const w = await world({}, LIMITS);
  const invitees = [{ email: "a0@example.net" }, { email: "nobody" }, { email: "a1@example.net" }];
  let answer: Awaited<ReturnType<typeof w.invite>> | undefined;
  const writes = await w.writesOf(async () => {
    answer = await w.invite({ atomic: true, invitees });
  });
  expect(writes).toBe(0);
  expect(answer).toMatchObject({ status: 200, body: { summary: { skipped: 2, "invalid-email": 1 } } });
  expect(await w.expectSound()).toEqual([]);
});

test("INV-10, SEAT-2 atomic: one seat too few, and none is taken", async () => {
  const w = await world(roomFor(40));
  const answer = await w.invite({ atomic: true, invitees: addresses(41) });
  expect(answer.body.summary).toMatchObject({ skipped: 40, "quota-exceeded": 1 });
  expect(await w.expectSound()).toEqual([]);
  const dry = await w.invite({ atomic: true, dryRun: true, invitees: addresses(41) });
  expect(dry.body).toMatchObject({ summary: { skipped: 40 }, cost: { seats: 0, mails: 0 } });
});

test.each([
  [5, 1],
  // The intent, two transactions that take the addresses, the commit, two that make invitations, and the intent's end.
  [100, 7],
])("INV-10 atomic: %d addresses are invited by %d writes, with mail and link", async (count, writes) => {
  const w = await world({}, LIMITS);
  let answer: Awaited<ReturnType<typeof w.invite>> | undefined;
  const made = await w.writesOf(async () => {
    answer = await w.invite({ atomic: true, delivery: "both", invitees: addresses(count) });
  });
  // Beside the charges: one of sender and organization, one for each recipient.
  expect(made - 1 - count).toBe(writes);
  expect(answer?.body.summary).toMatchObject({ invited: count });
  const pending = await w.expectSound();
  expect(pending).toHaveLength(count);
  expect(pending.every(({ mail }) => (mail as { state: string }).state === "queued")).toBe(true);
  const { link } = answer?.body.results[count - 1] ?? {};
  expect(await w.preview(w.tokenOf(link))).toMatchObject({ body: { email: `a${count - 1}@example.net` } });
});

test("GINV-4 atomic: guests of many channels, all or none, with every line", async () => {
  const w = await world();
  const channelIds: string[] = [];
  for (let n = 0; n < 12; n += 1) channelIds.push(await w.channel(w.ada, { name: `Channel ${n}` }));
  const answer = await w.invite({ kind: "guest", atomic: true, channelIds, invitees: addresses(20) });
  expect(answer.body.summary).toMatchObject({ invited: 20 });
  await w.expectSound();
  const lines = await w.partition(keys.roster(w.org, channelIds[11] ?? ""));
  expect(lines.filter(({ sk }) => String(sk).startsWith("4#"))).toHaveLength(20);
});

test("GINV-6 atomic: a guest gets the channels they lack with the others' invitations, or not at all", async () => {
  const w = await world();
  const [one, two] = [await w.channel(w.ada, { name: "One" }), await w.channel(w.ada, { name: "Two" })];
  const gil = await w.guest("gil", [one]);
  const slot = { organizationId: w.org, kind: "guest", addressKey: "gil@example.net", userId: gil.userId };
  await w.write({ label: "slot", put: { ...keys.address(w.org, "guest", "gil@example.net"), ...slot } });
  const body = { kind: "guest", atomic: true, channelIds: [one, two] };
  const gils = { email: "gil@example.net" };
  const spoilt = await w.invite({ ...body, invitees: [gils, { email: "nobody" }] });
  expect(statuses(spoilt)).toEqual(["skipped", "invalid-email"]);
  expect(await w.item(keys.personChannel(w.org, gil.userId, two))).toBeUndefined();
  const done = await w.invite({ ...body, invitees: [gils, ...addresses(1)] });
  expect(done.body.results).toMatchObject([{ status: "added", channelIds: [two] }, { status: "invited" }]);
  expect(await w.item(keys.personChannel(w.org, gil.userId, two))).toBeDefined();
});

test.each([6, 60])(
  "INV-10 atomic: somebody else invites one of %d addresses just before: none is invited",
  async (count) => {
    const w = await world({}, LIMITS);
    w.meanwhile(async () => await w.invite({ invitees: [{ email: "a3@example.net" }] }));
    const answer = await w.invite({ atomic: true, invitees: addresses(count) });
    expect(answer.body.summary).toMatchObject({ skipped: count - 1, "already-invited": 1 });
    expect(await w.expectSound()).toHaveLength(1);
    // Of the mails that were charged, only the other's is left: the tenth part of a day of a recipient, for one address.
    const rest = Number((await w.allowance())?.[w.ada.userId]) - Date.now();
    expect(Math.round(rest)).toBe(3_600_000 / 1_000);
  },
);

test("INV-10 atomic: three requests for the same forty addresses: one has all of them", async () => {
  const w = await world();
  const answers = await Promise.all(
    Array.from({ length: 3 }, async () => await w.invite({ atomic: true, invitees: addresses(40) })),
  );
  const all = answers.map(({ status, body }) => (status === 200 ? body.summary.invited : 0));
  await sweep(w);
  const pending = await w.expectSound();
  // Those that meet half-way may all step back; never is there a part.
  expect([0, 40]).toContain(pending.length);
  expect(all.filter((count) => count > 0)).toEqual(pending.length === 0 ? [] : [40]);
});

test("INV-10 atomic: a function that dies between any two of its writes leaves all or nothing", async () => {
  let died = 0;
  for (let index = 0; ; index += 1) {
    const w = await world();
    const { table, isOver } = dyingAt(w.table, 40 + index);
    // The notes of recipients come first, which promise nothing.
    const answer = await w.invite({ atomic: true, invitees: addresses(40) }, { table });
    w.advance(2 * MINUTE_MS);
    await sweep(w);
    const pending = await w.expectSound();
    if (isOver()) {
      expect(answer.body.summary).toMatchObject({ invited: 40 });
      break;
    }
    died += 1;
    expect([0, 40]).toContain(pending.length);
    // Before the commit none, after it all, whatever the answer was.
    expect(pending).toHaveLength(index >= 3 ? 40 : 0);
  }
  expect(died).toBeGreaterThanOrEqual(4);
});

test.each([1, 2, 3])(
  "INV-10 atomic: a batch that the sweep has undone cannot be committed any more (%d)",
  async (nth) => {
    const w = await world();
    let transactions = 0;
    const send = w.table.client.send.bind(w.table.client);
    const table = {
      ...w.table,
      client: {
        send: (async (command: Parameters<typeof send>[0]) => {
          const isTransaction = command.constructor.name === "TransactWriteCommand";
          if (isTransaction) transactions += 1;
          // Just before addresses are taken, or the commit, as if the request had slept.
          if (isTransaction && transactions === nth) await sweep(w);
          return await send(command);
        }) as typeof send,
      },
    };
    const answer = await w.invite({ atomic: true, invitees: addresses(100) }, { table });
    expect(statuses(answer).every((status) => status === "invited")).toBe(true);
    expect(await w.expectSound()).toHaveLength(100);
  },
);

test("INV-10 atomic: repeated by its key after it died, a request is done once, whenever that was", async () => {
  const headers = { "idempotency-key": "key" };
  const body = { atomic: true, invitees: addresses(40) };
  for (let index = 0; ; index += 1) {
    const w = await world();
    const { table, isOver } = dyingAt(w.table, 41 + index);
    await w.invite(body, { headers, table });
    w.advance(31_000);
    const again = await w.invite(body, { headers });
    expect(again.body.summary).toMatchObject({ invited: 40 });
    expect(await w.expectSound()).toHaveLength(40);
    if (isOver()) break;
  }
});

/** Mail and link for forty, repeated by its key: whole, whatever became of the first run. */
const REPEATED = { atomic: true, delivery: "both", invitees: addresses(40) };
const headers = { "idempotency-key": "key" };

async function expectWhole(w: BulkWorld, answer: Awaited<ReturnType<BulkWorld["invite"]>>): Promise<void> {
  expect(answer.body.summary).toMatchObject({ invited: 40 });
  for (const { email, link } of answer.body.results)
    expect(await w.preview(w.tokenOf(link))).toMatchObject({ body: { state: "pending", email } });
  const pending = await w.expectSound();
  expect(pending).toHaveLength(40);
  expect(pending.every(({ mail }) => (mail as { state: string }).state === "queued")).toBe(true);
}

test("INV-10 atomic: answered and not made, it is made by its repetition, every link included, and once", async () => {
  const w = await world();
  // Everything after the commit fails but the answer, which is kept: what the request leaves, the sweep would make.
  const first = await w.invite(REPEATED, { headers, table: withoutMaking(w.table) });
  expect(first.body.summary).toMatchObject({ invited: 40 });
  expect(await w.invitations()).toEqual([]);
  const again = await w.invite(REPEATED, { headers });
  expect(again.headers).toMatchObject({ "idempotency-replayed": "true" });
  await expectWhole(w, again);
  await expectWhole(w, first);
  const [before, swept] = [await w.invitations(), await sweep(w)];
  expect(swept).toBe(0);
  expect(await w.invitations()).toEqual(before);
  await expectWhole(w, await w.invite(REPEATED, { headers }));
});

test("INV-10 atomic: a repetition that cannot make it either does not answer in part; the next one is whole", async () => {
  const w = await world();
  await w.invite(REPEATED, { headers, table: withoutMaking(w.table) });
  expect(await w.invite(REPEATED, { headers, table: withoutMaking(w.table) })).toMatchObject({ status: 503 });
  const all = Array.from({ length: 3 }, async () => await w.invite(REPEATED, { headers }));
  for (const answer of await Promise.all([...all, sweep(w)]))
    if (typeof answer !== "number") await expectWhole(w, answer);
});

test("INV-10 atomic: killed right after the commit, it is made and answered whole when it is repeated", async () => {
  const w = await world();
  // The claim, each recipient, the intent, the addresses and the commit: the function dies at the next.
  await w.invite(REPEATED, { headers, table: dyingAt(w.table, 1 + 40 + 3).table });
  expect(await w.invitations()).toEqual([]);
  w.advance(31_000);
  await expectWhole(w, await w.invite(REPEATED, { headers }));
});

test("ORG-10 atomic: invitations made after their sender was removed are revoked, and hold no seats", async () => {
  const w = await world();
  const max = await w.member("max", CHAT_ADMIN);
  // Each recipient is named, then the intent, the addresses and the commit are written: the function dies at the next.
  const { table } = dyingAt(w.table, 33 + 3);
  const answer = await w.invite({ atomic: true, invitees: addresses(33) }, { as: max, table });
  expect(answer.body.summary).toMatchObject({ invited: 33 });
  expect(await w.invitations()).toEqual([]);
  await w.write({ label: "member", remove: keys.member(w.org, max.userId) });
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 2 * MINUTE_MS });
  await sweep(w);
  expect(await w.expectSound()).toEqual([]);
  expect((await w.invitations()).map(({ state }) => state)).toEqual(Array(33).fill("revoked"));
});
