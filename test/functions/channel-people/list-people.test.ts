import { expect, test } from "vitest";
import { invitationItem } from "../../../functions/table/invitations.ts";
import { keys } from "../../../functions/table/keys.ts";
import { pendingLineWrite } from "../../../functions/table/roster.ts";
import { engineWorld, type World } from "../channel/world.ts";
import type { TestPerson } from "../shell/caller.ts";
import { guestInvitationOf } from "../table/items.ts";

const world = engineWorld();
const LIST = "GET /channels/{chn}/members";

async function invite({ org, write }: World, id: string, digit: string, endsAt: number): Promise<string> {
  const invitationId = `inv_${"0".repeat(25)}${digit}`;
  const email = `${digit}@example.net`;
  const invitation = guestInvitationOf({
    organizationId: org,
    invitationId,
    email,
    channelIds: [id],
    endsAt,
  });
  await write(
    {
      label: "invitation",
      put: { ...keys.invitation(org, invitationId), ...invitationItem.parse(invitation) },
    },
    pendingLineWrite({ organizationId: org, channelId: id }, invitationId, Date.now()),
  );
  return invitationId;
}

test("CH-10 GINV-4 channel admins come first, then members, guests and pending guests", async () => {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const id = await w.channel(ada, { name: "Plan" });
  const gil = await w.guest("gil", [id]);
  const ended = await w.guest("ended", [id], Date.now() - 1);
  await w.puts(bob, id);
  const pending = await invite(w, id, "1", Date.now() + 60_000);
  await invite(w, id, "2", Date.now() - 1);
  const { body } = await w.ask(ada, LIST, id);
  expect(body).toMatchObject({ memberCount: 2, guestCount: 2, nextCursor: null });
  expect(body.items).toMatchObject([
    { userId: ada.userId, kind: "member", role: "admin", email: expect.any(String), groupIds: [] },
    { userId: bob.userId, kind: "member", role: "member" },
    { userId: gil.userId, kind: "guest", role: "member", state: "active" },
    { invitationId: pending, email: "1@example.net", kind: "guest", state: "pending" },
  ]);
  expect(JSON.stringify(body)).not.toContain(ended.userId);
  const seen = (await w.ask(gil, LIST, id)).body;
  expect(seen.items.map(({ userId }: { userId: string }) => userId)).toEqual([
    ada.userId,
    bob.userId,
    gil.userId,
  ]);
  expect(JSON.stringify(seen)).not.toContain("@");
});

/** What is in the cursors of a list's pages of one, as whoever pages it can read. */
async function cursorsOf(w: World, as: TestPerson, id: string): Promise<string> {
  let seen = "";
  let cursor: string | undefined;
  do {
    const query: Record<string, string> = { limit: "1", ...(cursor === undefined ? {} : { cursor }) };
    const { body } = await w.ask(as, LIST, id, { params: { org: w.org, chn: id }, query });
    cursor = body.nextCursor ?? undefined;
    seen += Buffer.from(cursor ?? "", "base64url").toString("utf8");
  } while (cursor !== undefined);
  return seen;
}

test("GINV-4 GST-16 no cursor of a channel's people tells a guest of a pending one", async () => {
  const w = await world();
  const ada = await w.member("ada");
  const id = await w.channel(ada, { name: "Plan" });
  const gil = await w.guest("gil", [id]);
  for (const digit of ["1", "2", "3"]) await invite(w, id, digit, Date.now() + 60_000);
  expect(await cursorsOf(w, gil, id)).not.toContain("inv_");
  expect(await cursorsOf(w, ada, id)).toContain("inv_");
});

test("GST-16 no cursor of General's people tells a guest of guests elsewhere, nor of who is deactivated", async () => {
  const w = await world({ seatsHeld: 2 });
  const ada = await w.member("ada");
  const side = await w.channel(ada, { name: "Side", type: "private" });
  const hidden = await Promise.all([
    ...Array.from({ length: 20 }, async (_, n) => await w.guest(`hidden${n}`, [side])),
    ...Array.from({ length: 5 }, async (_, n) => await w.member(`gone${n}`, { state: "deactivated" })),
  ]);
  const bob = await w.member("bob");
  const gil = await w.guest("gil", [w.general]);
  const seen = await cursorsOf(w, gil, w.general);
  for (const { userId } of hidden) expect(seen).not.toContain(userId);
  const { body } = await w.ask(gil, LIST, w.general);
  const ids = body.items.map(({ userId }: { userId: string }) => userId);
  expect(ids.toSorted()).toEqual([ada, bob, gil].map(({ userId }) => userId).sort());
});

test("GST-13 DIR-3 a guest is not told of the groups that somebody is in a channel through", async () => {
  const w = await world();
  const [ada, bob] = [await w.member("ada", { chatRole: "admin" }), await w.member("bob")];
  const id = await w.channel(ada, { name: "Plan" });
  const gil = await w.guest("gil", [id]);
  const group = (await w.ask(ada, "POST /groups", undefined, { body: { name: "Design" } })).body.id;
  const params = { org: w.org, grp: group, user: bob.userId };
  await w.ask(ada, "PUT /groups/{grp}/members/{user}", undefined, { params });
  await w.ask(ada, "POST /channels/{chn}/members", id, { body: { groupIds: [group] } });
  const groupsOf = async (as: TestPerson) =>
    (await w.ask(as, LIST, id)).body.items.find(({ userId }: TestPerson) => userId === bob.userId).groupIds;
  expect(await groupsOf(ada)).toEqual([group]);
  expect(await groupsOf(gil)).toEqual([]);
});

test("CH-10 a list is read in pages, each person once", async () => {
  const w = await world();
  const ada = await w.member("ada");
  const id = await w.channel(ada, { name: "Plan" });
  const others = await Promise.all(Array.from({ length: 5 }, async (_, n) => await w.member(`m${n}`)));
  for (const who of others) await w.puts(who, id);
  const found: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const query: Record<string, string> = { limit: "2", ...(cursor === "" ? {} : { cursor }) };
    const { body } = await w.ask(ada, LIST, id, { params: { org: w.org, chn: id }, query });
    found.push(...body.items.map(({ userId }: { userId: string }) => userId));
    cursor = body.nextCursor;
  }
  expect(found[0]).toBe(ada.userId);
  expect(found.toSorted()).toEqual([ada, ...others].map(({ userId }) => userId).sort());
});

test("CH-1 CH-10 General lists all members, then its guests, to whoever is in it", async () => {
  const w = await world({ seatsHeld: 3 });
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const gone = await w.member("gone", { state: "deactivated" });
  const gil = await w.guest("gil", [w.general]);
  const { body } = await w.ask(ada, LIST, w.general);
  const ids = body.items.map(({ userId }: { userId: string }) => userId);
  expect(ids.slice(0, 2).sort()).toEqual([ada.userId, bob.userId].sort());
  expect(ids.slice(2)).toEqual([gil.userId]);
  expect(ids).not.toContain(gone.userId);
  expect(body).toMatchObject({ memberCount: 3, guestCount: 1 });
  expect((await w.ask(gil, LIST, w.general)).status).toBe(200);
});

test("CH-5 GST-9 GST-16 who may not know of a channel is not told who is in it", async () => {
  const w = await world();
  const [ada, zoe] = [await w.member("ada"), await w.member("zoe", { chatRole: "admin" })];
  const [closed, open] = [
    await w.channel(ada, { name: "Closed", type: "private" }),
    await w.channel(ada, { name: "Open" }),
  ];
  const gil = await w.guest("gil", [closed]);
  expect(await w.ask(zoe, LIST, closed)).toMatchObject({ status: 404, body: { rule: "CH-5" } });
  expect(await w.ask(zoe, LIST, open)).toMatchObject({ status: 200 });
  expect(await w.ask(gil, LIST, open)).toMatchObject({ status: 404, body: { rule: "GST-9" } });
  expect(await w.ask(gil, LIST, w.general)).toMatchObject({ status: 404, body: { rule: "GST-9" } });
});
