import { BatchGetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import "aws-sdk-client-mock-vitest/extend";
import { expect, test } from "vitest";
import {
  closeExpired,
  closeInvitation,
  closeInvitationWrites,
  countExpired,
  pendingPage,
} from "../../../functions/table/close-invitation.ts";
import { keys } from "../../../functions/table/keys.ts";
import { revokeSentBy } from "../../../functions/table/sent-invitations.ts";
import { TableBusy } from "../../../functions/table/transaction.ts";
import { DAY_MS, guestInvitationOf, INV, invitationOf, NOW, ORG, stored } from "./items.ts";
import { mockedTable } from "./mocked-table.ts";

const origin = { actorId: "usr_actor", sourceIp: undefined, now: NOW };
const inv = (digit: string) => `inv_${"0".repeat(25)}${digit}`;

test.each(["declined", "revoked", "expired"] as const)(
  "SEAT-4, INV-18 %s frees seat and address in the same transaction, with its audit entry",
  (state) => {
    const writes = closeInvitationWrites(invitationOf(), state, origin);
    expect(writes.map(({ label }) => label)).toEqual([
      `invitation ${INV}`,
      `address of ${INV}`,
      "organization",
      "audit",
    ]);
    expect(writes[1]).toMatchObject({
      condition: "invitationId = :invitation",
      values: { ":invitation": INV },
    });
    expect(writes[2]).toMatchObject({ values: { ":seatsReserved": -1, ":seatsUsed": -1 } });
    expect(writes[3]).toMatchObject({ put: { action: `invitation.${state}`, subjectId: INV } });
  },
);

test.each(["declined", "revoked", "expired"] as const)(
  "GINV-8, SEAT-6 a guest's %s frees their place and address, and takes them off every channel",
  (state) => {
    const invitation = guestInvitationOf({ channelIds: ["chn_1", "chn_2"] });
    const writes = closeInvitationWrites(invitation, state, origin);
    expect(writes[1]).toMatchObject({ remove: { sk: "guest#bob@example.com" } });
    expect(writes[2]).toMatchObject({ values: { ":pendingGuests": -1, ":guestsUsed": -1 } });
    expect(writes.slice(3, 5)).toMatchObject([
      { remove: { pk: `O#${ORG}#CHANNEL#chn_1#PEOPLE`, sk: `4#${INV}` } },
      { remove: { pk: `O#${ORG}#CHANNEL#chn_2#PEOPLE`, sk: `4#${INV}` } },
    ]);
  },
);

test("SEAT-6 pending guests past their date are closed with the members', or alone", async () => {
  const invitations = [
    invitationOf({ invitationId: inv("1"), endsAt: NOW - 1 }),
    guestInvitationOf({ invitationId: inv("2"), endsAt: NOW - 1 }),
  ].map(stored.invitation);
  expect(await closeExpired(mockedTable(invitations).table, ORG, NOW, ["guest"])).toBe(1);
  expect(await closeExpired(mockedTable(invitations).table, ORG, NOW)).toBe(2);
  expect(await countExpired(mockedTable(invitations).table, ORG, NOW)).toBe(1);
});

test("GINV-4 pending guests are not among the members to come", async () => {
  const { table } = mockedTable([
    stored.invitation(guestInvitationOf({ invitationId: inv("1") })),
    stored.invitation(invitationOf({ invitationId: inv("2") })),
  ]);
  const ids = async (page: { kind?: "guest" }) =>
    (await pendingPage(table, ORG, { limit: 10, after: undefined, now: NOW, ...page })).items.map(
      ({ invitationId }) => invitationId,
    );
  expect(await ids({})).toEqual([inv("2")]);
  expect(await ids({ kind: "guest" })).toEqual([inv("1")]);
});

test("INV-5 whoever ends it second is told that another was first", async () => {
  const { table, refuse } = mockedTable();
  refuse(keys.invitation(ORG, INV), 1);
  expect(await closeInvitation(table, invitationOf(), "revoked", origin)).toBe(false);
  expect(await closeInvitation(table, invitationOf(), "revoked", origin)).toBe(true);
});

test("SEAT-4 only what is past its date and still pending is closed; the index may lag behind", async () => {
  const invitations = [
    invitationOf({ invitationId: inv("1"), endsAt: NOW - 1 }),
    invitationOf({ invitationId: inv("2"), endsAt: NOW }),
    invitationOf({ invitationId: inv("3"), endsAt: NOW + 1 }),
    invitationOf({ invitationId: inv("4"), endsAt: NOW - DAY_MS, state: "revoked" }),
  ];
  const { client, table, transactions } = mockedTable(
    invitations.map((invitation) => ({
      ...stored.invitation(invitation),
      ...keys.pendingIndex(ORG, "member", invitation.invitationId, invitation.endsAt),
    })),
  );
  expect(await closeExpired(table, ORG, NOW)).toBe(2);
  expect(transactions().map((writes) => [...writes.keys()][0])).toEqual([
    `O#${ORG}#INVITATIONS / INV#${inv("1")}`,
    `O#${ORG}#INVITATIONS / INV#${inv("2")}`,
  ]);
  expect(client).toHaveReceivedCommandWith(QueryCommand, {
    IndexName: "gsi1",
    KeyConditionExpression: "gsi1pk = :pk AND gsi1sk <= :upTo",
    ExpressionAttributeValues: { ":pk": `O#${ORG}#PENDING#member`, ":upTo": "2026-03-01T10:00:00.000Z~" },
  });
});

test("SEAT-4 two that close the same invitation at once count it once", async () => {
  const { table, refuse } = mockedTable([stored.invitation(invitationOf({ endsAt: NOW - 1 }))]);
  refuse(keys.invitation(ORG, INV));
  expect(await closeExpired(table, ORG, NOW)).toBe(0);
});

test("MINV-4 the pending list begins after what is past its date, and goes on after a cursor", async () => {
  const { client, table } = mockedTable([stored.invitation(invitationOf())]);
  const page = await pendingPage(table, ORG, { limit: 10, after: undefined, now: NOW });
  expect(page.items.map(({ invitationId }) => invitationId)).toEqual([INV]);
  expect(client).toHaveReceivedLastCommandWith(QueryCommand, {
    KeyConditionExpression: "gsi1pk = :pk AND gsi1sk > :after",
    ExpressionAttributeValues: { ":pk": `O#${ORG}#PENDING#member`, ":after": "2026-03-01T10:00:00.000Z~" },
    Limit: 10,
  });
  await pendingPage(table, ORG, { limit: 10, after: "2026-03-02T00:00:00.000Z#inv_1", now: NOW });
  expect(client).toHaveReceivedLastCommandWith(QueryCommand, {
    ExpressionAttributeValues: {
      ":pk": `O#${ORG}#PENDING#member`,
      ":after": "2026-03-02T00:00:00.000Z#inv_1",
    },
  });
  expect(client).toHaveReceivedCommandWith(BatchGetCommand, {
    RequestItems: { workspace: { Keys: [keys.invitation(ORG, INV)], ConsistentRead: true } },
  });
});

test("ORG-10 what somebody sent is revoked, or expired if it is, and nobody else's", async () => {
  const mine = { userId: "usr_gone", name: "Gone" };
  const { table, transactions } = mockedTable([
    stored.invitation(invitationOf({ invitationId: inv("1"), invitedBy: mine })),
    stored.invitation(invitationOf({ invitationId: inv("2") })),
    stored.invitation(invitationOf({ invitationId: inv("3"), invitedBy: mine, endsAt: NOW - 1 })),
  ]);
  await revokeSentBy(table, ORG, "usr_gone", origin);
  const states = transactions().map(
    (writes) => [...writes.values()][0]?.Update?.ExpressionAttributeValues?.[":state"],
  );
  expect(states).toEqual(["expired", "revoked"]);
});

test("a batch that stays unread is not taken for an empty one", async () => {
  const { client, table } = mockedTable([stored.invitation(invitationOf())]);
  const Keys = [keys.invitation(ORG, INV)];
  client.on(BatchGetCommand).resolves({ UnprocessedKeys: { workspace: { Keys } } });
  await expect(pendingPage(table, ORG, { limit: 10, after: undefined, now: NOW })).rejects.toThrow(TableBusy);
  expect(client).toHaveReceivedCommandTimes(BatchGetCommand, 4);
});
