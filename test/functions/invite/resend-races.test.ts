import { limitsFor } from "@vestibule/domain/plans";
import { afterEach, expect, test, vi } from "vitest";
import { DAY_MS, invitingWorld, MINUTE_MS } from "./invite-world.ts";

const world = invitingWorld();
afterEach(() => void vi.useRealTimers());

test("INV-9 of several resends at once one is done, and one mail is charged", async () => {
  const w = await world({}, { sender: 10, organization: 100, recipient: null });
  const { inv } = await w.invited();
  w.advance(MINUTE_MS);
  const answers = await Promise.all(Array.from({ length: 6 }, async () => await w.resend(w.ada, inv)));
  const codes = answers.map(({ status, body }) => (status === 200 ? "done" : body.code));
  expect(codes.filter((code) => code === "done")).toHaveLength(1);
  expect(codes.filter((code) => code === "resent-too-soon")).toHaveLength(5);
  const done = answers.find(({ status }) => status === 200);
  expect(await w.preview(w.tokenOf(done?.body.link))).toMatchObject({ status: 200 });
  expect(await w.invitation(inv)).toMatchObject({ version: 2 });
  expect(await w.audited()).toEqual(["invitation.resent"]);
  // One mail of ten an hour: its tenth part, 6 minutes.
  expect(Math.round(Number((await w.allowance())?.[w.ada.userId]) - Date.now())).toBe(360_000);
});

test("INV-9 a resend just before another one is written is the only one", async () => {
  const w = await world();
  const { inv } = await w.invited();
  w.advance(MINUTE_MS);
  let first: Awaited<ReturnType<typeof w.resend>> | undefined;
  w.meanwhile(async () => {
    first = await w.resend(w.ada, inv);
  });
  expect(await w.resend(w.ada, inv)).toMatchObject({ status: 429, body: { code: "resent-too-soon" } });
  expect(first).toMatchObject({ status: 200 });
  expect(await w.preview(w.tokenOf(first?.body.link))).toMatchObject({ status: 200 });
});

test("INV-5, INV-9 an acceptance by the old link just before a resend is written stands", async () => {
  const w = await world();
  const { inv, token } = await w.invited();
  w.advance(MINUTE_MS);
  w.meanwhile(async () => expect(await w.accept(token)).toMatchObject({ status: 200 }));
  expect(await w.resend(w.ada, inv)).toMatchObject({ status: 409, body: { state: "accepted" } });
  expect(await w.figures()).toMatchObject({ seatsReserved: 0 });
});

test("INV-9 a resend just before an acceptance by the old link is written: the link is dead", async () => {
  const w = await world();
  const { inv, token } = await w.invited();
  w.advance(MINUTE_MS);
  w.meanwhile(async () => expect(await w.resend(w.ada, inv)).toMatchObject({ status: 200 }));
  expect(await w.accept(token)).toMatchObject({ status: 404 });
  expect(await w.invitation(inv)).toMatchObject({ state: "pending" });
  expect(await w.figures()).toMatchObject({ seatsReserved: 1, seatsUsed: 1 });
});

test("INV-8, INV-9 a resend against a revocation: revoked in the end, whichever is first", async () => {
  const w = await world();
  const { inv } = await w.invited();
  const { inv: other } = await w.invited({ email: "cleo@example.net" });
  w.advance(MINUTE_MS);
  w.meanwhile(async () => await w.revoke(w.ada, inv));
  expect(await w.resend(w.ada, inv)).toMatchObject({ status: 409, body: { state: "revoked" } });
  w.meanwhile(async () => await w.resend(w.ada, other));
  expect(await w.revoke(w.ada, other)).toMatchObject({ status: 204 });
  for (const id of [inv, other]) expect(await w.invitation(id)).toMatchObject({ state: "revoked" });
  expect(await w.figures()).toMatchObject({ seatsReserved: 0, seatsUsed: 0 });
});

test("INV-9, SEAT-3 of two expired ones resent at once for the last seat one takes it", async () => {
  const w = await world({ limits: { ...limitsFor("standard"), seats: 1 } });
  const invs: string[] = [];
  for (const email of ["bob@example.net", "cleo@example.net"]) {
    invs.push((await w.invited({ email })).inv);
    w.advance(8 * DAY_MS);
    await w.swept();
  }
  const answers = await Promise.all(invs.map(async (inv) => await w.resend(w.ada, inv)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(await w.figures()).toMatchObject({ seatsReserved: 1, seatsUsed: 1 });
});

test("INV-9 an expired one that is closed just before a resend is written takes its seat once", async () => {
  const w = await world();
  const { inv } = await w.invited();
  w.advance(8 * DAY_MS);
  w.meanwhile(async () => await w.swept());
  expect(await w.resend(w.ada, inv)).toMatchObject({ status: 200 });
  expect(await w.figures()).toMatchObject({ seatsReserved: 1, seatsUsed: 1 });
  expect(await w.slot("bob@example.net")).toMatchObject({ invitationId: inv });
});

test("MINV-7 an address that is invited just before an expired one is resent has the new one alone", async () => {
  const w = await world();
  const { inv } = await w.invited();
  w.advance(8 * DAY_MS);
  await w.swept();
  w.meanwhile(async () => await w.invited());
  expect(await w.resend(w.ada, inv)).toMatchObject({ status: 409, body: { code: "already-invited" } });
  expect(await w.figures()).toMatchObject({ seatsReserved: 1, seatsUsed: 1 });
});

test("INV-9 a chat admin who is demoted while they resend does not", async () => {
  const w = await world();
  const { inv, token } = await w.invited();
  w.advance(MINUTE_MS);
  w.meanwhile(async () => await w.changed(w.ada, { chatRole: "user" }));
  expect(await w.resend(w.ada, inv)).toMatchObject({ status: 403 });
  expect(await w.invitation(inv)).toMatchObject({ version: 1 });
  expect(await w.preview(token)).toMatchObject({ status: 410 });
});
