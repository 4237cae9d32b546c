import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { afterEach, expect, test, vi } from "vitest";
import { keys } from "../../../functions/table/keys.ts";
import { canceled } from "../table/mocked-table.ts";
import { addresses, bulkWorld, dyingAt, roomFor, statuses } from "./invite-bulk-world.ts";
import { DAY_MS } from "./invite-world.ts";

const world = bulkWorld();
afterEach(() => void vi.useRealTimers());

test("INV-10 a hundred addresses are few transactions, answered in the order of the request", async () => {
  const w = await world();
  const invitees = addresses(100);
  let answer: Awaited<ReturnType<typeof w.invite>> | undefined;
  const writes = await w.writesOf(async () => {
    answer = await w.invite({ invitees });
  });
  // 32 addresses a transaction, and one write to note each recipient.
  expect(writes).toBe(4 + 100);
  expect(answer?.body.summary).toMatchObject({ invited: 100 });
  expect(answer?.body.results.map(({ email }: { email: string }) => email)).toEqual(
    invitees.map(({ email }) => email),
  );
  const pending = await w.expectSound();
  expect(pending).toHaveLength(100);
  expect(pending.every(({ mail }) => (mail as { state: string }).state === "queued")).toBe(true);
});

test("INV-10 guests are listed on each of their channels, twenty at most, however few fit a transaction", async () => {
  const w = await world();
  const channelIds: string[] = [];
  for (let n = 0; n < 20; n += 1) channelIds.push(await w.channel(w.ada, { name: `Channel ${n}` }));
  const answer = await w.invite({ kind: "guest", channelIds, invitees: addresses(9) });
  expect(answer.body.summary).toMatchObject({ invited: 9 });
  await w.expectSound();
  const lines = await w.partition(keys.roster(w.org, channelIds[19] ?? ""));
  expect(lines.filter(({ sk }) => String(sk).startsWith("4#"))).toHaveLength(9);
});

test('INV-10 `"Name" <a@b>` is understood; names that are given beside it stand', async () => {
  const w = await world();
  const invitees = [
    { email: '"Ada Lovelace" <ada.l@example.net>' },
    { email: "Byron, George <george@example.net>" },
    { email: "Somebody Else <eve@example.net>", firstName: "Eve" },
    { email: "<bare@example.net>" },
    { email: '"Broken <x@example.net' },
  ];
  const { body } = await w.invite({ invitees });
  expect(body.results).toMatchObject([
    { email: "ada.l@example.net", invitation: { firstName: "Ada", lastName: "Lovelace" } },
    { email: "george@example.net", invitation: { firstName: "George", lastName: "Byron" } },
    { email: "eve@example.net", invitation: { firstName: "Eve" } },
    { email: "bare@example.net", status: "invited" },
    { email: '"Broken <x@example.net', status: "invalid-email" },
  ]);
  expect(body.results[2].invitation).not.toHaveProperty("lastName");
  expect(body.results[3].invitation).not.toHaveProperty("firstName");
});

test("INV-6, MINV-7 an internationalised domain is shown as typed, and one address in either form", async () => {
  const w = await world();
  const first = await w.invite({ invitees: [{ email: "ada@Bücher.example" }] });
  expect(first.body.results[0]).toMatchObject({
    email: "ada@Bücher.example",
    invitation: { email: "ada@Bücher.example" },
  });
  expect(await w.slot("ada@xn--bcher-kva.example")).toMatchObject({
    invitationId: first.body.results[0].invitation.id,
  });
  const again = await w.invite({ invitees: [{ email: "ADA@xn--bcher-kva.example" }] });
  expect(again.body.results[0]).toMatchObject({
    status: "already-invited",
    invitation: { id: first.body.results[0].invitation.id },
  });
});

test("MINV-7 an address twice in a request is invited once; the second points to the first", async () => {
  const w = await world();
  const invitees = [
    { email: "bob@example.net" },
    { email: "eve@example.net" },
    { email: "BOB@example.net" },
    { email: "Bob <bob@EXAMPLE.net>" },
  ];
  const { body } = await w.invite({ invitees });
  const { id } = body.results[0].invitation;
  const pointing = { status: "already-invited", invitation: { id }, problem: { invitationId: id } };
  expect(body.results).toMatchObject([{ status: "invited" }, { status: "invited" }, pointing, pointing]);
  expect(await w.expectSound()).toHaveLength(2);
});

test("SEAT-3, INV-10 the first addresses get the last seats, and the others say which limit", async () => {
  const w = await world(roomFor(3));
  const answer = await w.invite({ invitees: [{ email: "nobody" }, ...addresses(4)] });
  expect(statuses(answer)).toEqual(["invalid-email", "invited", "invited", "invited", "quota-exceeded"]);
  expect(answer.body.results[4].problem).toMatchObject({ quota: "seats", limit: 3, used: 3 });
  await w.expectSound();
});

test("SEAT-3 five requests of twenty addresses for seventy seats: exactly seventy are taken", async () => {
  const w = await world(roomFor(70));
  const answers = await Promise.all(
    Array.from({ length: 5 }, async (_, n) => await w.invite({ invitees: addresses(20, n * 20) })),
  );
  const invited = answers.reduce((sum, { body }) => sum + body.summary.invited, 0);
  const refused = answers.reduce((sum, { body }) => sum + body.summary["quota-exceeded"], 0);
  expect([invited, refused]).toEqual([70, 30]);
  expect(await w.expectSound()).toHaveLength(70);
});

test("MINV-7 five requests for the same twenty addresses: each is invited once", async () => {
  const w = await world();
  const answers = await Promise.all(
    Array.from({ length: 5 }, async () => await w.invite({ invitees: addresses(20) })),
  );
  const invited = answers.reduce((sum, { body }) => sum + body.summary.invited, 0);
  const known = answers.reduce((sum, { body }) => sum + body.summary["already-invited"], 0);
  expect([invited, known]).toEqual([20, 80]);
  expect(await w.expectSound()).toHaveLength(20);
});

test("INV-10 an address that somebody else invites just before spoils none of its transaction", async () => {
  const w = await world();
  w.meanwhile(async () => await w.invite({ invitees: [{ email: "a3@example.net" }] }));
  const answer = await w.invite({ invitees: addresses(6) });
  expect(statuses(answer)).toEqual([
    "invited",
    "invited",
    "invited",
    "already-invited",
    "invited",
    "invited",
  ]);
  expect(answer.body.results[3].invitation).toMatchObject({ state: "pending" });
  expect(await w.expectSound()).toHaveLength(6);
});

test("SEAT-4 places of what is past its date are there for as many as are asked for", async () => {
  const w = await world(roomFor(60));
  expect((await w.invite({ invitees: addresses(60) })).body.summary.invited).toBe(60);
  w.advance(8 * DAY_MS);
  // Half of them the same addresses, whose slots are taken by what is over.
  const answer = await w.invite({ invitees: addresses(60, 30) });
  expect(answer.body.summary).toMatchObject({ invited: 60 });
  const all = await w.invitations();
  expect(all.filter(({ state }) => state === "pending")).toHaveLength(60);
  expect(all.filter(({ state }) => state === "expired")).toHaveLength(60);
});

test("RGT-1 a sender whose right is taken just before invites nobody", async () => {
  const w = await world();
  w.meanwhile(async () => await w.changed(w.ada, { chatRole: "user" }));
  const answer = await w.invite({ invitees: addresses(3) });
  expect(answer.body.results).toMatchObject(
    Array.from({ length: 3 }, () => ({ status: "refused", problem: { code: "not-chat-admin" } })),
  );
  expect(await w.expectSound()).toEqual([]);
});

test.each([false, true])(
  "INV-13, GINV-6 a guest removed just before they are added is not mailed uncharged (atomic: %s)",
  async (atomic) => {
    const w = await world();
    const [one, two] = [await w.channel(w.ada, { name: "One" }), await w.channel(w.ada, { name: "Two" })];
    const gil = await w.guest("gil", [one]);
    const slot = slotOf(w.org, "guest", "gil@example.net", gil.userId);
    await w.write({ label: "slot", put: slot });
    w.meanwhile(
      async () =>
        await w.write(
          { label: "slot", remove: { pk: String(slot.pk), sk: String(slot.sk) } },
          { label: "guest", remove: keys.member(w.org, gil.userId) },
          { label: "guest", remove: keys.guest(w.org, gil.userId) },
        ),
    );
    const body = { kind: "guest", atomic, channelIds: [two], invitees: [{ email: "gil@example.net" }] };
    expect(statuses(await w.invite(body))).toEqual(["busy"]);
    expect(await w.invitations()).toEqual([]);
    expect(statuses(await w.invite(body))).toEqual(["invited"]);
  },
);

test("GINV-6, GINV-7 guests, members and strangers in one request: each has its own answer", async () => {
  const w = await world();
  const [one, two] = [await w.channel(w.ada, { name: "One" }), await w.channel(w.ada, { name: "Two" })];
  const gil = await w.guest("gil", [one]);
  await w.write(
    { label: "slot", put: slotOf(w.org, "guest", "gil@example.net", gil.userId) },
    { label: "slot", put: slotOf(w.org, "member", "ada@example.com", w.ada.userId) },
  );
  const answer = await w.invite({
    kind: "guest",
    channelIds: [one, two],
    invitees: [
      { email: "new@example.net" },
      { email: "Gil@example.net" },
      { email: "ada@example.com" },
      { email: "gil@example.net" },
    ],
  });
  expect(answer.body.results).toMatchObject([
    { status: "invited" },
    { status: "added", channelIds: [two] },
    { status: "already-member", problem: { rule: "GINV-7" } },
    { status: "already-member", problem: { rule: "GINV-6" } },
  ]);
});

const slotOf = (org: string, kind: string, addressKey: string, userId: string) => ({
  ...keys.address(org, kind, addressKey),
  organizationId: org,
  kind,
  addressKey,
  userId,
});

test("INV-10 a dry run tells what would happen and what it would cost, and writes nothing", async () => {
  const w = await world({ ...roomFor(4) });
  await w.invite({ invitees: addresses(2) });
  w.advance(8 * DAY_MS);
  await w.invited({ email: "eve@example.net" });
  const before = await w.invitations();
  const body = {
    dryRun: true,
    invitees: [{ email: "?" }, { email: "eve@example.net" }, ...addresses(4)],
  };
  let answer: Awaited<ReturnType<typeof w.invite>> | undefined;
  const writes = await w.writesOf(async () => {
    answer = await w.invite(body);
  });
  expect(writes).toBe(0);
  expect(answer?.body).toMatchObject({
    results: [
      { status: "invalid-email" },
      { status: "already-invited", invitation: { email: "eve@example.net" } },
      { status: "invited" },
      { status: "invited" },
      { status: "invited" },
      { status: "quota-exceeded" },
    ],
    summary: { invited: 3, "quota-exceeded": 1 },
    cost: { seats: 3, guestPlaces: 0, mails: 3 },
  });
  expect(answer?.body.results[2]).not.toHaveProperty("invitation");
  expect(await w.invitations()).toEqual(before);
  // What was told comes true.
  expect(statuses(await w.invite({ ...body, dryRun: false }))).toEqual(
    answer === undefined ? [] : statuses(answer),
  );
  const links = await w.invite({ ...body, delivery: "link" });
  expect(links.body.cost).toEqual({ seats: 0, guestPlaces: 0, mails: 0 });
});

test("INV-3, INV-11 links by the hundred; repeated by its key, the answer has others that open the same", async () => {
  const w = await world();
  const body = { invitees: addresses(40), delivery: "link" };
  const headers = { "idempotency-key": "bulk" };
  const first = await w.invite(body, { headers });
  const again = await w.invite(body, { headers });
  const links = (of: typeof first): string[] => of.body.results.map(({ link }: { link: string }) => link);
  expect(new Set([...links(first), ...links(again)]).size).toBe(80);
  for (const link of [links(first)[39], links(again)[39]])
    expect(await w.preview(w.tokenOf(link))).toMatchObject({ body: { email: "a39@example.net" } });
  expect(await w.expectSound()).toHaveLength(40);
});

test("SEAT-3 transactions that keep meeting others are tried again until all of them are through", async () => {
  const w = await world(roomFor(50));
  const conflicting = (every: number) => {
    let count = 0;
    const send = async (command: Parameters<typeof w.table.client.send>[0]) => {
      if (command instanceof TransactWriteCommand) {
        count += 1;
        if (count % every !== 0) throw canceled([{ Code: "TransactionConflict" }]);
      }
      return await w.table.client.send(command);
    };
    return { ...w.table, client: { send: send as typeof w.table.client.send } };
  };
  const answers = await Promise.all([
    w.invite({ invitees: addresses(35) }, { table: conflicting(6) }),
    w.invite({ invitees: addresses(25, 80) }, { table: conflicting(5) }),
  ]);
  const [one, other] = answers.map(({ body }) => body.summary);
  expect(one.invited + other.invited).toBe(50);
  expect(one["quota-exceeded"] + other["quota-exceeded"]).toBe(10);
  await w.expectSound();
});

test.each([
  [0, 0],
  [1, 32],
  [2, 40],
])(
  "INV-10 repeated by its key after dying at write %d, a request finds its %d invitations and makes the rest",
  async (write, made) => {
    const w = await world();
    const body = { invitees: addresses(40), delivery: "both" };
    const headers = { "idempotency-key": "key" };
    // Before its transactions, a request claims its key and names each recipient's invitation.
    const { table } = dyingAt(w.table, 41 + write);
    await w.invite(body, { headers, table });
    const first = await w.expectSound();
    expect(first).toHaveLength(made);
    w.advance(31_000);
    const again = await w.invite(body, { headers });
    expect(again.body.summary).toMatchObject({ invited: 40 });
    const pending = await w.expectSound();
    expect(pending).toHaveLength(40);
    const ids = pending.map(({ invitationId }) => invitationId);
    expect(ids).toEqual(expect.arrayContaining(first.map(({ invitationId }) => invitationId)));
    for (const at of [0, 39])
      expect(await w.preview(w.tokenOf(again.body.results[at].link))).toMatchObject({ status: 200 });
  },
);
