import { afterEach, expect, test, vi } from "vitest";
import { keys } from "../../../functions/table/keys.ts";
import { personWith } from "../shell/caller.ts";
import { CHAT_ADMIN, DAY_MS, type InvitingWorld, invitingWorld, MINUTE_MS } from "./invite-world.ts";

const world = invitingWorld();
afterEach(() => void vi.useRealTimers());

const at = (ms: number): string => new Date(ms).toISOString();

async function group(w: InvitingWorld): Promise<string> {
  const boss = await w.member("boss", { ...CHAT_ADMIN, orgRole: "administrator" });
  const answer = await w.ask(boss, "POST /groups", undefined, { body: { name: "Crew" } });
  return answer.body.id;
}

test("MINV-8 names, message, language, role, groups and channels of a pending invitation are changed", async () => {
  const w = await world();
  const boss = await w.member("head", { ...CHAT_ADMIN, orgRole: "administrator" });
  const [groupId, channelId] = [await group(w), await w.channel(w.ada, { name: "Plan" })];
  const { inv, token } = await w.invited();
  const body = {
    firstName: "Rob",
    message: "Hello",
    locale: "de",
    orgRole: "administrator",
    chatRole: "admin",
    rights: { mail: true },
    groupIds: [groupId, groupId],
    channelIds: [channelId],
  };
  const answer = await w.edit(boss, inv, body);
  expect(answer).toMatchObject({
    status: 200,
    headers: { etag: '"2"' },
    body: {
      firstName: "Rob",
      orgRole: "administrator",
      chatRole: "admin",
      rights: { mail: true, suite: false },
      groupIds: [groupId],
      channelIds: [channelId],
      state: "pending",
    },
  });
  expect((await w.read(boss, inv)).body).toEqual(answer.body);
  expect(await w.invitation(inv)).toMatchObject({ message: "Hello", locale: "de", grantedBy: boss.userId });
  expect(await w.audited()).toContain("invitation.updated");
  expect(await w.preview(token)).toMatchObject({ status: 200 });
  expect(await w.edit(w.ada, inv, { firstName: null, message: null })).toMatchObject({ status: 200 });
  const item = await w.invitation(inv);
  expect(item).not.toHaveProperty("firstName");
  expect(item).not.toHaveProperty("message");
  expect(item).toMatchObject({ grantedBy: boss.userId, orgRole: "administrator" });
  expect(await w.accept(token)).toMatchObject({
    status: 200,
    body: { orgRole: "administrator", chatRole: "admin" },
  });
});

test("MINV-8 what is so already is written by nobody", async () => {
  const w = await world();
  const { inv } = await w.invited();
  const before = await w.invitation(inv);
  expect(await w.edit(w.ada, inv, { orgRole: "user", channelIds: [] })).toMatchObject({
    status: 200,
    headers: { etag: '"1"' },
  });
  expect(await w.edit(w.ada, inv, {})).toMatchObject({ status: 200 });
  expect(await w.invitation(inv)).toEqual(before);
});

test("If-Match an edit of another version than the current one is refused", async () => {
  const w = await world();
  const { inv } = await w.invited();
  expect(await w.edit(w.ada, inv, { firstName: "A" }, { "if-match": '"1"' })).toMatchObject({ status: 200 });
  expect(await w.edit(w.ada, inv, { firstName: "B" }, { "if-match": '"1"' })).toMatchObject({
    status: 412,
    body: { code: "stale" },
  });
  w.meanwhile(async () => await w.edit(w.ada, inv, { firstName: "C" }));
  expect(await w.edit(w.ada, inv, { firstName: "D" }, { "if-match": '"2"' })).toMatchObject({ status: 412 });
  expect(await w.invitation(inv)).toMatchObject({ firstName: "C", version: 3 });
});

test("MINV-8, INV-1 only chat admins edit, and only what is pending, in its time", async () => {
  const w = await world();
  const { inv, token } = await w.invited();
  const bea = await w.member("bea", { orgRole: "administrator" });
  const change = { firstName: "Rob" };
  expect(await w.edit(bea, inv, change)).toMatchObject({ status: 403, body: { code: "not-chat-admin" } });
  expect(await w.edit(personWith("eve@example.org"), inv, change)).toMatchObject({ status: 404 });
  w.advance(7 * DAY_MS);
  expect(await w.edit(w.ada, inv, change)).toMatchObject({
    status: 409,
    body: { code: "invitation-not-pending", state: "expired" },
  });
  w.advance(-7 * DAY_MS);
  await w.accept(token);
  expect(await w.edit(w.ada, inv, change)).toMatchObject({ status: 409, body: { state: "accepted" } });
});

test("MINV-1, ORG-5, ORG-7 nobody edits more into an invitation than they may grant", async () => {
  const w = await world();
  const { inv } = await w.invited();
  for (const [change, code] of [
    [{ orgRole: "administrator" }, "role-above-own"],
    [{ orgRole: "legal_representative" }, "legal-representative-only"],
    [{ rights: { mail: true } }, "rights-above-own"],
  ] as const)
    expect(await w.edit(w.ada, inv, change)).toMatchObject({ status: 403, body: { code } });
  expect(await w.invitation(inv)).toMatchObject({ version: 1 });
});

test("INV-14 whoever edits a grant answers for it: once they are demoted, nobody accepts", async () => {
  const w = await world();
  const boss = await w.member("head", { ...CHAT_ADMIN, orgRole: "administrator" });
  const { inv, token } = await w.invited();
  await w.edit(boss, inv, { orgRole: "administrator" });
  await w.changed(boss, { orgRole: "user" });
  expect(await w.preview(token)).toMatchObject({ status: 410 });
  w.advance(MINUTE_MS);
  expect(await w.resend(w.ada, inv)).toMatchObject({ status: 403, body: { code: "role-above-own" } });
  await w.edit(w.ada, inv, { orgRole: "user" });
  expect(await w.invitation(inv)).not.toHaveProperty("grantedBy");
  expect(await w.accept(token)).toMatchObject({ status: 200, body: { orgRole: "user" } });
});

test("GST-13 what a kind does not have is a 400 that names the field", async () => {
  const w = await world();
  const channelIds = [await w.channel(w.ada, { name: "A" })];
  const { inv: guest } = await w.invited({ kind: "guest", channelIds });
  const { inv: member } = await w.invited();
  for (const [inv, change, path] of [
    [guest, { orgRole: "user" }, "orgRole"],
    [guest, { groupIds: [] }, "groupIds"],
    [guest, { rights: {} }, "rights"],
    [member, { guestEndsAt: null }, "guestEndsAt"],
    [member, { email: "other@example.net" }, "email"],
  ] as const)
    expect(await w.edit(w.ada, inv, change)).toMatchObject({ status: 400, body: { errors: [{ path }] } });
});

test("GINV-4, GINV-2 a guest's lines follow the channels, in the same write", async () => {
  const w = await world();
  const [a, b, c] = [
    await w.channel(w.ada, { name: "A" }),
    await w.channel(w.ada, { name: "B" }),
    await w.channel(w.ada, { name: "C", type: "private" }),
  ];
  const { inv, token } = await w.invited({ kind: "guest", channelIds: [a, b] });
  expect(await w.edit(w.ada, inv, { channelIds: [b, c] })).toMatchObject({
    status: 200,
    body: { channelIds: [b, c] },
  });
  expect(await w.line(a, inv)).toBeUndefined();
  expect(await w.line(b, inv)).toMatchObject({ invitationId: inv });
  expect(await w.line(c, inv)).toMatchObject({ invitationId: inv });
  expect((await w.accept(token)).body.channelIds).toEqual([b, c]);
  expect(await w.line(c, inv)).toBeUndefined();
});

test("GINV-2, CH-5 a channel that is not the editor's to give refuses the edit, and is named", async () => {
  const w = await world();
  const zoe = await w.member("zoe", CHAT_ADMIN);
  const [open, hidden, archived] = [
    await w.channel(w.ada, { name: "Open" }),
    await w.channel(w.ada, { name: "Hidden", type: "private" }),
    await w.channel(w.ada, { name: "Old" }),
  ];
  await w.ask(w.ada, "POST /channels/{chn}/archive", archived);
  const { inv } = await w.invited({ kind: "guest", channelIds: [hidden] });
  const { inv: member } = await w.invited({ channelIds: [hidden] });
  for (const id of [inv, member]) {
    for (const [channelIds, status, channelId] of [
      [[open, hidden], 404, hidden],
      [[open, archived], 409, archived],
      [[open, "chn_nowhere"], 404, "chn_nowhere"],
    ] as const)
      expect(await w.edit(zoe, id, { channelIds })).toMatchObject({ status, body: { channelId } });
  }
  expect(await w.edit(zoe, inv, { channelIds: [] })).toMatchObject({
    status: 400,
    body: { code: "channel-required" },
  });
  expect(await w.line(hidden, inv)).toBeDefined();
  // What they may not know of is not among what they see, and goes with the rest.
  expect((await w.read(zoe, inv)).body.channelIds).toEqual([]);
  expect(await w.edit(zoe, inv, { channelIds: [open] })).toMatchObject({ status: 200 });
  expect(await w.line(hidden, inv)).toBeUndefined();
  expect(await w.edit(zoe, member, { groupIds: ["grp_none"] })).toMatchObject({
    status: 404,
    body: { groupId: "grp_none" },
  });
});

test("GINV-10 an end of access that is sooner ends the invitation with it; one in the past is refused", async () => {
  const w = await world();
  const channelIds = [await w.channel(w.ada, { name: "A" })];
  const { inv } = await w.invited({ kind: "guest", channelIds });
  const ends = Date.now() + 2 * DAY_MS;
  expect(await w.edit(w.ada, inv, { guestEndsAt: at(ends) })).toMatchObject({
    body: { guestEndsAt: at(ends), expiresAt: at(ends) },
  });
  expect(await w.invitation(inv)).toMatchObject(keys.pendingIndex(w.org, "guest", inv, ends));
  const { gsi1pk, gsi1sk } = keys.expiryIndex(w.org, inv, ends);
  expect(await w.slot("bob@example.net", "guest")).toMatchObject({ gsi1pk, gsi1sk });
  expect(await w.edit(w.ada, inv, { guestEndsAt: at(Date.now()) })).toMatchObject({
    status: 400,
    body: { code: "end-in-past", errors: [{ path: "guestEndsAt" }] },
  });
  expect((await w.edit(w.ada, inv, { guestEndsAt: null })).body).not.toHaveProperty("guestEndsAt");
});

test("MINV-8, INV-5 an edit against an acceptance: what was accepted is what stood there at that moment", async () => {
  const w = await world();
  const { inv, token } = await w.invited();
  w.meanwhile(async () => await w.edit(w.ada, inv, { chatRole: "admin" }));
  expect(await w.accept(token)).toMatchObject({ status: 200, body: { chatRole: "admin" } });
  const { inv: other, token: second } = await w.invited({ email: "cleo@example.net" });
  w.meanwhile(async () => await w.accept(second, "cleo@example.net"));
  expect(await w.edit(w.ada, other, { chatRole: "admin" })).toMatchObject({ status: 409 });
  expect(await w.invitation(other)).toMatchObject({ state: "accepted", chatRole: "user" });
});

test("MINV-8, INV-8 an edit against a revocation leaves no line behind", async () => {
  const w = await world();
  const [a, b] = [await w.channel(w.ada, { name: "A" }), await w.channel(w.ada, { name: "B" })];
  const { inv } = await w.invited({ kind: "guest", channelIds: [a] });
  w.meanwhile(async () => await w.edit(w.ada, inv, { channelIds: [b] }));
  expect(await w.revoke(w.ada, inv)).toMatchObject({ status: 204 });
  expect([await w.line(a, inv), await w.line(b, inv)]).toEqual([undefined, undefined]);
  const { inv: other } = await w.invited({ kind: "guest", channelIds: [a], email: "cleo@example.net" });
  w.meanwhile(async () => await w.revoke(w.ada, other));
  expect(await w.edit(w.ada, other, { channelIds: [b] })).toMatchObject({ status: 409 });
  expect([await w.line(a, other), await w.line(b, other)]).toEqual([undefined, undefined]);
  expect(await w.figures()).toMatchObject({ pendingGuests: 0, guestsUsed: 0 });
});

test("MINV-8 a right that is taken while it is used is none", async () => {
  const w = await world();
  const { inv } = await w.invited();
  w.meanwhile(async () => await w.changed(w.ada, { chatRole: "user" }));
  expect(await w.edit(w.ada, inv, { firstName: "Rob" })).toMatchObject({ status: 403 });
  expect(await w.invitation(inv)).toMatchObject({ version: 1 });
});
