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
  noticeWrite,
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
