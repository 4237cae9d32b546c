import { NO_RIGHTS } from "@vestibule/domain/people";
import { describe, expect, test } from "vitest";
import { roleUseCases } from "../../../functions/role/use-cases.ts";
import type { Channel } from "../../../functions/table/channels.ts";
import type { Guest } from "../../../functions/table/guests.ts";
import { keys } from "../../../functions/table/keys.ts";
import type { Member } from "../../../functions/table/members.ts";
import type { Organization } from "../../../functions/table/organizations.ts";
import { caller, personWith } from "../shell/caller.ts";
import { atNow } from "../table/at-now.ts";
import {
  GENERAL,
  guestInvitationOf,
  guestOf,
  INV,
  invitationOf,
  memberOf,
  NOW,
  ORG,
  organizationOf,
  stored,
} from "../table/items.ts";
import { type Item, mockedTable } from "../table/mocked-table.ts";

const ada = personWith("ada@example.com");
const eve = personWith("eve@example.com");

const CHAT_ADMIN = { chatRole: "admin" } as const;
const MANAGER = { orgRole: "administrator" } as const;
const LEGAL = { orgRole: "legal_representative" } as const;

const OPEN = `chn_${"0".repeat(25)}a`;
const CLOSED = `chn_${"0".repeat(25)}b`;
const TALK = `chn_${"0".repeat(25)}c`;
const OLD = `chn_${"0".repeat(25)}d`;
const OTHERS = `chn_${"0".repeat(25)}e`;

function channel(channelId: string, change: Partial<Channel> = {}): Item {
  return {
    ...keys.channel(ORG, channelId),
    ...{ channelId, name: channelId, handle: channelId, type: "public", purpose: "", header: "" },
    ...{ isGeneral: channelId === GENERAL, isDefault: false, members: 1, guests: 1, version: 1 },
    ...{ createdAt: "2026-01-01T00:00:00.000Z", createdBy: "usr_1" },
    ...change,
  };
}

const CHANNELS = [
  channel(GENERAL),
  channel(OPEN),
  channel(CLOSED, { type: "private" }),
  channel(TALK, { type: "direct" }),
  channel(OLD, { archivedAt: "2026-02-01T00:00:00.000Z" }),
  channel(OTHERS),
];

const row = (channelId: string, change: Record<string, unknown> = {}): Item => ({
  ...keys.personChannel(ORG, eve.userId, channelId),
  ...{ channelId, role: "member", kind: "member", isDirect: true, joinedAt: "2026-01-01T00:00:00.000Z" },
  ...change,
});

type Given = {
  me?: Partial<Member> | null;
  eve?: readonly Item[];
  organization?: Partial<Organization>;
  items?: Item[];
};

const member = (change: Partial<Member> = {}) => [
  stored.member(
    memberOf(eve.userId, {
      ...{ email: "eve@example.com", firstName: "Eve", lastName: "Dale", addressKeys: ["eve@example.com"] },
      ...change,
    }),
  ),
];
const guest = (change: Partial<Guest> = {}) =>
  stored.guest(
    guestOf(eve.userId, { email: "eve@example.com", addressKeys: ["eve@example.com"], ...change }),
  );

function setup({ me = CHAT_ADMIN, eve: target = [], organization, items = [] }: Given) {
  atNow();
  const mocked = mockedTable([
    stored.organization(organizationOf(organization)),
    ...(me === null ? [] : [stored.member(memberOf(ada.userId, me))]),
    ...target,
    ...CHANNELS,
    ...items,
  ]);
  const call = caller(roleUseCases(mocked.table));
  const convert = async (body: unknown, as = ada, user = eve.userId) =>
    await call("POST /v1/organizations/{org}/members/{user}/convert", {
      ...{ as, params: { org: ORG, user }, body },
    });
  /** The writes of the conversion, by key. */
  const written = (index = 0) => {
    const writes = mocked.transactions()[index] ?? new Map();
    const puts = [...writes.values()].flatMap(({ Put }) => Put?.Item ?? []);
    return { writes, puts, actions: puts.flatMap(({ action }) => action ?? []) };
  };
  return { ...mocked, convert, written };
}

const recordKey = `O#${ORG}#MEMBERS / USER#${eve.userId}`;
const liveKey = `O#${ORG}#LIVE / USER#${eve.userId}`;
const orgKey = `O#${ORG} / ORG`;
const rowKey = (id: string) => `O#${ORG}#PERSON#${eve.userId} / CHANNEL#${id}`;
const lineKey = (id: string, rank: number) => `O#${ORG}#CHANNEL#${id}#PEOPLE / ${rank}#${eve.userId}`;
const counted = (id: string) => `O#${ORG}#CHANNELS / CHANNEL#${id}`;

describe("a guest who becomes a member", () => {
  test("GINV-11, SEAT-9 takes a seat, frees a place, and begins without a role", async () => {
    const { convert, written } = setup({
      eve: guest(),
      organization: { defaultChannelIds: [OPEN], guests: 1, guestsUsed: 1 },
    });
    expect(await convert({ to: "member" })).toMatchObject({
      status: 200,
      headers: { etag: '"4"' },
      body: { userId: eve.userId, orgRole: "user", chatRole: "user", rights: NO_RIGHTS, state: "active" },
    });
    const { writes, puts, actions } = written();
    expect(writes.get(recordKey)?.Put).toMatchObject({
      Item: { kind: "member", version: 4, addressKeys: ["eve@example.com"] },
      ConditionExpression: "version = :version AND kind = :guest",
    });
    expect(writes.get(orgKey)?.Update).toMatchObject({
      ConditionExpression: expect.stringContaining("seatsUsed < limits.seats"),
      ExpressionAttributeValues: { ":seatsHeld": 1, ":seatsUsed": 1, ":guests": -1, ":guestsUsed": -1 },
    });
    for (const key of [
      `O#${ORG}#GUESTS / USER#${eve.userId}`,
      `O#${ORG}#DIRECTORY / G#blas gil#${eve.userId}`,
      `O#${ORG}#ADDRESSES / guest#eve@example.com`,
      liveKey,
    ])
      expect(writes.get(key)?.Delete).toBeDefined();
    expect(writes.get(`O#${ORG}#ADDRESSES / member#eve@example.com`)?.Put).toBeDefined();
    expect(writes.get(`O#${ORG}#DIRECTORY / M#blas gil#${eve.userId}`)?.Put).toBeDefined();
    expect(writes.has(`O#${ORG}#MANAGERS / USER#${eve.userId}`)).toBe(false);
    expect(puts.flatMap(({ facts }) => facts ?? [])).toEqual([
      { kind: "align", userId: eve.userId, join: [OPEN], groupIds: [] },
      { kind: "place", from: "guest", to: "member" },
    ]);
    expect(actions).toEqual(["guest.converted-to-member"]);
  });

  test("MSG-11, CH-1 what was said in General before is not unread to them, unless they were there as a guest", async () => {
    const head = { ...keys.channelHead(ORG, GENERAL), seq: 40, nonces: {} };
    const { convert, written } = setup({ eve: guest(), items: [head] });
    expect((await convert({ to: "member" })).status).toBe(200);
    expect(written().writes.get(`O#${ORG}#PERSON#${eve.userId} / CHANNEL#${GENERAL}`)?.Update).toMatchObject({
      UpdateExpression: "SET lastReadSeq = if_not_exists(lastReadSeq, :readTo)",
      ExpressionAttributeValues: { ":readTo": 40 },
    });
  });

  test("SEAT-9 is refused without a free seat, with the figures", async () => {
    const organization = { seatsHeld: 2, seatsReserved: 1, seatsUsed: 3 };
    const { convert, transactions } = setup({ eve: guest(), organization });
    expect(await convert({ to: "member" })).toMatchObject({
      status: 409,
      body: { code: "quota-exceeded", rule: "SEAT-9", quota: "seats", limit: 3, used: 3 },
    });
    expect(transactions()).toEqual([]);
  });

  test("SEAT-3 takes the seat that an invitation holds for them, and no second one", async () => {
    const { convert, written } = setup({
      eve: guest(),
      organization: { seatsHeld: 2, seatsReserved: 1, seatsUsed: 3 },
      items: [
        stored.invitation(invitationOf({ addressKey: "eve@example.com" })),
        stored.address("eve@example.com", { invitationId: INV }),
      ],
    });
    expect((await convert({ to: "member" })).status).toBe(200);
    const { writes, actions } = written();
    expect(writes.get(orgKey)?.Update).toMatchObject({
      ConditionExpression: expect.stringContaining("seatsHeld < limits.seats"),
      ExpressionAttributeValues: { ":seatsHeld": 1, ":seatsReserved": -1 },
    });
    expect(writes.get(`O#${ORG}#INVITATIONS / INV#${INV}`)?.Update?.ExpressionAttributeValues).toMatchObject({
      ":state": "revoked",
    });
    expect(actions).toEqual(["invitation.revoked", "guest.converted-to-member"]);
  });

  test("GINV-11 is made one by a chat admin alone", async () => {
    for (const me of [{}, MANAGER])
      expect(await setup({ me, eve: guest() }).convert({ to: "member" })).toMatchObject({
        status: 403,
        body: { code: "not-chat-admin", rule: "GINV-11" },
      });
    expect(await setup({ me: null, eve: guest() }).convert({ to: "member" })).toMatchObject({ status: 404 });
    const { convert } = setup({ eve: guest() });
    for (const user of [eve.userId, ada.userId, "usr_nobody".padEnd(30, "0")])
      expect(await convert({ to: "member" }, eve, user)).toMatchObject({
        status: user.startsWith("usr_nobody") ? 404 : 403,
      });
  });

  test("GINV-11 who is a member already, gone or past their end, is not", async () => {
    expect(await setup({ eve: member() }).convert({ to: "member" })).toMatchObject({
      status: 409,
      body: { code: "already-member" },
    });
    expect(await setup({}).convert({ to: "member" })).toMatchObject({ status: 404 });
    expect(await setup({ eve: guest({ endsAt: NOW }) }).convert({ to: "member" })).toMatchObject({
      status: 404,
    });
  });
});

describe("a member who becomes a guest", () => {
  const keep = (...channelIds: string[]) => ({ to: "guest", channelIds });
  const rows = [row(OPEN, { role: "admin" }), row(CLOSED, { isDirect: false, via: new Set(["grp_1"]) })];

  test("GINV-11 frees the seat, loses every role, and keeps the chosen channels from that moment on", async () => {
    const { convert, written } = setup({
      eve: member({ ...CHAT_ADMIN, ...MANAGER }),
      items: rows,
      me: { ...CHAT_ADMIN, ...LEGAL },
    });
    expect(await convert(keep(OPEN, CLOSED, OPEN))).toMatchObject({
      status: 200,
      headers: { etag: '"3"' },
      body: {
        ...{ userId: eve.userId, channelIds: [OPEN, CLOSED], endsAt: null },
        invitedBy: { userId: ada.userId, name: "Ada Byron" },
      },
    });
    const { writes, puts, actions } = written();
    expect(writes.get(recordKey)?.Put).toMatchObject({
      Item: { kind: "guest", channelCount: 2, version: 3, addressKeys: ["eve@example.com"] },
      ConditionExpression: "version = :version AND kind = :member",
    });
    expect(writes.get(recordKey)?.Put?.Item).not.toHaveProperty("orgRole");
    expect(writes.get(orgKey)?.Update).toMatchObject({
      ConditionExpression: expect.stringContaining("guestsUsed < limits.guests"),
      ExpressionAttributeValues: { ":seatsHeld": -1, ":seatsUsed": -1, ":guests": 1, ":guestsUsed": 1 },
    });
    for (const key of [
      `O#${ORG}#MANAGERS / USER#${eve.userId}`,
      `O#${ORG}#DIRECTORY / M#dale eve#${eve.userId}`,
      `O#${ORG}#ADDRESSES / member#eve@example.com`,
      liveKey,
      lineKey(OPEN, 1),
      lineKey(CLOSED, 2),
    ])
      expect(writes.get(key)?.Delete).toBeDefined();
    for (const id of [OPEN, CLOSED]) {
      // CH-9: what a group gave is theirs alone now, as a guest is in no group.
      expect(writes.get(rowKey(id))?.Update).toMatchObject({
        UpdateExpression: expect.stringContaining("REMOVE via"),
        ExpressionAttributeValues: { ":after": "member", ":kindAfter": "guest", ":isDirect": true },
      });
      expect(writes.get(lineKey(id, 3))?.Put?.Item).toMatchObject({ isMoved: true });
      expect(writes.get(counted(id))?.Update).toMatchObject({
        ConditionExpression: expect.stringContaining("attribute_not_exists(archivedAt)"),
        ExpressionAttributeValues: { ":members": -1, ":guests": 1 },
      });
    }
    expect(puts.flatMap(({ facts }) => facts ?? [])).toEqual([
      { kind: "place", from: "member", to: "guest" },
      { kind: "align", userId: eve.userId, keep: [OPEN, CLOSED], join: [], groupIds: [] },
    ]);
    expect(actions).toEqual(["member.converted-to-guest"]);
  });

  test("CH-1 stays in General only if it is kept, and then by a row of their own", async () => {
    const { convert, written } = setup({ eve: member() });
    expect((await convert(keep(GENERAL))).status).toBe(200);
    const { writes } = written();
    expect(writes.get(rowKey(GENERAL))?.Update?.ExpressionAttributeValues).toMatchObject({
      ":kind": "guest",
    });
    expect(writes.get(lineKey(GENERAL, 3))?.Put).toBeDefined();
    expect(writes.get(counted(GENERAL))?.Update?.ExpressionAttributeValues).toEqual({
      ":members": 0,
      ":guests": 1,
    });
  });

  test.each([
    [[], 400, "channel-required", undefined],
    [[OTHERS], 404, "not-found", OTHERS],
    [[OPEN, `chn_${"9".repeat(26)}`], 404, "not-found", `chn_${"9".repeat(26)}`],
    [[OPEN, TALK], 409, "channel-not-shareable", TALK],
    [[OLD], 409, "channel-archived", OLD],
  ])(
    "GINV-11, GINV-2 keeps one of their own open channels at least: %j is %d",
    async (ids, status, code, id) => {
      const { convert, transactions } = setup({ eve: member(), items: [...rows, row(TALK), row(OLD)] });
      const answer = await convert(keep(...ids));
      expect(answer).toMatchObject({ status, body: { code } });
      expect(answer.body.channelId).toBe(id);
      expect(transactions()).toEqual([]);
    },
  );

  test("GINV-11 at most 20 channels are kept, so that it is one transaction", async () => {
    const many = Array.from({ length: 21 }, (_, index) => `chn_${index}`);
    expect((await setup({ eve: member() }).convert(keep(...many))).status).toBe(400);
    const ids = many.slice(1).map((id) => id.padEnd(30, "0"));
    const { convert, written } = setup({
      eve: member({ ...LEGAL, ...CHAT_ADMIN, addressKeys: ["eve@example.com", "eva@example.com"] }),
      me: { ...CHAT_ADMIN, ...LEGAL },
      organization: { legalRepresentatives: 2 },
      items: ids.flatMap((id) => [channel(id), row(id)]),
    });
    expect((await convert(keep(...ids))).status).toBe(200);
    expect(written().writes.size).toBeLessThanOrEqual(100);
  });

  test("SEAT-6, SEAT-9 takes a place among the guests, if there is one", async () => {
    const full = {
      limits: { ...organizationOf().limits, guests: 2 },
      guests: 1,
      pendingGuests: 1,
      guestsUsed: 2,
    };
    const { convert, transactions } = setup({ eve: member(), items: rows, organization: full });
    expect(await convert(keep(OPEN))).toMatchObject({
      status: 409,
      body: { code: "quota-exceeded", rule: "SEAT-9", quota: "guests", limit: 2, used: 2 },
    });
    expect(transactions()).toEqual([]);
  });

  test("GINV-10, SEAT-9 before a refusal, room is made of the guests past their end", async () => {
    const full = { limits: { ...organizationOf().limits, guests: 1 }, guests: 1, guestsUsed: 1 };
    const over = stored.guest(guestOf("usr_over", { endsAt: NOW - 1 }));
    const { convert, transactions } = setup({ eve: member(), items: [...rows, ...over], organization: full });
    await convert(keep(OPEN));
    const [writes] = transactions();
    expect(writes?.get(`O#${ORG}#MEMBERS / USER#usr_over`)?.Delete).toBeDefined();
    expect([...(writes?.values() ?? [])].map(({ Put }) => Put?.Item?.["action"])).toContain("guest.ended");
  });

  test("MINV-7 an invitation of theirs as a guest is superseded, and gives up its place", async () => {
    const theirs = guestInvitationOf({ addressKey: "eve@example.com" });
    const { convert, written } = setup({
      eve: member(),
      items: [
        ...rows,
        stored.invitation(theirs),
        stored.address("eve@example.com", { invitationId: INV }, "guest"),
      ],
    });
    await convert(keep(OPEN));
    const { writes } = written();
    expect(writes.get(`O#${ORG}#INVITATIONS / INV#${INV}`)?.Update).toBeDefined();
    expect(writes.get(orgKey)?.Update?.ExpressionAttributeValues).toMatchObject({ ":pendingGuests": -1 });
  });

  test("ORG-6 the last legal representative stays one; ORG-5 nobody else makes one a guest", async () => {
    const alone = setup({ me: { ...CHAT_ADMIN, ...LEGAL }, items: [row(OPEN)] });
    expect(await alone.convert(keep(GENERAL), ada, ada.userId)).toMatchObject({
      status: 409,
      body: { code: "last-legal-representative", rule: "ORG-6" },
    });
    const theirs = { eve: member(LEGAL), items: rows, organization: { legalRepresentatives: 2 } };
    expect(await setup(theirs).convert(keep(OPEN))).toMatchObject({
      status: 403,
      body: { code: "legal-representative-only", rule: "ORG-5" },
    });
    const two = setup({ ...theirs, me: LEGAL });
    expect((await two.convert(keep(OPEN))).status).toBe(200);
    expect(two.written().writes.get(orgKey)?.Update).toMatchObject({
      ConditionExpression: expect.stringContaining("legalRepresentatives > :one"),
      ExpressionAttributeValues: { ":legalRepresentatives": -1 },
    });
  });

  test("ORG-10 the pending invitations that they sent are revoked", async () => {
    const sent = invitationOf({ invitedBy: { userId: eve.userId, name: "Eve" } });
    const { convert, transactions } = setup({ eve: member(), items: [...rows, stored.invitation(sent)] });
    expect((await convert(keep(OPEN))).status).toBe(200);
    expect(transactions()[1]?.has(`O#${ORG}#INVITATIONS / INV#${INV}`)).toBe(true);
  });

  test("GINV-11 is made one by managers and chat admins, once, while they are active", async () => {
    const of = (given: Given) => setup({ items: rows, ...given }).convert(keep(OPEN));
    expect(await of({ me: {}, eve: member() })).toMatchObject({ status: 403, body: { code: "not-manager" } });
    expect(await of({ me: MANAGER, eve: member() })).toMatchObject({ status: 200 });
    expect(await of({ eve: guest() })).toMatchObject({ status: 409, body: { code: "already-guest" } });
    expect(await of({ eve: member({ state: "deactivated" }) })).toMatchObject({
      status: 409,
      body: { code: "already-deactivated" },
    });
    expect(await of({})).toMatchObject({ status: 404 });
  });

  test("GINV-11 takes no channels when it makes a member, and nothing else as its aim", async () => {
    const { convert } = setup({ eve: guest() });
    for (const body of [
      { to: "member", channelIds: [OPEN] },
      { to: "admin" },
      {},
      { to: "guest", keep: [] },
      { to: "guest", channelIds: ["\ud800"] },
    ])
      expect((await convert(body)).status).toBe(400);
  });
});
