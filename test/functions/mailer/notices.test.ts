import { expect, test } from "vitest";
import { queuedMail } from "../../../functions/mailer/queued-mail.ts";
import { newId } from "../../../functions/shell/ids.ts";
import { keys } from "../../../functions/table/keys.ts";
import {
  claimNotice,
  getNotice,
  markNotice,
  type Notice,
  type NoticeFacts,
  noticesGivenUp,
  noticeWrite,
  queueNoticeAgain,
  releaseNotice,
} from "../../../functions/table/notices.ts";
import { transact } from "../../../functions/table/transaction.ts";
import { engineTable } from "../table/engine-table.ts";
import { START } from "./mail-world.ts";

const tableOf = engineTable();

async function setup(facts: NoticeFacts = { kind: "chat-role", from: "user", to: "admin" }) {
  const table = tableOf();
  const org = newId("organization");
  const actor = { userId: "usr_ada", name: "Ada" };
  const write = noticeWrite({ organizationId: org, userId: "usr_bob", actor, facts }, START);
  if (!("put" in write)) throw new Error("a notice is put");
  await transact(table, [write]);
  const noticeId = String(write.put["noticeId"]);
  const claim = { organizationId: org, noticeId, leaseUntil: START + 15_000 };
  const read = async (): Promise<Notice | undefined> => await getNotice(table, org, noticeId);
  return { table, org, noticeId, put: write.put, claim, read };
}

test.each<NoticeFacts>([
  { kind: "org-role", from: "user", to: "legal_representative" },
  { kind: "chat-role", from: "admin", to: "user" },
  {
    kind: "rights",
    from: { suite: false, chat: false, mail: false, accounting: false },
    to: { suite: true, chat: false, mail: true, accounting: false },
  },
  { kind: "place", from: "guest", to: "member" },
])("ORG-11 a notice is kept as it was queued, for a week: $kind", async (facts) => {
  const { read, put, org } = await setup(facts);
  expect(await read()).toMatchObject({
    organizationId: org,
    userId: "usr_bob",
    actor: { name: "Ada" },
    facts,
    mail: { state: "queued" },
    expiresAt: START / 1_000 + 7 * 86_400,
  });
  expect(put).toMatchObject(keys.notice(org, String(put["noticeId"])));
});

test("ORG-11 of two mailers one claims it; its lease is the other's to wait for", async () => {
  const { table, claim } = await setup();
  const other = { ...claim, leaseUntil: START + 20_000 };
  const claims = await Promise.all([claimNotice(table, claim, START), claimNotice(table, other, START)]);
  expect(claims.filter(Boolean)).toHaveLength(1);
  expect(await claimNotice(table, { ...claim, leaseUntil: START + 40_000 }, START + 25_000)).toBe(true);
});

test("ORG-11 what was sent, or failed, is claimed by nobody", async () => {
  for (const state of ["sent", "failed"] as const) {
    const { table, claim, read } = await setup();
    expect(await markNotice(table, claim, state)).toBe(false);
    await claimNotice(table, claim, START);
    expect(await markNotice(table, claim, state)).toBe(true);
    expect((await read())?.mail).toEqual({ state });
    expect(await claimNotice(table, claim, START + 60_000)).toBe(false);
  }
});

test("ORG-11 a claim that is given back is free from then on, and its former holder records nothing", async () => {
  const { table, claim } = await setup();
  await claimNotice(table, claim, START);
  expect(await releaseNotice(table, claim, START + 5_000)).toBe(true);
  expect(await claimNotice(table, { ...claim, leaseUntil: START + 30_000 }, START + 4_999)).toBe(false);
  expect(await claimNotice(table, { ...claim, leaseUntil: START + 30_000 }, START + 5_000)).toBe(true);
  expect(await markNotice(table, claim, "sent")).toBe(false);
});

test("ORG-11 the record of a queued notice is the mailer's; later ones are nobody's", () => {
  const organizationId = newId("organization");
  const noticeId = newId("notice");
  const image = (state: string) => ({
    organizationId: { S: organizationId },
    noticeId: { S: noticeId },
    mail: { M: { state: { S: state } } },
  });
  expect(queuedMail(image("queued"))).toEqual({ organizationId, noticeId });
  for (const state of ["sending", "sent", "failed"]) expect(queuedMail(image(state))).toBeUndefined();
});

const MINUTE = 60_000;

test("ORG-11 a notice that the stream gave up after an hour is queued again, by one of two sweeps", async () => {
  const { table, noticeId, read } = await setup();
  const waiting = async (now: number) =>
    (await noticesGivenUp(table, now)).filter((notice) => notice.noticeId === noticeId);
  expect(await waiting(START + 64 * MINUTE)).toEqual([]);
  const [notice] = await waiting(START + 66 * MINUTE);
  if (notice === undefined) throw new Error("given up and not found");
  const queued = await Promise.all(
    [66, 67].map((minutes) => queueNoticeAgain(table, notice, START + minutes * MINUTE)),
  );
  expect(queued.filter(Boolean)).toHaveLength(1);
  expect((await read())?.mail).toEqual({ state: "queued" });
  expect(await waiting(START + 100 * MINUTE)).toEqual([]);
  expect(await waiting(START + 140 * MINUTE)).toHaveLength(1);
});

test("ORG-11 a notice is not given up while somebody is at it, once it was sent or failed, or when it is no news any more", async () => {
  for (const state of ["sent", "failed"] as const) {
    const { table, claim, noticeId } = await setup();
    const waiting = async (now: number) =>
      (await noticesGivenUp(table, now)).filter((notice) => notice.noticeId === noticeId);
    const held = { ...claim, leaseUntil: START + 65 * MINUTE };
    await claimNotice(table, held, START + 64 * MINUTE);
    expect(await waiting(START + 69 * MINUTE)).toEqual([]);
    expect(await waiting(START + 8 * 86_400_000)).toEqual([]);
    const [notice] = await waiting(START + 70 * MINUTE);
    expect(notice?.mail).toMatchObject({ state: "sending" });
    expect(await markNotice(table, held, state)).toBe(true);
    expect(await waiting(START + 70 * MINUTE)).toEqual([]);
    if (notice !== undefined) expect(await queueNoticeAgain(table, notice, START + 70 * MINUTE)).toBe(false);
  }
});
