import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import "aws-sdk-client-mock-vitest/extend";
import { describe, expect, test } from "vitest";
import { roleUseCases } from "../../../functions/role/use-cases.ts";
import type { Channel } from "../../../functions/table/channels.ts";
import type { Guest } from "../../../functions/table/guests.ts";
import { keys } from "../../../functions/table/keys.ts";
import type { Member } from "../../../functions/table/members.ts";
import { caller, personWith } from "../shell/caller.ts";
import { atNow } from "../table/at-now.ts";
import { DAY_MS, guestOf, memberOf, NOW, ORG, organizationOf, stored } from "../table/items.ts";
import { type Item, mockedTable } from "../table/mocked-table.ts";

const ada = personWith("ada@example.com");
const gil = personWith("gil@example.net");

const CHAT_ADMIN = { chatRole: "admin" } as const;
const MANAGER = { orgRole: "administrator" } as const;

const OPEN = `chn_${"0".repeat(25)}a`;
const CLOSED = `chn_${"0".repeat(25)}b`;
const TALK = `chn_${"0".repeat(25)}c`;

function channel(channelId: string, type: Channel["type"]): Item {
  return {
    ...keys.channel(ORG, channelId),
    ...{ channelId, name: channelId, handle: channelId, type, purpose: "", header: "" },
    ...{ isGeneral: false, isDefault: false, members: 1, guests: 1, version: 1 },
    ...{ createdAt: "2026-01-01T00:00:00.000Z", createdBy: "usr_1" },
  };
}

const row = (user: string, channelId: string, kind: "member" | "guest"): Item => ({
  ...keys.personChannel(ORG, user, channelId),
  ...{ channelId, role: "member", kind, isDirect: true, joinedAt: "2026-01-01T00:00:00.000Z" },
});

const CHANNELS = [channel(OPEN, "public"), channel(CLOSED, "private"), channel(TALK, "direct")];
const GILS = [OPEN, CLOSED, TALK].map((id) => row(gil.userId, id, "guest"));

type Given = { me?: Partial<Member> | null; guest?: Partial<Guest> | null; items?: Item[] };

function setup({ me = CHAT_ADMIN, guest = {}, items = [] }: Given = {}) {
  atNow();
  const mocked = mockedTable([
    stored.organization(organizationOf({ guests: 1, guestsUsed: 1 })),
    ...(me === null ? [] : [stored.member(memberOf(ada.userId, me))]),
    ...(guest === null ? [] : stored.guest(guestOf(gil.userId, guest))),
    ...CHANNELS,
    ...GILS,
    ...items,
  ]);
  const call = caller(roleUseCases(mocked.table));
  const base = "/v1/organizations/{org}";
  const params = { org: ORG, user: gil.userId };
  return {
    ...mocked,
    list: async (as = ada) => await call(`GET ${base}/guests`, { as, params: { org: ORG } }),
    read: async (as = ada) => await call(`GET ${base}/guests/{user}`, { as, params }),
    setEnd: async (endsAt: unknown, headers: Record<string, string> = {}, as = ada) =>
      await call(`PATCH ${base}/guests/{user}`, {
        ...{ as, params, body: { endsAt } },
        headers: { "content-type": "application/json", ...headers },
      }),
    remove: async (as = ada, user = gil.userId, headers: Record<string, string> = {}) =>
      await call(`DELETE ${base}/members/{user}`, { as, params: { org: ORG, user }, headers }),
    member: async (as = ada) => await call(`GET ${base}/members/{user}`, { as, params }),
    members: async (as = ada) => await call(`GET ${base}/members`, { as, params: { org: ORG } }),
  };
}

const guestKey = `O#${ORG}#MEMBERS / USER#${gil.userId}`;
const liveKey = `O#${ORG}#LIVE / USER#${gil.userId}`;
const orgKey = `O#${ORG} / ORG`;

describe("the list", () => {
  test("SEAT-10, GINV-5 shows managers and chat admins the guests with channels and end", async () => {
    for (const me of [CHAT_ADMIN, MANAGER]) {
      const { list } = setup({
        me,
        guest: { endsAt: NOW + DAY_MS },
        items: [row(ada.userId, CLOSED, "member")],
      });
      const answer = await list();
      expect(answer.body.items).toEqual([
        {
          userId: gil.userId,
          email: "gil@example.net",
          firstName: "Gil",
          lastName: "Blas",
          handle: "gil-0000",
          channelIds: [OPEN, CLOSED],
          endsAt: "2026-03-02T10:00:00.000Z",
          joinedAt: "2026-01-01T00:00:00.000Z",
          invitedBy: { userId: "usr_sender", name: "Ada Byron" },
        },
      ]);
    }
  });

  test("CH-5 names no private channel that the viewer is not in, and never a conversation", async () => {
    expect((await setup().list()).body.items).toMatchObject([{ channelIds: [OPEN], endsAt: null }]);
    expect((await setup().read()).body).toMatchObject({ channelIds: [OPEN] });
  });

  test("GINV-10 leaves out who is past their end, swept or not", async () => {
    const { list, read } = setup({ guest: { endsAt: NOW } });
    expect((await list()).body.items).toEqual([]);
    expect(await read()).toMatchObject({ status: 404, body: { code: "not-found" } });
  });

  test("GST-13 is not for users, and least of all for guests", async () => {
    const { list, read } = setup({ me: {} });
    for (const answer of [await list(), await read()])
      expect(answer).toMatchObject({ status: 403, body: { code: "not-manager" } });
    for (const answer of [await list(gil), await read(gil)])
      expect(answer).toMatchObject({ status: 403, body: { code: "guest-restricted", rule: "GST-13" } });
  });

  test("SEAT-1, GINV-4 a guest is not among the members", async () => {
    const { members, member } = setup();
    expect((await members()).body.items).toMatchObject([{ userId: ada.userId }]);
    expect(await member()).toMatchObject({ status: 404, body: { code: "not-found" } });
    expect(await members(gil)).toMatchObject({ status: 403, body: { rule: "GST-13" } });
  });
});

describe("the end", () => {
  const end = "2026-03-05T00:00:00.000Z";
  const endRow = `O#${ORG}#GUESTS / ENDS#${end}#${gil.userId}`;

  test("GINV-10 is set by chat admins, for the record, the sweep and who is connected", async () => {
    const { setEnd, transactions, client } = setup();
    expect(await setEnd(end)).toMatchObject({
      status: 200,
      headers: { etag: '"4"' },
      body: { userId: gil.userId, endsAt: end },
    });
    const [writes, live] = transactions();
    expect(writes?.get(guestKey)?.Update).toMatchObject({
      ConditionExpression: "version = :version",
      ExpressionAttributeValues: { ":endsAt": Date.parse(end), ":version": 3, ":next": 4 },
    });
    expect(writes?.get(endRow)?.Put?.Item).toMatchObject({ gsi1pk: "ENDS#2026-03-05" });
    expect([...(writes?.values() ?? [])].at(-1)?.Put?.Item).toMatchObject({
      action: "guest.end-changed",
      details: { endsAt: end },
    });
    // Who is not connected has no live entry, and gets none.
    expect(live?.get(liveKey)?.Update).toMatchObject({
      UpdateExpression: "SET endsAt = :endsAt",
      ConditionExpression: "attribute_exists(pk)",
    });
    expect(client).not.toHaveReceivedCommand(UpdateCommand);
  });

  test("GINV-10 is taken away with null, and stays one row when it stays as it is", async () => {
    const given = { guest: { endsAt: Date.parse(end) } };
    const away = setup(given);
    expect((await away.setEnd(null)).body).toMatchObject({ endsAt: null });
    expect(away.transactions()[0]?.get(guestKey)?.Update?.UpdateExpression).toContain("REMOVE endsAt");
    expect(away.transactions()[0]?.get(endRow)?.Delete).toBeDefined();
    const same = setup(given);
    expect((await same.setEnd(end)).status).toBe(200);
    expect(same.transactions()[0]?.has(endRow)).toBe(false);
  });

  test("GINV-10 lies in the future", async () => {
    const { setEnd, transactions } = setup();
    expect(await setEnd("2026-03-01T10:00:00.000Z")).toMatchObject({
      status: 400,
      body: { code: "end-in-past", rule: "GINV-10" },
    });
    for (const wrong of ["tomorrow", 7, undefined]) expect((await setEnd(wrong)).status).toBe(400);
    expect(transactions()).toEqual([]);
  });

  test("GINV-10 is nobody else's to set, and not on an old version", async () => {
    for (const me of [{}, MANAGER]) {
      expect(await setup({ me }).setEnd(end)).toMatchObject({
        status: 403,
        body: { code: "not-chat-admin" },
      });
    }
    expect(await setup().setEnd(end, {}, gil)).toMatchObject({ status: 403, body: { rule: "GST-13" } });
    expect(await setup({ me: null }).setEnd(end)).toMatchObject({ status: 404 });
    expect(await setup().setEnd(end, { "if-match": '"2"' })).toMatchObject({ status: 412 });
    expect(await setup({ guest: null }).setEnd(end)).toMatchObject({ status: 404 });
  });

  test("GINV-10 past their end a guest has no access and is not there", async () => {
    const { remove, setEnd } = setup({ guest: { endsAt: NOW - 1 } });
    expect(await remove(gil)).toMatchObject({ status: 404, body: { rule: "GINV-10" } });
    expect(await remove()).toMatchObject({ status: 404 });
    expect(await setEnd(end)).toMatchObject({ status: 404 });
  });
});

describe("removal", () => {
  test("GINV-9 frees place, address, rows and connections at once, and leaves their channels to follow", async () => {
    const { remove, transactions } = setup({ guest: { endsAt: NOW + DAY_MS } });
    expect((await remove()).status).toBe(204);
    const [writes] = transactions();
    expect(writes?.get(guestKey)?.Delete).toMatchObject({ ConditionExpression: "version = :version" });
    for (const key of [
      `O#${ORG}#GUESTS / USER#${gil.userId}`,
      `O#${ORG}#GUESTS / ENDS#2026-03-02T10:00:00.000Z#${gil.userId}`,
      `O#${ORG}#DIRECTORY / G#blas gil#${gil.userId}`,
      `O#${ORG}#ADDRESSES / guest#gil@example.net`,
      liveKey,
    ])
      expect(writes?.get(key)?.Delete).toBeDefined();
    expect(writes?.get(orgKey)?.Update?.ExpressionAttributeValues).toEqual({
      ":guests": -1,
      ":guestsUsed": -1,
    });
    expect([...(writes?.values() ?? [])].flatMap(({ Put }) => Put?.Item?.["facts"] ?? [])).toEqual([
      { kind: "align", userId: gil.userId, join: [], groupIds: [] },
    ]);
    expect([...(writes?.values() ?? [])].map(({ Put }) => Put?.Item?.["action"])).toContain("guest.removed");
    expect(writes?.get(`O#${ORG}#MEMBERS / USER#${ada.userId}`)?.ConditionCheck).toBeDefined();
  });

  test("GINV-9 guests leave by themselves", async () => {
    const { remove, transactions } = setup();
    expect((await remove(gil)).status).toBe(204);
    const actions = [...(transactions()[0]?.values() ?? [])].map(({ Put }) => Put?.Item?.["action"]);
    expect(actions).toContain("guest.left");
  });

  test("GINV-9 is a chat admin's act; org managers and users are refused", async () => {
    for (const me of [{}, MANAGER]) {
      const { remove, transactions } = setup({ me });
      expect(await remove()).toMatchObject({ status: 403, body: { code: "not-chat-admin", rule: "GINV-9" } });
      expect(transactions()).toEqual([]);
    }
  });

  test("SEAT-10 who may not read a guest's record does not learn its version by If-Match; who may is told of a stale one", async () => {
    for (const version of ['"1"', '"77"'])
      expect(await setup({ me: {} }).remove(ada, gil.userId, { "if-match": version })).toMatchObject({
        status: 403,
        body: { code: "not-chat-admin" },
      });
    const { remove, transactions } = setup();
    expect(await remove(ada, gil.userId, { "if-match": '"77"' })).toMatchObject({ status: 412 });
    expect(transactions()).toEqual([]);
  });

  test("GST-13, GST-16 a guest is refused alike, whoever is named", async () => {
    const { remove, transactions } = setup();
    const answers = [await remove(gil, ada.userId), await remove(gil, `usr_${"a".repeat(26)}`)];
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 403, body: { code: "guest-restricted", rule: "GST-13" } });
    expect(transactions()).toEqual([]);
  });
});
