import { limitsFor } from "@vestibule/domain/plans";
import { afterEach, expect, test, vi } from "vitest";
import { addSecret } from "../../../functions/table/invitation-secrets.ts";
import { keys } from "../../../functions/table/keys.ts";
import { hashOfAddress } from "../../../functions/table/recipients.ts";
import { personWith } from "../shell/caller.ts";
import { CHAT_ADMIN, DAY_MS, invitingWorld, MINUTE_MS } from "./invite-world.ts";

const world = invitingWorld();
afterEach(() => void vi.useRealTimers());

const at = (ms: number): string => new Date(ms).toISOString();

test("INV-9 resending makes another link, another end, and the old link is dead at once", async () => {
  const w = await world();
  const { inv, token } = await w.invited();
  w.advance(3 * DAY_MS);
  const answer = await w.resend(w.ada, inv);
  expect(answer).toMatchObject({
    status: 200,
    headers: { etag: '"2"' },
    body: {
      invitation: {
        id: inv,
        state: "pending",
        expiresAt: at(Date.now() + 7 * DAY_MS),
        resentAt: at(Date.now()),
        delivery: { by: "both", state: "queued" },
      },
    },
  });
  const fresh = w.tokenOf(answer.body.link);
  expect(fresh).not.toBe(token);
  expect(await w.preview(token)).toMatchObject({ status: 404 });
  expect(await w.accept(token)).toMatchObject({ status: 404 });
  expect(await w.preview(fresh)).toMatchObject({ status: 200, body: { state: "pending" } });
  const item = await w.invitation(inv);
  expect(item).toMatchObject({ mail: { state: "queued", queuedAt: at(Date.now()) }, version: 2 });
  expect(item?.["secretHashes"]).toHaveProperty("size", 1);
  const { gsi1pk, gsi1sk } = keys.expiryIndex(w.org, inv, Date.now() + 7 * DAY_MS);
  expect(await w.slot("bob@example.net")).toMatchObject({ gsi1pk, gsi1sk });
  expect(item).toMatchObject(keys.pendingIndex(w.org, "member", inv, Date.now() + 7 * DAY_MS));
  expect(await w.figures()).toMatchObject({ seatsReserved: 1, seatsUsed: 1 });
  expect(await w.audited()).toEqual(["invitation.resent"]);
  expect(await w.accept(fresh)).toMatchObject({ status: 200 });
});

test("INV-9, INV-2 the days, the delivery, the message and the language may be others", async () => {
  const w = await world();
  const { inv } = await w.invited();
  w.advance(MINUTE_MS);
  const body = { delivery: "link", expiresInDays: 2, message: "Once more", locale: "fr" };
  expect(await w.resend(w.ada, inv, body)).toMatchObject({
    status: 200,
    body: {
      invitation: { delivery: { by: "link", state: "none" }, expiresAt: at(Date.now() + 2 * DAY_MS) },
      link: expect.stringContaining("/invite#"),
    },
  });
  expect(await w.invitation(inv)).toMatchObject({ message: "Once more", locale: "fr" });
  expect(await w.invitation(inv)).not.toHaveProperty("mail");
  w.advance(MINUTE_MS);
  const mailed = await w.resend(w.ada, inv, { delivery: "email" });
  expect(mailed.body).not.toHaveProperty("link");
  // Its only secret will be that of the mail.
  expect(await w.invitation(inv)).not.toHaveProperty("secretHashes");
});

test("INV-9 at most once a minute: 429 with Retry-After, and nothing is written", async () => {
  const w = await world();
  const { inv } = await w.invited();
  w.advance(MINUTE_MS - 1);
  const before = await w.invitation(inv);
  expect(await w.resend(w.ada, inv)).toMatchObject({
    status: 429,
    headers: { "retry-after": "1" },
    body: { code: "resent-too-soon", rule: "INV-9" },
  });
  expect(await w.invitation(inv)).toEqual(before);
  w.advance(1);
  expect(await w.resend(w.ada, inv)).toMatchObject({ status: 200 });
  expect(await w.resend(w.ada, inv)).toMatchObject({ status: 429, headers: { "retry-after": "60" } });
});

test.each(["bounced", "complained", "suppressed", "failed"])(
  "INV-11 an invitation whose mail %s is listed and sent again",
  async (state) => {
    const w = await world();
    const { inv: id } = await w.invited();
    await w.write({
      label: "mail",
      update: keys.invitation(w.org, id),
      expression: "SET mail = :mail",
      values: { ":mail": { state, messageId: "m-1" } },
    });
    for (const deliveryState of [state, "undelivered"])
      expect((await w.list(w.ada, { deliveryState })).body.items).toMatchObject([{ id }]);
    expect((await w.list(w.ada, { deliveryState: "sent" })).body.items).toEqual([]);
    w.advance(MINUTE_MS);
    expect(await w.resend(w.ada, id)).toMatchObject({
      body: { invitation: { delivery: { state: "queued" } } },
    });
    expect((await w.invitation(id))?.["mail"]).toEqual({ state: "queued", queuedAt: at(Date.now()) });
    expect((await w.list(w.ada, { deliveryState: "undelivered" })).body.items).toEqual([]);
  },
);

test.each(["accepted", "declined", "revoked"])("INV-1 one that is %s is not sent again", async (state) => {
  const w = await world();
  const { inv, token } = await w.invited();
  if (state === "accepted") await w.accept(token);
  else if (state === "revoked") await w.revoke(w.ada, inv);
  else await w.call("POST /v1/invitations/decline", { as: personWith("bob@example.net"), body: { token } });
  w.advance(8 * DAY_MS);
  expect(await w.resend(w.ada, inv)).toMatchObject({
    status: 409,
    body: { code: "invitation-not-pending", state },
  });
});

test("INV-9 only chat admins resend, the sender too only while they are one", async () => {
  const w = await world();
  const { inv } = await w.invited();
  w.advance(MINUTE_MS);
  const [bea, guest] = [
    await w.member("bea", { orgRole: "administrator" }),
    await w.guest("gil", [w.general]),
  ];
  expect(await w.resend(bea, inv)).toMatchObject({ status: 403, body: { code: "not-chat-admin" } });
  expect(await w.resend(guest, inv)).toMatchObject({ status: 403, body: { code: "guest-restricted" } });
  expect(await w.resend(personWith("eve@example.org"), inv)).toMatchObject({ status: 404 });
  await w.changed(w.ada, { chatRole: "user" });
  expect(await w.resend(w.ada, inv)).toMatchObject({ status: 403, body: { code: "not-chat-admin" } });
});

for (const how of ["that nobody closed yet", "that was closed"]) {
  test(`INV-9, SEAT-9 an expired invitation ${how} takes its seat and its address again`, async () => {
    const w = await world();
    const { inv, token } = await w.invited();
    w.advance(8 * DAY_MS);
    if (how === "that was closed") await w.swept();
    const answer = await w.resend(w.ada, inv);
    expect(answer).toMatchObject({ status: 200, body: { invitation: { id: inv, state: "pending" } } });
    expect(await w.figures()).toMatchObject({ seatsReserved: 1, seatsUsed: 1 });
    expect(await w.slot("bob@example.net")).toMatchObject({ invitationId: inv });
    expect(await w.invitation(inv)).not.toHaveProperty("closedAt");
    expect(await w.accept(token)).toMatchObject({ status: 404 });
    expect(await w.accept(w.tokenOf(answer.body.link))).toMatchObject({ status: 200 });
  });

  test(`INV-9, SEAT-8, SEAT-9 one ${how} is not sent again without a free seat`, async () => {
    const w = await world({ limits: { ...limitsFor("standard"), seats: 1 } });
    const { inv } = await w.invited();
    w.advance(8 * DAY_MS);
    await w.invited({ email: "cleo@example.net" });
    expect(await w.resend(w.ada, inv)).toMatchObject({
      status: 409,
      body: { code: "quota-exceeded", quota: "seats", limit: 1, used: 1 },
    });
    expect(await w.invitation(inv)).toMatchObject({ state: "expired" });
    expect(await w.figures()).toMatchObject({ seatsReserved: 1, seatsUsed: 1 });
  });
}

test("INV-9, GINV-4, SEAT-6 a guest's expired invitation takes its place and its lines again", async () => {
  const w = await world();
  const [open, gone] = [await w.channel(w.ada, { name: "Open" }), await w.channel(w.ada, { name: "Gone" })];
  const { inv } = await w.invited({ kind: "guest", channelIds: [open, gone] });
  w.advance(8 * DAY_MS);
  await w.write({ label: "channel", remove: keys.channel(w.org, gone) });
  expect(await w.resend(w.ada, inv)).toMatchObject({
    status: 200,
    body: { invitation: { state: "pending" } },
  });
  expect(await w.figures()).toMatchObject({ pendingGuests: 1, guestsUsed: 1 });
  expect(await w.line(open, inv)).toMatchObject({ invitationId: inv });
  expect(await w.line(gone, inv)).toBeUndefined();
  await w.write({ label: "channel", remove: keys.channel(w.org, open) });
  w.advance(MINUTE_MS);
  expect(await w.resend(w.ada, inv)).toMatchObject({
    status: 409,
    body: { code: "channel-unavailable", rule: "GINV-8" },
  });
});

test("GINV-10 no invitation outlives the access that it gives, and none is sent for access that is over", async () => {
  const w = await world();
  const ends = Date.now() + 3 * DAY_MS;
  const channelIds = [await w.channel(w.ada, { name: "A" })];
  const { inv } = await w.invited({ kind: "guest", channelIds, guestEndsAt: ends });
  w.advance(2 * DAY_MS);
  expect(await w.resend(w.ada, inv)).toMatchObject({ body: { invitation: { expiresAt: at(ends) } } });
  w.advance(DAY_MS);
  expect(await w.resend(w.ada, inv)).toMatchObject({
    status: 400,
    body: { code: "end-in-past", errors: [{ path: "guestEndsAt" }] },
  });
});

test("MINV-7 one whose address was invited anew meanwhile is not sent again", async () => {
  const w = await world();
  const { inv } = await w.invited();
  w.advance(8 * DAY_MS);
  await w.swept();
  const { inv: other } = await w.invited();
  expect(await w.resend(w.ada, inv)).toMatchObject({
    status: 409,
    body: { code: "already-invited", rule: "MINV-7", invitationId: other },
  });
});

test("MINV-6, GINV-6, GINV-7 who has come in meanwhile is not invited again", async () => {
  const w = await world();
  const channelIds = [await w.channel(w.ada, { name: "A" })];
  const [asMember, asGuest] = [await w.invited(), await w.invited({ kind: "guest", channelIds })];
  w.advance(8 * DAY_MS);
  await w.swept();
  const [again, guestAgain] = [await w.invited(), await w.invited({ kind: "guest", channelIds })];
  expect(await w.accept(guestAgain.token)).toMatchObject({ status: 200 });
  expect(await w.resend(w.ada, asGuest.inv)).toMatchObject({ status: 409, body: { rule: "GINV-6" } });
  expect(await w.accept(again.token)).toMatchObject({ status: 200 });
  expect(await w.resend(w.ada, asMember.inv)).toMatchObject({
    status: 409,
    body: { code: "already-member", rule: "MINV-6" },
  });
  expect(await w.resend(w.ada, asGuest.inv)).toMatchObject({
    status: 409,
    body: { code: "already-member", rule: "GINV-7" },
  });
});

test("GINV-7 a guest's pending invitation is not sent again to who has become a member", async () => {
  const w = await world();
  const channelIds = [await w.channel(w.ada, { name: "A" })];
  const [asMember, asGuest] = [await w.invited(), await w.invited({ kind: "guest", channelIds })];
  expect(await w.accept(asMember.token)).toMatchObject({ status: 200 });
  w.advance(MINUTE_MS);
  const before = await w.invitation(asGuest.inv);
  expect(await w.resend(w.ada, asGuest.inv)).toMatchObject({
    status: 409,
    body: { code: "already-member", rule: "GINV-7" },
  });
  expect(await w.invitation(asGuest.inv)).toEqual(before);
});

test("INV-14 whoever resends follows a sender who may no longer invite; a sender who may stays", async () => {
  const w = await world();
  const zoe = await w.member("zoe", CHAT_ADMIN);
  const { inv } = await w.invited();
  w.advance(MINUTE_MS);
  expect((await w.resend(zoe, inv)).body.invitation.invitedBy.userId).toBe(w.ada.userId);
  await w.changed(w.ada, { chatRole: "user" });
  w.advance(MINUTE_MS);
  const answer = await w.resend(zoe, inv);
  expect(answer.body.invitation.invitedBy).toMatchObject({ userId: zoe.userId });
  expect(await w.accept(w.tokenOf(answer.body.link))).toMatchObject({ status: 200 });
});

test("INV-14, MINV-1, ORG-5 nobody takes over a grant that is not theirs to give", async () => {
  const w = await world();
  const boss = await w.member("boss", { ...CHAT_ADMIN, orgRole: "legal_representative" });
  const { inv } = await w.invited({ orgRole: "administrator" }, boss);
  w.advance(MINUTE_MS);
  expect(await w.resend(w.ada, inv)).toMatchObject({ status: 200 });
  await w.isGone(boss);
  w.advance(MINUTE_MS);
  expect(await w.resend(w.ada, inv)).toMatchObject({ status: 403, body: { code: "role-above-own" } });
  const hidden = await w.channel(w.ada, { name: "Hidden", type: "private" });
  const { inv: guests } = await w.invited({ kind: "guest", channelIds: [hidden] });
  const zoe = await w.member("zoe", CHAT_ADMIN);
  await w.isGone(w.ada);
  w.advance(MINUTE_MS);
  expect(await w.resend(zoe, guests)).toMatchObject({ status: 404, body: { channelId: hidden } });
});

test("INV-13 a resend counts as a mail: over a limit it is a 429, and nothing is written", async () => {
  const w = await world({}, { sender: null, organization: null, recipient: 1 });
  const { inv } = await w.invited({ email: "fay@example.net" });
  w.advance(MINUTE_MS);
  expect(await w.resend(w.ada, inv, { delivery: "email" })).toMatchObject({ status: 200 });
  w.advance(MINUTE_MS);
  const before = await w.invitation(inv);
  const refused = await w.resend(w.ada, inv);
  expect(refused).toMatchObject({
    status: 429,
    body: { code: "mail-limit-exceeded", rule: "INV-13", limit: "recipient" },
  });
  expect(Number(refused.headers["retry-after"])).toBeGreaterThan(3_600);
  expect(await w.invitation(inv)).toEqual(before);
  expect(await w.resend(w.ada, inv, { delivery: "link" })).toMatchObject({ status: 200 });
});

test("INV-13 what was charged for a resend that is refused is given back", async () => {
  const w = await world(
    { limits: { ...limitsFor("standard"), seats: 1 } },
    { sender: 5, organization: 50, recipient: 10 },
  );
  const email = `dan@${w.org.slice(-10).toLowerCase()}.example.net`;
  const { inv } = await w.invited({ email });
  w.advance(8 * DAY_MS);
  await w.invited({ email: "cleo@example.net" });
  expect(await w.resend(w.ada, inv)).toMatchObject({ status: 409, body: { code: "quota-exceeded" } });
  // The recipient's item goes on naming it, at every moment.
  const recipient = await w.item(keys.recipient(hashOfAddress(email)));
  expect(recipient).toMatchObject({ tat: Date.now(), invitations: new Set([`${w.org} ${inv}`]) });
  const allowance = await w.allowance();
  expect(allowance?.[w.ada.userId]).toBe(Date.now());
  expect(allowance?.["organization"]).toBe(Date.now());
});

test("INV-3 a request repeated without end makes no invitation of secrets without end", async () => {
  const w = await world();
  const { inv } = await w.invited();
  const added: boolean[] = [];
  for (let count = 1; count <= 105; count += 1)
    added.push(await addSecret(w.table, w.org, inv, `hash-${count}`));
  expect(added.filter((isAdded) => isAdded)).toHaveLength(99);
  w.advance(MINUTE_MS);
  const answer = await w.resend(w.ada, inv);
  expect(await w.preview(w.tokenOf(answer.body.link))).toMatchObject({ status: 200 });
});

test("Idempotency-Key a repeated resend is answered with the same, and with a link of its own that opens it", async () => {
  const w = await world();
  const { inv } = await w.invited();
  w.advance(MINUTE_MS);
  const key = { "idempotency-key": "k-1" };
  const first = await w.resend(w.ada, inv, {}, key);
  const again = await w.resend(w.ada, inv, {}, key);
  expect(again.headers["idempotency-replayed"]).toBe("true");
  expect(again.body.invitation).toEqual(first.body.invitation);
  expect(again.body.link).not.toBe(first.body.link);
  for (const { body } of [first, again])
    expect(await w.preview(w.tokenOf(body.link))).toMatchObject({ status: 200 });
  await w.changed(w.ada, { chatRole: "user" });
  expect(await w.resend(w.ada, inv, {}, key)).toMatchObject({ status: 403 });
});

test("Idempotency-Key a resend whose function died after it was written is found done, not refused", async () => {
  const w = await world();
  const { inv } = await w.invited();
  w.advance(MINUTE_MS);
  const key = { "idempotency-key": "k-2" };
  await w.resend(w.ada, inv, {}, key);
  const kept = await w.partition(`I#${w.ada.userId}`);
  await w.write({
    label: "kept",
    update: { pk: `I#${w.ada.userId}`, sk: String(kept[0]?.["sk"]) },
    expression: "SET runningUntil = :over REMOVE #status, #body",
    names: { "#status": "status", "#body": "body" },
    values: { ":over": 0 },
  });
  const again = await w.resend(w.ada, inv, {}, key);
  expect(again).toMatchObject({ status: 200, body: { invitation: { id: inv } } });
  expect(await w.preview(w.tokenOf(again.body.link))).toMatchObject({ status: 200 });
  expect(await w.invitation(inv)).toMatchObject({ version: 2 });
});

test("INV-3, MINV-1, ORG-5 nobody is handed a link to more than they could grant themselves", async () => {
  const w = await world();
  const boss = await w.member("boss", { ...CHAT_ADMIN, orgRole: "legal_representative" });
  const { inv, token } = await w.invited({ orgRole: "legal_representative", strict: false }, boss);
  w.advance(MINUTE_MS);
  const before = await w.invitation(inv);
  expect(await w.resend(w.ada, inv, { delivery: "link" })).toMatchObject({
    status: 403,
    body: { code: "legal-representative-only", rule: "ORG-5" },
  });
  expect(await w.resend(w.ada, inv)).toMatchObject({ status: 403 });
  expect(await w.invitation(inv)).toEqual(before);
  expect(await w.preview(token)).toMatchObject({ status: 200 });
  // By mail it reaches the invitee alone; who answers for it has its link.
  expect(await w.resend(w.ada, inv, { delivery: "email" })).toMatchObject({ status: 200 });
  w.advance(MINUTE_MS);
  expect(await w.resend(boss, inv, { delivery: "link" })).toMatchObject({ status: 200 });
});

test("INV-3, GINV-2, CH-5 nor a link into a private channel that they are not in", async () => {
  const w = await world();
  const zoe = await w.member("zoe", CHAT_ADMIN);
  const hidden = await w.channel(w.ada, { name: "Hidden", type: "private" });
  const { inv } = await w.invited({ kind: "guest", channelIds: [hidden], strict: false });
  w.advance(MINUTE_MS);
  expect(await w.resend(zoe, inv, { delivery: "link" })).toMatchObject({ status: 404 });
  expect(await w.resend(w.ada, inv, { delivery: "link" })).toMatchObject({ status: 200 });
});

test("INV-9, Idempotency-Key a repeated resend revives no link that a later one has ended", async () => {
  const w = await world();
  const { inv } = await w.invited();
  const [zoe, key] = [await w.member("zoe", CHAT_ADMIN), { "idempotency-key": "k-3" }];
  w.advance(MINUTE_MS);
  expect((await w.resend(w.ada, inv, {}, key)).body.link).toBeDefined();
  w.advance(MINUTE_MS);
  expect(await w.resend(zoe, inv, { delivery: "email" })).toMatchObject({ status: 200 });
  const again = await w.resend(w.ada, inv, {}, key);
  expect(again).toMatchObject({ status: 200, headers: { "idempotency-replayed": "true" } });
  expect(again.body).not.toHaveProperty("link");
  expect(await w.invitation(inv)).not.toHaveProperty("secretHashes");
});
