import { afterEach, expect, test, vi } from "vitest";
import { sha256 } from "../../../functions/shell/ids.ts";
import { keys } from "../../../functions/table/keys.ts";
import { recipientInvitations } from "../../../functions/table/recipients.ts";
import { organizationOf } from "../table/items.ts";
import { addresses, bulkWorld, dyingAt, roomFor, statuses } from "./invite-bulk-world.ts";
import { CHAT_ADMIN, DAY_MS, MINUTE_MS } from "./invite-world.ts";

const world = bulkWorld();
afterEach(() => void vi.useRealTimers());

const PRESETS = { sender: 100, organization: 1_000, recipient: 10 };
const recipient = (email: string) => keys.recipient(sha256(email));

test("INV-13 a hundred mails at once, then one every 36 seconds; what is over is a 429 that wrote nothing", async () => {
  const w = await world({}, PRESETS);
  expect((await w.invite({ invitees: addresses(100) })).body.summary).toMatchObject({ invited: 100 });
  const one = { invitees: [{ email: "late@example.net" }] };
  let refused: Awaited<ReturnType<typeof w.invite>> | undefined;
  const writes = await w.writesOf(async () => {
    refused = await w.invite(one);
  });
  expect(refused).toMatchObject({
    status: 429,
    headers: { "retry-after": "36" },
    body: { code: "mail-limit-exceeded", rule: "INV-13", limit: "sender" },
  });
  expect(writes).toBe(0);
  expect(await w.expectSound()).toHaveLength(100);
  // A dry run of it is refused alike.
  expect(await w.invite({ ...one, dryRun: true })).toMatchObject({ status: 429 });
  w.advance(36_000);
  expect(statuses(await w.invite(one))).toEqual(["invited"]);
  expect((await w.invite({ invitees: addresses(1, 200) })).status).toBe(429);
});

test("INV-13 links are no mails, and two senders have an hour each, out of one day of the organization", async () => {
  const w = await world({}, { sender: 5, organization: 8, recipient: 10 });
  const max = await w.member("max", CHAT_ADMIN);
  expect((await w.invite({ invitees: addresses(20), delivery: "link" })).body.summary.invited).toBe(20);
  expect((await w.invite({ invitees: addresses(5, 20) })).body.summary.invited).toBe(5);
  const over = await w.invite({ invitees: addresses(4, 40) }, { as: max });
  expect(over).toMatchObject({ status: 429, body: { limit: "organization" } });
  expect(over.headers["retry-after"]).toBe(String(DAY_MS / 8 / 1_000));
  expect((await w.invite({ invitees: addresses(3, 40), delivery: "both" }, { as: max })).status).toBe(200);
});

test("INV-13 an organization lowers its own limit, and raises none", async () => {
  const settings = { ...organizationOf().settings, mailsPerSenderHour: 2, mailsPerDay: 5_000 };
  const w = await world({ settings }, { sender: 100, organization: 3, recipient: null });
  expect((await w.invite({ invitees: addresses(3) })).body).toMatchObject({ limit: "sender" });
  expect((await w.invite({ invitees: addresses(2) })).body.summary.invited).toBe(2);
  w.advance(60 * MINUTE_MS);
  expect((await w.invite({ invitees: addresses(2, 2) })).body).toMatchObject({ limit: "organization" });
});

test("INV-13, INV-10 a recipient's ten a day are counted over all organizations, and spoil no other address", async () => {
  const limits = { sender: null, organization: null, recipient: 2 };
  const [one, two, three] = [
    await world({}, limits),
    await world({}, limits),
    await world(roomFor(3), limits),
  ];
  const email = "wanted@example.net";
  await one.invite({ invitees: [{ email }] });
  await two.invite({ invitees: [{ email: "WANTED@example.net" }] });
  const alone = await three.invite({ invitees: [{ email }] });
  expect(alone).toMatchObject({
    status: 429,
    headers: { "retry-after": String(DAY_MS / 2 / 1_000) },
    body: { limit: "recipient", rule: "INV-13" },
  });
  const among = await three.invite({ invitees: [{ email }, ...addresses(3), { email }] });
  expect(statuses(among)).toEqual(["rate-limited", "invited", "invited", "invited", "rate-limited"]);
  expect(among.body.results[0].problem).toMatchObject({ code: "mail-limit-exceeded", status: 429 });
  expect(among.body.summary).toMatchObject({ invited: 3, "rate-limited": 2 });
  await three.expectSound();
  const atomic = await one.invite({ atomic: true, invitees: [{ email: "x@example.net" }] });
  expect(statuses(atomic)).toEqual(["invited"]);
  // A link is no mail.
  const w = await world({}, limits);
  expect(statuses(await w.invite({ invitees: [{ email }], delivery: "link" }))).toEqual(["invited"]);
});

test("INV-13 atomic: a recipient over their limit spoils the request, and nothing is charged", async () => {
  const limits = { sender: 10, organization: 10, recipient: 1 };
  const [one, w] = [await world({}, limits), await world({}, limits)];
  await one.invite({ invitees: [{ email: "busy@example.net" }] });
  const answer = await w.invite({
    atomic: true,
    invitees: [...addresses(2, 900), { email: "busy@example.net" }],
  });
  expect(statuses(answer)).toEqual(["skipped", "skipped", "rate-limited"]);
  expect(await w.expectSound()).toEqual([]);
  expect(await w.allowance()).toBeUndefined();
});

test("INV-13 of twenty requests at once as many are served as there are mails, and no more", async () => {
  const w = await world({}, { sender: 8, organization: 1_000, recipient: 10 });
  const answers = await Promise.all(
    Array.from({ length: 20 }, async (_, n) => await w.invite({ invitees: addresses(1, n) })),
  );
  const codes = answers.map(({ status }) => status);
  expect(codes.filter((code) => code === 200)).toHaveLength(8);
  expect(codes.filter((code) => code === 429)).toHaveLength(12);
  expect(await w.expectSound()).toHaveLength(8);
});

test("INV-13 of twenty organizations that write to one recipient at once, ten do", async () => {
  const w = await world({}, PRESETS);
  const others = await Promise.all(Array.from({ length: 20 }, async () => await world({}, PRESETS)));
  const email = "popular@example.net";
  const answers = await Promise.all(
    others.map(async (other) => await other.invite({ invitees: [{ email }] })),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
  expect(answers.filter(({ status, body }) => status === 429 && body.limit === "recipient")).toHaveLength(10);
  // The other ten have their mail back.
  for (const [index, { status }] of answers.entries())
    if (status === 429) {
      const { org, ada } = others[index] ?? w;
      const at = Number((await w.item(keys.mailAllowance(org)))?.[ada.userId] ?? 0);
      expect(at).toBeLessThanOrEqual(Date.now());
    }
  expect(await recipientInvitations(w.table, sha256(email))).toHaveLength(10);
});

test("INV-13 what was charged and not used is given back", async () => {
  const w = await world({}, PRESETS);
  w.meanwhile(async () => await w.invited({ email: "a701@example.net" }));
  expect(statuses(await w.invite({ invitees: addresses(3, 700) }))).toEqual([
    "invited",
    "already-invited",
    "invited",
  ]);
  const rest = Number((await w.allowance())?.[w.ada.userId]) - Date.now();
  expect(Math.round(rest)).toBe(2 * 36_000);
  expect(Number((await w.item(recipient("a701@example.net")))?.["tat"])).toBe(Date.now());
  expect(await recipientInvitations(w.table, sha256("a701@example.net"))).toEqual([]);
});

test("INV-13 the allowance is one small item: senders whose hour is over are forgotten", async () => {
  const w = await world({}, PRESETS);
  const max = await w.member("max", CHAT_ADMIN);
  await w.invite({ invitees: addresses(2) });
  w.advance(5 * MINUTE_MS);
  await w.invite({ invitees: addresses(1, 2) }, { as: max });
  const item = await w.allowance();
  expect(Object.keys(item ?? {}).sort()).toEqual(["organization", "pk", "sk", max.userId].sort());
});

test("INV-13 one invitation by mail costs two writes for its charges; a recipient's item names it first", async () => {
  const w = await world({}, PRESETS);
  const writes = await w.writesOf(async () => await w.invite({ invitees: [{ email: "bob@example.net" }] }));
  expect(writes).toBe(3);
  const [pending] = await w.expectSound();
  expect(await recipientInvitations(w.table, sha256("bob@example.net"))).toEqual([
    { organizationId: w.org, invitationId: pending?.["invitationId"] },
  ]);
  expect(Number((await w.item(recipient("bob@example.net")))?.["expiresAt"])).toBe(
    Math.floor((Date.now() + 31 * DAY_MS) / 1_000),
  );
});

test("a recipient's item names the forty newest invitations", async () => {
  const w = await world({}, { sender: null, organization: null, recipient: null });
  const email = "many@example.net";
  const ids: string[] = [];
  for (let n = 0; n < 42; n += 1) {
    const { body } = await w.invite({ invitees: [{ email }], delivery: "link" });
    const { id } = body.results[0].invitation;
    ids.push(id);
    w.advance(10);
    await w.revoke(w.ada, id);
  }
  const named = (await recipientInvitations(w.table, sha256(email))).map(({ invitationId }) => invitationId);
  expect(named.sort()).toEqual(ids.slice(2).sort());
});

test("INV-10, INV-13 a repeated request with one address left tells of those that its first run has invited", async () => {
  const w = await world({}, { sender: null, organization: null, recipient: 1 });
  const invitees = Array.from({ length: 33 }, (_, index) => ({
    email: `left${index}@${w.org.slice(-10).toLowerCase()}.example.net`,
  }));
  const headers = { "idempotency-key": "left" };
  // The key, the recipients, and the first transaction, of 32.
  const { table } = dyingAt(w.table, 1 + 33 + 1);
  await w.invite({ invitees }, { headers, table });
  expect(await w.expectSound()).toHaveLength(32);
  w.advance(31_000);
  const again = await w.invite({ invitees }, { headers });
  expect(again).toMatchObject({ status: 200, body: { summary: { invited: 32, "rate-limited": 1 } } });
});
