import { expect, test } from "vitest";
import { newIntent } from "../../../functions/table/intents.ts";
import { isManaging } from "../../../functions/table/managers.ts";
import { changeMemberWrites, removeMemberWrites } from "../../../functions/table/member-changes.ts";
import { handleFor, membershipsOf, newMemberWrites, standingOf } from "../../../functions/table/members.ts";
import type { Write } from "../../../functions/table/transaction.ts";
import { memberOf, NOW, ORG, stored } from "./items.ts";
import { mockedTable } from "./mocked-table.ts";

const USER = "usr_0001";
const intent = newIntent(ORG, { kind: "align", userId: USER, join: [], groupIds: [] }, NOW);
const origin = { actorId: "usr_actor", sourceIp: "203.0.113.7", now: NOW };
const labels = (writes: readonly Write[]) => writes.map(({ label }) => label);
const named = (writes: readonly Write[], label: string) => writes.find((write) => write.label === label);

test("a new member has no record yet, and is found by person", () => {
  const [record, ...rest] = newMemberWrites(memberOf(USER), NOW);
  expect(record).toMatchObject({
    put: { pk: `O#${ORG}#MEMBERS`, sk: `USER#${USER}`, gsi1pk: `U#${USER}`, gsi1sk: `O#${ORG}`, version: 1 },
    condition: "attribute_not_exists(pk)",
  });
  expect(rest).toMatchObject([{ label: "directory", put: { sk: `M#byron ada#${USER}`, userId: USER } }]);
});

test("DIR-1 who is deactivated leaves the directory, and comes back to it", () => {
  const audit = { action: "member.deactivated" } as const;
  const change = (from: "active" | "deactivated", to: "active" | "deactivated") =>
    named(
      changeMemberWrites({
        before: memberOf(USER, { state: from }),
        after: memberOf(USER, { state: to }),
        origin,
        audit,
      }),
      "directory",
    );
  const key = { pk: `O#${ORG}#DIRECTORY`, sk: `M#byron ada#${USER}` };
  expect(change("active", "deactivated")).toEqual({ label: "directory", remove: key });
  expect(change("deactivated", "active")).toMatchObject({ put: key });
  expect(change("active", "active")).toBeUndefined();
});

test.each([
  [{ orgRole: "user", chatRole: "user", state: "active" } as const, false],
  [{ orgRole: "user", chatRole: "admin", state: "active" } as const, true],
  [{ orgRole: "administrator", chatRole: "user", state: "active" } as const, true],
  [{ orgRole: "legal_representative", chatRole: "admin", state: "deactivated" } as const, false],
])("RGT-1 %j is listed among managers and chat admins: %s", (roles, isListed) => {
  expect(isManaging(roles)).toBe(isListed);
  expect(labels(newMemberWrites(memberOf(USER, roles), NOW)).includes("manager")).toBe(isListed);
});

test("RGT-1 the list of managers follows a change of roles", () => {
  const change = (before: object, after: object) =>
    named(
      changeMemberWrites({
        before: memberOf(USER, before),
        after: memberOf(USER, after),
        origin,
        audit: { action: "member.chat-role-changed" },
      }),
      "manager",
    );
  expect(change({ chatRole: "user" }, { chatRole: "admin" })).toHaveProperty("put");
  expect(change({ chatRole: "admin" }, { chatRole: "user" })).toHaveProperty("remove");
  expect(
    change({ chatRole: "admin", orgRole: "administrator" }, { orgRole: "administrator" }),
  ).toBeUndefined();
});

test("INV-18 a change is written on the version that was decided on, with its audit entry", () => {
  const before = memberOf(USER, { version: 7 });
  const writes = changeMemberWrites({
    before,
    after: { ...before, chatRole: "admin" },
    origin,
    audit: { action: "member.chat-role-changed", details: { from: "user", to: "admin" } },
  });
  expect(named(writes, "member")).toMatchObject({
    condition: "version = :version",
    values: { ":version": 7, ":next": 8, ":chatRole": "admin" },
  });
  expect(named(writes, "audit")).toMatchObject({
    put: {
      pk: `O#${ORG}#AUDIT`,
      action: "member.chat-role-changed",
      actorId: "usr_actor",
      subjectId: USER,
      sourceIp: "203.0.113.7",
      at: "2026-03-01T10:00:00.000Z",
      details: { from: "user", to: "admin" },
    },
  });
});

test("ORG-10 deactivating cuts the person off in the same write; another change does not", () => {
  const before = memberOf(USER);
  const audit = { action: "member.deactivated" } as const;
  const off = changeMemberWrites({ before, after: { ...before, state: "deactivated" }, origin, audit });
  expect(named(off, "live")).toEqual({ label: "live", remove: { pk: `O#${ORG}#LIVE`, sk: `USER#${USER}` } });
  expect(labels(changeMemberWrites({ before, after: before, origin, audit }))).not.toContain("live");
});

test("ORG-10 removing frees record, addresses, seat and connections at once", () => {
  const member = memberOf(USER, { addressKeys: ["a@example.com", "b@example.com"], chatRole: "admin" });
  const writes = removeMemberWrites(member, { held: -1 }, origin, intent);
  expect(labels(writes)).toEqual([
    "member",
    "manager",
    "directory",
    "address 1",
    "address 2",
    "live",
    "status",
    "organization",
    "audit",
    "intent",
  ]);
  expect(named(writes, "address 2")).toMatchObject({
    remove: { pk: `O#${ORG}#ADDRESSES`, sk: "member#b@example.com" },
    condition: "userId = :user",
  });
  expect(named(writes, "audit")).toMatchObject({ put: { action: "member.removed" } });
  const left = removeMemberWrites(member, undefined, { ...origin, actorId: USER }, intent);
  expect(named(left, "audit")).toMatchObject({ put: { action: "member.left" } });
  expect(labels(left)).not.toContain("organization");
});

test("ORG-8 a person's memberships come from the index, their records from the table", async () => {
  const other = memberOf(USER, { organizationId: `org_${"0".repeat(25)}9` });
  const { table } = mockedTable([memberOf(USER), other, memberOf("usr_else")].map(stored.member));
  const found = await membershipsOf(table, USER);
  expect(found.map(({ organizationId }) => organizationId)).toEqual([ORG, other.organizationId]);
});

test("somebody without a record is an outsider", () => {
  expect(standingOf(undefined)).toEqual({ kind: "outsider" });
  expect(standingOf(memberOf(USER))).toMatchObject({ kind: "member", orgRole: "user", state: "active" });
});

test.each([
  ["Ada.Byron@example.com", "ada.byron-0001"],
  ["zoë+news@example.com", "zoenews-0001"],
  ["日本@example.jp", "member-0001"],
  [`${"a".repeat(60)}@example.com`, `${"a".repeat(40)}-0001`],
  ["", "member-0001"],
])("CH-4 the handle of %s is %s", (email, handle) => {
  expect(handleFor(email, USER)).toBe(handle);
});
