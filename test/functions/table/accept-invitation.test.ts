import { expect, test } from "vitest";
import { type Acceptance, acceptWrites } from "../../../functions/table/accept-invitation.ts";
import { newIntent } from "../../../functions/table/intents.ts";
import { readOwnAddress } from "../../../functions/table/own-address.ts";
import { namesCheck, profileWrite } from "../../../functions/table/profiles.ts";
import { GENERAL, guestOf, invitationOf, memberOf, NOW, ORG, stored } from "./items.ts";
import { mockedTable } from "./mocked-table.ts";

const USER = "usr_bob";
const SIBLING = invitationOf({ invitationId: `inv_${"0".repeat(25)}8`, addressKey: "rob@example.com" });
const INVITED = { org: ORG, kind: "member", addressKey: "bob@example.com" } as const;
const SENDER = memberOf("usr_sender", { chatRole: "admin", version: 5 });
const origin = { actorId: USER, sourceIp: "203.0.113.7", now: NOW };

function acceptance(change: Partial<Acceptance> = {}): Acceptance {
  const {
    kind: _kind,
    version: _version,
    joinedAt: _joinedAt,
    addressKeys: _addressKeys,
    ...member
  } = memberOf(USER);
  return {
    invitation: invitationOf(),
    givenChannelIds: [GENERAL],
    authority: { sender: SENDER, grantor: SENDER },
    own: { kind: "same" },
    member,
    guest: undefined,
    profile: namesCheck(USER, { firstName: "Bob", lastName: "Low" }),
    intent: undefined,
    origin,
    ...change,
  };
}

function writes(change: Partial<Acceptance> = {}) {
  const made = acceptWrites(acceptance(change));
  return {
    labels: made.map(({ label }) => label),
    named: (label: string) => made.find((write) => write.label === label),
    all: made,
  };
}

test("INV-5 accepting is one transaction: the invitation ends, its seat is held, the member begins", () => {
  const { labels, named } = writes();
  expect(labels).toEqual([
    "invitation inv_00000000000000000000000002",
    "address of inv_00000000000000000000000002",
    "organization",
    "member",
    "directory",
    "profile",
    "login",
    "sender",
    "audit",
  ]);
  expect(named("organization")).toMatchObject({ values: { ":seatsHeld": 1, ":seatsReserved": -1 } });
  expect(named("member")).toMatchObject({ put: { addressKeys: ["bob@example.com"], version: 1 } });
  expect(named("audit")).toMatchObject({ put: { action: "invitation.accepted", details: { userId: USER } } });
});

test("INV-14 the sender is still who they were when it was decided", () => {
  expect(writes().named("sender")).toMatchObject({
    check: { pk: `O#${ORG}#MEMBERS`, sk: "USER#usr_sender" },
    condition: "version = :version",
    values: { ":version": 5 },
  });
});

test("INV-14, MINV-8 so is who answers for an edited grant", () => {
  const grantor = memberOf("usr_editor", { version: 9 });
  expect(writes({ authority: { sender: SENDER, grantor } }).named("grantor")).toMatchObject({
    check: { pk: `O#${ORG}#MEMBERS`, sk: "USER#usr_editor" },
    values: { ":version": 9 },
  });
});

test("MINV-8, INV-9 what is accepted is what was read: neither edited nor sent anew meanwhile", () => {
  const { named } = writes({ invitation: invitationOf({ version: 7 }) });
  expect(named("invitation inv_00000000000000000000000002")).toMatchObject({
    condition: "#state = :pending AND endsAt > :now AND version = :version",
    values: { ":version": 7 },
  });
});

test("SHR-3 the address that they signed in with is known as a login from now on", () => {
  expect(writes().named("login")).toMatchObject({ put: { userId: USER } });
});

test("MINV-5 a legal representative is counted, a chat admin listed", () => {
  const {
    kind: _kind,
    version: _,
    joinedAt: __,
    addressKeys: ___,
    ...member
  } = memberOf(USER, { orgRole: "legal_representative" });
  const { labels, named } = writes({ member });
  expect(named("organization")).toMatchObject({ values: { ":legalRepresentatives": 1 } });
  expect(labels).toContain("manager");
});

test("INV-7 what was registered is kept with the acceptance", () => {
  const profile = {
    userId: USER,
    firstName: "Bob",
    lastName: "Low",
    termsVersion: "1",
    locale: "en",
  } as const;
  expect(writes({ profile: profileWrite(profile, undefined, NOW) }).named("profile")).toMatchObject({
    update: { pk: `U#${USER}`, sk: "PROFILE" },
    values: { ":first": "Bob", ":last": "Low", ":terms": "1" },
  });
});

test("MINV-6 another login's address becomes the member's too, so that nobody invites it", () => {
  const { named } = writes({ own: { kind: "free", addressKey: "rob@example.com" } });
  expect(named("own address")).toMatchObject({
    put: { sk: "member#rob@example.com", userId: USER },
    condition: "attribute_not_exists(pk)",
  });
  expect(named("member")).toMatchObject({ put: { addressKeys: ["bob@example.com", "rob@example.com"] } });
});

test("INV-19 the same person's other invitation is revoked, and both reservations are freed", () => {
  const { labels, named } = writes({
    own: { kind: "invited", addressKey: "rob@example.com", sibling: SIBLING },
  });
  expect(named(`invitation ${SIBLING.invitationId}`)).toMatchObject({ values: { ":state": "revoked" } });
  expect(named(`address of ${SIBLING.invitationId}`)).toMatchObject({ values: { ":user": USER } });
  expect(named("organization")).toMatchObject({
    values: { ":seatsHeld": 1, ":seatsReserved": -2, ":seatsUsed": -1 },
  });
  expect(labels.filter((label) => label === "audit")).toHaveLength(2);
});

test("MINV-6 a guest's record becomes the member's, and what only guests have goes, place and connections included", () => {
  const guest = guestOf(USER, { version: 7, endsAt: NOW + 1 });
  const { named, all } = writes({ guest });
  expect(named("member")).toMatchObject({
    put: { kind: "member", version: 8 },
    condition: "version = :version AND kind = :guest",
    values: { ":version": 7 },
  });
  expect(named("organization")).toMatchObject({
    values: { ":seatsHeld": 1, ":seatsReserved": -1, ":guests": -1, ":guestsUsed": -1 },
  });
  const removed = all.flatMap((write) =>
    "remove" in write ? [`${write.remove.pk} / ${write.remove.sk}`] : [],
  );
  expect(removed).toEqual(
    expect.arrayContaining([
      `O#${ORG}#GUESTS / USER#${USER}`,
      `O#${ORG}#DIRECTORY / G#blas gil#${USER}`,
      `O#${ORG}#ADDRESSES / guest#gil@example.net`,
      `O#${ORG}#LIVE / USER#${USER}`,
    ]),
  );
  expect(named("audit")).toMatchObject({ put: { details: { wasGuest: true } } });
});

test("MINV-5 what is left to join is written with the acceptance", () => {
  const intent = newIntent(ORG, { kind: "align", userId: USER, join: ["chn_1"], groupIds: [] }, NOW);
  expect(writes({ intent }).named("intent")).toMatchObject({ put: { facts: { join: ["chn_1"] } } });
});

test("no transaction writes one item twice, and none is too large", () => {
  const { labels } = writes({
    own: { kind: "invited", addressKey: "rob@example.com", sibling: SIBLING },
  });
  expect(new Set(labels.filter((label) => label !== "audit")).size).toBe(labels.length - 2);
  expect(labels.length).toBeLessThanOrEqual(100);
});

test.each([
  ["the invited one", "bob@example.com", [], { kind: "same" }],
  ["none that is verified", "", [], { kind: "same" }],
  ["a free one", "rob@example.com", [], { kind: "free", addressKey: "rob@example.com" }],
  [
    "somebody's",
    "rob@example.com",
    [stored.address("rob@example.com", { userId: "usr_else" })],
    { kind: "taken" },
  ],
  [
    "an invitation's that is gone",
    "rob@example.com",
    [stored.address("rob@example.com", { invitationId: "inv_gone" })],
    { kind: "taken" },
  ],
])("the login's address is %s", async (_, ownKey, items, expected) => {
  const { table } = mockedTable(items);
  expect(await readOwnAddress(table, INVITED, ownKey)).toEqual(expected);
});

test("INV-19 the login's address is invited itself", async () => {
  const { table } = mockedTable([
    stored.invitation(SIBLING),
    stored.address("rob@example.com", { invitationId: SIBLING.invitationId }),
  ]);
  expect(await readOwnAddress(table, INVITED, "rob@example.com")).toMatchObject({
    kind: "invited",
    sibling: { invitationId: SIBLING.invitationId },
  });
});
