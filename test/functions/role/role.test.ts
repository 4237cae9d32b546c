import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import "aws-sdk-client-mock-vitest/extend";
import { NO_RIGHTS } from "@vestibule/domain/people";
import { describe, expect, test } from "vitest";
import { roleUseCases } from "../../../functions/role/use-cases.ts";
import { keys } from "../../../functions/table/keys.ts";
import type { Member } from "../../../functions/table/members.ts";
import type { Organization } from "../../../functions/table/organizations.ts";
import { caller, personWith } from "../shell/caller.ts";
import { atNow } from "../table/at-now.ts";
import { invitationOf, memberOf, NOW, ORG, organizationOf, stored } from "../table/items.ts";
import { type Item, mockedTable } from "../table/mocked-table.ts";

const ada = personWith("ada@example.com");
const bob = personWith("bob@example.com");

const LEGAL = { orgRole: "legal_representative" } as const;
const MANAGER = { orgRole: "administrator" } as const;
const CHAT_ADMIN = { chatRole: "admin" } as const;

type Given = {
  me?: Partial<Member> | null;
  bob?: Partial<Member> | null;
  organization?: Partial<Organization>;
  items?: Item[];
};

function setup(given: Given = {}) {
  atNow();
  const { me = MANAGER, bob: target = {}, organization, items = [] } = given;
  const mocked = mockedTable([
    stored.organization(organizationOf(organization)),
    ...(me === null ? [] : [stored.member(memberOf(ada.userId, me))]),
    ...(target === null
      ? []
      : [stored.member(memberOf(bob.userId, { email: "bob@example.com", ...target }))]),
    ...items,
  ]);
  const call = caller(roleUseCases(mocked.table));
  const MEMBER = "/v1/organizations/{org}/members/{user}";
  const on = async (
    user: string,
    act: string,
    more: { body?: unknown; headers?: Record<string, string> } = {},
  ) => {
    const [method, path] = act.split(" ");
    return await call(`${method} ${MEMBER}${path ?? ""}`, { as: ada, params: { org: ORG, user }, ...more });
  };
  return { ...mocked, call, on };
}

const theirKey = `O#${ORG}#MEMBERS / USER#${bob.userId}`;
const myKey = `O#${ORG}#MEMBERS / USER#${ada.userId}`;
const orgKey = `O#${ORG} / ORG`;

/** Every act on somebody's record. */
const ACTS: [string, { body?: unknown }][] = [
  ["GET", {}],
  ["PUT /org-role", { body: { role: "administrator" } }],
  ["PUT /chat-role", { body: { role: "admin" } }],
  ["PUT /rights", { body: { mail: true } }],
  ["DELETE", {}],
  ["POST /deactivate", {}],
  ["POST /reactivate", {}],
];

describe.each(ACTS)("%s on a member", (act, request) => {
  test("INV-15 is 404 to an outsider, whether the person is there or not", async () => {
    for (const target of [{}, null]) {
      const { on, transactions } = setup({ me: null, bob: target });
      expect(await on(bob.userId, act, request)).toMatchObject({
        status: 404,
        body: { detail: expect.stringMatching(/organization|nothing here/u) },
      });
      expect(transactions()).toEqual([]);
    }
  });

  test("is 404 for somebody who is not there", async () => {
    expect(await setup({ bob: null }).on(bob.userId, act, request)).toMatchObject({
      status: 404,
      body: { code: "not-found" },
    });
  });

  test("ORG-10 is refused to somebody deactivated", async () => {
    const { on } = setup({ me: { ...LEGAL, state: "deactivated" } });
    expect(await on(bob.userId, act, request)).toMatchObject({
      status: 403,
      body: { code: "member-deactivated" },
    });
  });
});

test.each(ACTS.filter(([act]) => act !== "GET"))(
  "ORG-4, RGT-4 %s is refused to a user, chat admins included, and nothing is written",
  async (act, request) => {
    for (const me of [{}, CHAT_ADMIN]) {
      const { on, transactions } = setup({
        me,
        bob: { state: act.includes("reactivate") ? "deactivated" : "active" },
      });
      expect(await on(bob.userId, act, request)).toMatchObject({
        status: 403,
        body: { code: "not-org-manager" },
      });
      expect(transactions()).toEqual([]);
    }
  },
);

test.each(ACTS.filter(([act]) => act !== "GET" && act !== "PUT /org-role"))(
  "%s with a stale If-Match is 412 and writes nothing",
  async (act, request) => {
    const { on, transactions } = setup({ me: LEGAL });
    const headers = { "if-match": '"1"', "content-type": "application/json" };
    expect(await on(bob.userId, act, { ...request, headers })).toMatchObject({
      status: 412,
      body: { code: "stale" },
    });
    expect(transactions()).toEqual([]);
  },
);

test("ORG-1, ORG-7 a manager gives a member one other org role", async () => {
  const { on, transactions } = setup({ me: { ...MANAGER, version: 6 } });
  expect(await on(bob.userId, "PUT /org-role", { body: { role: "administrator" } })).toMatchObject({
    status: 200,
    headers: { etag: '"3"' },
    body: { userId: bob.userId, orgRole: "administrator", rights: { suite: true, accounting: true } },
  });
  const [writes] = transactions();
  expect([...(writes?.keys() ?? [])].slice(0, 2)).toEqual([
    theirKey,
    `O#${ORG}#MANAGERS / USER#${bob.userId}`,
  ]);
  expect(writes?.get(myKey)?.ConditionCheck).toMatchObject({
    ConditionExpression: "version = :version",
    ExpressionAttributeValues: { ":version": 6 },
  });
  expect(writes?.has(orgKey)).toBe(false);
});

test("ORG-1 there is no role beside the three", async () => {
  for (const role of ["owner", null, ["user", "administrator"]]) {
    expect((await setup().on(bob.userId, "PUT /org-role", { body: { role } })).status).toBe(400);
  }
});

test("ORG-5 only a legal representative makes and unmakes one; the counter moves with it", async () => {
  const make = { body: { role: "legal_representative" } };
  expect(await setup().on(bob.userId, "PUT /org-role", make)).toMatchObject({
    status: 403,
    body: { code: "legal-representative-only", rule: "ORG-5" },
  });
  const { on, transactions } = setup({ me: LEGAL });
  expect((await on(bob.userId, "PUT /org-role", make)).status).toBe(200);
  expect(transactions()[0]?.get(orgKey)?.Update).toMatchObject({
    UpdateExpression: "ADD legalRepresentatives :legalRepresentatives",
    ExpressionAttributeValues: { ":legalRepresentatives": 1 },
  });
  for (const act of ["PUT /org-role", "DELETE", "POST /deactivate"]) {
    const request = act === "PUT /org-role" ? { body: { role: "user" } } : {};
    const refused = setup({ bob: LEGAL, organization: { legalRepresentatives: 2 } });
    expect(await refused.on(bob.userId, act, request)).toMatchObject({
      body: { code: "legal-representative-only" },
    });
  }
});

test.each([
  ["PUT /org-role", { body: { role: "user" } }],
  ["DELETE", {}],
  ["POST /deactivate", {}],
])("ORG-6 %s spares the last legal representative, themselves included", async (act, request) => {
  const alone = setup({ me: LEGAL, organization: { legalRepresentatives: 1 } });
  expect(await alone.on(ada.userId, act, request)).toMatchObject({
    status: 409,
    body: { code: "last-legal-representative", rule: "ORG-6" },
  });
  expect(alone.transactions()).toEqual([]);
  const two = setup({ me: LEGAL, bob: LEGAL, organization: { legalRepresentatives: 2 } });
  expect((await two.on(ada.userId, act, request)).status).toBeLessThan(300);
  expect(two.transactions()[0]?.get(orgKey)?.Update).toMatchObject({
    ConditionExpression: "attribute_exists(pk) AND legalRepresentatives > :one",
    ExpressionAttributeValues: { ":legalRepresentatives": -1 },
  });
});

test("ORG-6 when another one was demoted at the same time, it is decided anew", async () => {
  const { on, client, table, refuse } = setup({
    me: LEGAL,
    bob: LEGAL,
    organization: { legalRepresentatives: 2 },
  });
  expect(table.name).toBe("workspace");
  refuse(keys.organization(ORG), 1);
  expect((await on(bob.userId, "PUT /org-role", { body: { role: "user" } })).status).toBe(200);
  expect(client).toHaveReceivedCommandTimes(TransactWriteCommand, 2);
});

test("a record that never stands still is 503, not an endless try", async () => {
  const { on, refuse, client } = setup();
  refuse(keys.member(ORG, bob.userId));
  expect(await on(bob.userId, "PUT /chat-role", { body: { role: "admin" } })).toMatchObject({
    status: 503,
    headers: { "retry-after": "1" },
  });
  expect(client).toHaveReceivedCommandTimes(TransactWriteCommand, 10);
});

test("RGT-3 an org manager changes chat roles, their own included", async () => {
  const { on, transactions } = setup();
  expect(await on(bob.userId, "PUT /chat-role", { body: { role: "admin" } })).toMatchObject({
    status: 200,
    body: { chatRole: "admin", orgRole: "user" },
  });
  expect((await on(ada.userId, "PUT /chat-role", { body: { role: "admin" } })).body.chatRole).toBe("admin");
  // One's own record is its own check: a transaction may touch an item once only.
  expect([...(transactions()[1]?.keys() ?? [])].filter((key) => key === myKey)).toHaveLength(1);
});

test("RGT-5 rights are set on a user's record; managers hold them all by role", async () => {
  const { on, transactions } = setup();
  const answer = await on(bob.userId, "PUT /rights", { body: { mail: true } });
  expect(answer.body.rights).toEqual({ ...NO_RIGHTS, mail: true });
  expect(transactions()[0]?.get(theirKey)?.Update?.ExpressionAttributeValues).toMatchObject({
    ":rights": { ...NO_RIGHTS, mail: true },
  });
  expect(await setup({ bob: MANAGER }).on(bob.userId, "PUT /rights", { body: { mail: true } })).toMatchObject(
    {
      status: 409,
      body: { code: "rights-by-role", rule: "RGT-5" },
    },
  );
});

test("ORG-10 leaving needs nobody's leave", async () => {
  const { on, transactions } = setup({ me: {} });
  expect((await on(ada.userId, "DELETE")).status).toBe(204);
  const [writes] = transactions();
  expect(writes?.get(myKey)?.Delete).toMatchObject({ ConditionExpression: "version = :version" });
  expect(writes?.get(`O#${ORG}#LIVE / USER#${ada.userId}`)?.Delete).toBeDefined();
  expect(writes?.get(`O#${ORG}#ADDRESSES / member#ada@example.com`)?.Delete).toBeDefined();
  expect(writes?.get(orgKey)?.Update?.ExpressionAttributeValues).toEqual({
    ":seatsHeld": -1,
    ":seatsUsed": -1,
  });
});

test("ORG-10 removal revokes the pending invitations that the person sent", async () => {
  const theirs = invitationOf({ invitedBy: { userId: bob.userId, name: "Bob" } });
  const { on, transactions } = setup({ items: [stored.invitation(theirs)] });
  expect((await on(bob.userId, "DELETE")).status).toBe(204);
  expect(transactions()).toHaveLength(2);
  const end = transactions()[1]?.get(`O#${ORG}#INVITATIONS / INV#${theirs.invitationId}`)?.Update;
  expect(end?.ExpressionAttributeValues).toMatchObject({ ":state": "revoked" });
});

test("ORG-10 removing somebody who is deactivated frees no second seat", async () => {
  const { on, transactions } = setup({ bob: { state: "deactivated" } });
  expect((await on(bob.userId, "DELETE")).status).toBe(204);
  expect(transactions()[0]?.has(orgKey)).toBe(false);
});

test("ORG-10 deactivating frees the seat, closes connections, and happens once", async () => {
  const { on, transactions } = setup();
  expect(await on(bob.userId, "POST /deactivate")).toMatchObject({
    status: 200,
    body: { state: "deactivated" },
  });
  const [writes] = transactions();
  expect(writes?.get(orgKey)?.Update?.ExpressionAttributeValues).toMatchObject({ ":seatsHeld": -1 });
  expect(writes?.get(`O#${ORG}#LIVE / USER#${bob.userId}`)?.Delete).toBeDefined();
  const again = setup({ bob: { state: "deactivated" } });
  expect(await again.on(bob.userId, "POST /deactivate")).toMatchObject({
    status: 409,
    body: { code: "already-deactivated" },
  });
});

test("SEAT-9 reactivating takes a free seat; without one it is refused with the figures", async () => {
  const off = { state: "deactivated" } as const;
  const { on, transactions } = setup({ bob: off });
  expect((await on(bob.userId, "POST /reactivate")).body).toMatchObject({ state: "active" });
  expect(transactions()[0]?.get(orgKey)?.Update).toMatchObject({
    ConditionExpression: expect.stringContaining("seatsUsed < limits.seats"),
    ExpressionAttributeValues: { ":seatsHeld": 1, ":seatsUsed": 1 },
  });
  const full = setup({ bob: off, organization: { seatsHeld: 2, seatsReserved: 1, seatsUsed: 3 } });
  expect(await full.on(bob.userId, "POST /reactivate")).toMatchObject({
    status: 409,
    body: { code: "quota-exceeded", rule: "SEAT-9", quota: "seats", limit: 3, used: 3 },
  });
  expect(await setup().on(bob.userId, "POST /reactivate")).toMatchObject({
    body: { code: "already-active" },
  });
});

test("SEAT-4, SEAT-9 before a refusal, room is made of what is past its date", async () => {
  const ended = stored.invitation(invitationOf({ endsAt: NOW - 1 }));
  const { on, transactions } = setup({
    bob: { state: "deactivated" },
    organization: { seatsHeld: 2, seatsReserved: 1, seatsUsed: 3 },
    items: [ended],
  });
  await on(bob.userId, "POST /reactivate");
  expect(transactions()[0]?.has(`O#${ORG}#INVITATIONS / INV#${ended.invitationId}`)).toBe(true);
});

test("RGT-4, ORG-8 the people are listed to every member, with role and state", async () => {
  const { call } = setup({ me: {}, bob: { ...LEGAL, state: "deactivated" } });
  const list = async (query: Record<string, string> = {}) =>
    (await call("GET /v1/organizations/{org}/members", { as: ada, params: { org: ORG }, query })).body.items;
  expect(await list()).toMatchObject([
    { userId: ada.userId, orgRole: "user", rights: NO_RIGHTS, state: "active" },
    { userId: bob.userId, orgRole: "legal_representative", state: "deactivated" },
  ]);
  expect(await list({ state: "active" })).toMatchObject([{ userId: ada.userId }]);
  expect(await list({ state: "deactivated" })).toMatchObject([{ userId: bob.userId }]);
});

test("MINV-4 pending invitations are listed to managers and chat admins, without a secret", async () => {
  const path = "GET /v1/organizations/{org}/members";
  const request = { as: ada, params: { org: ORG }, query: { state: "pending" } };
  for (const me of [MANAGER, CHAT_ADMIN]) {
    const { call } = setup({ me, items: [stored.invitation(invitationOf())] });
    const answer = await call(path, request);
    expect(answer.body.items).toMatchObject([
      { email: "Bob@example.com", state: "pending", orgRole: "user" },
    ]);
    expect(JSON.stringify(answer.body)).not.toMatch(/secret|hash/iu);
  }
  expect(await setup({ me: {} }).call(path, request)).toMatchObject({
    status: 403,
    body: { rule: "MINV-4" },
  });
});

test("a member is read with their version", async () => {
  expect(await setup({ me: {} }).on(bob.userId, "GET")).toMatchObject({
    status: 200,
    headers: { etag: '"2"' },
    body: { userId: bob.userId, email: "bob@example.com", firstName: "Ada" },
  });
});
