import { expect, test } from "vitest";
import { keys } from "../../../functions/table/keys.ts";
import { shareWorld } from "./world.ts";

const setup = shareWorld();

const INVITATIONS = "/v1/organizations/{org}/invitations";
const REFUSED = { status: 403, body: { code: "not-mail-manager", rule: "SHR-2" } };

/** An open group of Bob's that has access to a mail address, and one that has none. */
async function withGroups() {
  const w = await setup();
  const manager = await w.manager();
  const adr = await w.address(manager);
  const chat = await w.member("chat", { chatRole: "admin" });
  const bob = await w.member("bob");
  const [mail, plain] = [await w.group(chat, "Mail", bob), await w.group(chat, "Plain")];
  await w.ask(chat, "PATCH /groups/{grp}", undefined, {
    params: { org: w.org, grp: mail },
    body: { open: true },
  });
  expect(await w.share(manager, adr, { groupId: mail })).toMatchObject({ status: 201 });
  const put = async (as: typeof chat, grp: string, who: typeof chat) =>
    await w.ask(as, "PUT /groups/{grp}/members/{user}", undefined, {
      params: { org: w.org, grp, user: who.userId },
    });
  return { ...w, manager, adr, chat, bob, mail, plain, put };
}

test("SHR-2, SHR-8 nobody gives themselves, or others, the mail of a group but mail managers", async () => {
  const w = await withGroups();
  const cleo = await w.member("cleo");
  for (const [as, who] of [
    [w.chat, w.chat],
    [w.chat, cleo],
    [cleo, cleo],
  ] as const) {
    expect(await w.put(as, w.mail, who)).toMatchObject(REFUSED);
    expect(await w.mine(who)).toEqual([]);
  }
  // Who is in it already stays, and who manages mail puts others in.
  expect(await w.put(w.chat, w.mail, w.bob)).toMatchObject({ status: 200 });
  expect(await w.put(w.chat, w.plain, cleo)).toMatchObject({ status: 200 });
  const legal = await w.member("legal", { orgRole: "legal_representative" });
  expect(await w.put(legal, w.mail, cleo)).toMatchObject({ status: 200 });
  expect(await w.mine(cleo)).toMatchObject([{ id: w.adr }]);
});

test("SHR-2, MINV-8 nor by an invitation that leads to the group", async () => {
  const w = await withGroups();
  const invite = async (groupIds: string[]) =>
    await w.call(`POST ${INVITATIONS}`, {
      as: w.chat,
      params: { org: w.org },
      body: { kind: "member", invitees: [{ email: "new@elsewhere.example" }], groupIds, delivery: "link" },
    });
  expect(await invite([w.plain, w.mail])).toMatchObject(REFUSED);
  const { body } = await invite([w.plain]);
  const edit = async (groupIds: string[]) =>
    await w.call(`PATCH ${INVITATIONS}/{inv}`, {
      as: w.chat,
      params: { org: w.org, inv: body.results[0].invitation.id },
      body: { groupIds },
    });
  expect(await edit([w.plain, w.mail])).toMatchObject(REFUSED);
  expect(await edit([])).toMatchObject({ status: 200 });
});

test("SHR-2, INV-14 nor by resending what a mail manager has invited who may do so no more", async () => {
  const w = await withGroups();
  const rights = { suite: false, chat: false, mail: true, accounting: false };
  const boss = await w.member("boss", { chatRole: "admin", rights });
  const params = { org: w.org };
  const invitees = [{ email: "new@elsewhere.example" }];
  const body = { kind: "member", invitees, groupIds: [w.mail], delivery: "link" };
  const { results } = (await w.call(`POST ${INVITATIONS}`, { as: boss, params, body })).body;
  const inv: string = results[0].invitation.id;
  await w.write(
    {
      label: "invitation",
      update: keys.invitation(w.org, inv),
      expression: "SET createdAt = :then",
      values: { ":then": new Date(Date.now() - 60_000).toISOString() },
    },
    {
      label: "boss",
      update: keys.member(w.org, boss.userId),
      expression: "SET chatRole = :user, version = version + :one",
      values: { ":user": "user", ":one": 1 },
    },
  );
  const resend = async (as: typeof boss) =>
    await w.call(`POST ${INVITATIONS}/{inv}/resend`, { as, params: { ...params, inv } });
  expect(await resend(w.chat)).toMatchObject(REFUSED);
  const other = await w.member("other", { chatRole: "admin", rights });
  expect(await resend(other)).toMatchObject({ status: 200 });
});
