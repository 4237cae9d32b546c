import { ACTIONS, permit } from "@vestibule/domain/permissions";
import type { ChannelRelation, ChannelType } from "@vestibule/domain/vocabulary";
import { describe, expect, test } from "vitest";
import { guestStanding } from "../../../functions/table/guests.ts";
import { standingOf } from "../../../functions/table/members.ts";
import { personWith } from "../shell/caller.ts";
import { memberOf, NOW } from "../table/items.ts";
import {
  ada,
  adaHere,
  channelId,
  channelItem,
  GENERAL,
  gil,
  gilHere,
  guestOf,
  memberItems,
  params,
  rowItem,
  setup,
} from "./world.ts";

const list = "GET /v1/organizations/{org}/permissions";
const check = "POST /v1/organizations/{org}/permissions/check";
const [OPEN, MINE, SECRET, UNKNOWN] = [channelId(1), channelId(2), channelId(3), channelId(4)];

const CHANNELS = [
  channelItem(GENERAL, "public", true),
  channelItem(OPEN, "public"),
  channelItem(MINE, "private"),
  channelItem(SECRET, "private"),
  rowItem(ada.userId, MINE, "member", "admin"),
  rowItem(gil.userId, MINE, "guest"),
];

type Told = { action: string; allowed: boolean; code: string; rule: string; reason: string };

describe("GST-17 what one may do, action by action, is what the table says", () => {
  const asAda = { as: ada, standing: standingOf(adaHere) };
  const asGil = { as: gil, standing: guestStanding(gilHere, NOW) };
  const places: [string, typeof asAda | typeof asGil, string | undefined, ChannelRelation, ChannelType][] = [
    ["a member, of no channel", asAda, undefined, "none", "private"],
    ["a member, of General", asAda, GENERAL, "member", "public"],
    ["a member, of a public channel", asAda, OPEN, "none", "public"],
    ["a channel admin, of their channel", asAda, MINE, "admin", "private"],
    ["a guest, of no channel", asGil, undefined, "none", "private"],
    ["a guest, of their channel", asGil, MINE, "member", "private"],
  ];
  test.each(places)("%s", async (_, { as, standing }, channel, relation, channelType) => {
    const { call, transactions } = setup(CHANNELS);
    const query: Record<string, string> = channel === undefined ? {} : { channelId: channel };
    const answer = await call(list, { as, params, query });
    expect(answer).toMatchObject({ status: 200, body: { nextCursor: null } });
    const items: Told[] = answer.body.items;
    expect(items.map(({ action }) => action)).toEqual(ACTIONS);
    for (const [index, action] of ACTIONS.entries()) {
      const decision = permit(action, { standing, relation, channelType });
      const { code, rule } = decision.allowed ? { code: "allowed", rule: expect.any(String) } : decision;
      const told = { action, allowed: decision.allowed, code, rule, reason: expect.stringMatching(/\S\.$/u) };
      expect(items[index]).toEqual(told);
      const { action: _asked, ...one } = items[index] ?? { action };
      const body = { action, ...query };
      expect(await call(check, { as, params, body })).toMatchObject({ status: 200, body: one });
    }
    expect(transactions()).toEqual([]);
  });
});

test("GST-17 a refusal is told as the door tells it: the rule, and why for guests", async () => {
  const { call } = setup(CHANNELS);
  const body = { action: "channel.archive", channelId: MINE };
  expect((await call(check, { as: gil, params, body })).body).toEqual({
    allowed: false,
    code: "guest-restricted",
    rule: "GST-14",
    reason: "Guests neither create, rename, describe, archive nor administer channels.",
  });
  expect((await call(check, { as: ada, params, body })).body).toEqual({
    allowed: true,
    code: "allowed",
    rule: "CH-7",
    reason: "You may: Archive a channel.",
  });
});

test.each([
  ["GST-9", "a guest", gil, [OPEN, SECRET, GENERAL, UNKNOWN, "chn_1"]],
  ["CH-5", "a member", ada, [SECRET, UNKNOWN, "chn_1"]],
])("%s to %s a channel out of sight is one that is not there", async (rule, _, as, channels) => {
  const { call } = setup(CHANNELS);
  const answers = new Set<string>();
  for (const channel of channels) {
    const body = { action: "message.read", channelId: channel };
    const asked = await call(check, { as, params, body });
    const listed = await call(list, { as, params, query: { channelId: channel } });
    expect(asked).toMatchObject({ status: 404, body: { code: "not-found", rule } });
    answers.add(JSON.stringify(asked.body)).add(JSON.stringify(listed.body));
  }
  expect([...answers]).toHaveLength(1);
});

const bob = memberOf(`usr_${"b".repeat(26)}`, { firstName: "Bob", addressKeys: [] });
const cleo = memberOf(`usr_${"c".repeat(26)}`, { firstName: "Cleo", addressKeys: [] });
const off = memberOf(`usr_${"d".repeat(26)}`, { addressKeys: [], state: "deactivated" });
const PEOPLE = [bob, cleo, off].flatMap(memberItems);
const about = (userId: string) => ({ action: "invitation.read", userId });

test("GST-16 to a guest, who shares no channel with them is nobody", async () => {
  const { call } = setup([
    ...CHANNELS,
    ...PEOPLE,
    rowItem(bob.userId, MINE, "member"),
    rowItem(cleo.userId, SECRET, "member"),
    rowItem(off.userId, MINE, "member"),
  ]);
  for (const { userId } of [ada, bob, gil]) {
    expect((await call(check, { as: gil, params, body: about(userId) })).status).toBe(200);
  }
  const answers = new Set<string>();
  for (const userId of [cleo.userId, off.userId, `usr_${"e".repeat(26)}`, "usr_1"]) {
    const answer = await call(check, { as: gil, params, body: about(userId) });
    expect(answer).toMatchObject({ status: 404, body: { code: "not-found", rule: "GST-16" } });
    answers.add(JSON.stringify(answer.body));
  }
  expect([...answers]).toHaveLength(1);
});

test("GST-16, CH-1 a guest in General shares it with every member, and with the guests of it alone", async () => {
  const guest = guestOf(`usr_${"f".repeat(26)}`);
  const { call } = setup([
    ...CHANNELS,
    ...PEOPLE,
    rowItem(gil.userId, GENERAL, "guest"),
    ...setupGuest(guest),
  ]);
  expect((await call(check, { as: gil, params, body: about(cleo.userId) })).status).toBe(200);
  expect((await call(check, { as: gil, params, body: about(guest.userId) })).status).toBe(404);
});

function setupGuest(guest: ReturnType<typeof guestOf>) {
  return [{ pk: `O#${guest.organizationId}#MEMBERS`, sk: `USER#${guest.userId}`, ...guest }];
}

test("INV-11 a member asks about anybody of the organization; their own record is theirs", async () => {
  const { call } = setup(PEOPLE);
  const ask = async (userId?: string) =>
    await call(check, { as: ada, params, body: { action: "invitation.read", userId } });
  expect((await ask(ada.userId)).body).toMatchObject({ allowed: true, rule: "INV-11" });
  expect((await ask(off.userId)).body).toMatchObject({ allowed: false, code: "not-manager" });
  expect((await ask()).body).toMatchObject({ allowed: false });
  expect((await ask(`usr_${"e".repeat(26)}`)).status).toBe(404);
});

test("GINV-10, ORG-10, INV-15 nothing is answered to whose access is over", async () => {
  const ended = setup([], { guest: guestOf(gil.userId, { endsAt: NOW }) });
  expect(await ended.call(list, { as: gil, params })).toMatchObject({
    status: 404,
    body: { rule: "GINV-10" },
  });
  const deactivated = setup([], { me: memberOf(ada.userId, { state: "deactivated" }) });
  expect(await deactivated.call(list, { as: ada, params })).toMatchObject({
    status: 403,
    body: { code: "member-deactivated", rule: "ORG-10" },
  });
  expect((await setup().call(list, { as: personWith("eve@example.com"), params })).status).toBe(404);
});

test("GST-17 an action that there is not is a 400", async () => {
  const answer = await setup().call(check, { as: ada, params, body: { action: "channel.paint" } });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: "action" }] } });
});
