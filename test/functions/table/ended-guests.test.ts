import { expect, test } from "vitest";
import { countEndedGuests, endGuest, endGuestsOf } from "../../../functions/table/ended-guests.ts";
import { endGuestWrites } from "../../../functions/table/guest-removal.ts";
import { changeGuestEndWrites, newGuestWrites } from "../../../functions/table/guests.ts";
import { keys } from "../../../functions/table/keys.ts";
import { endAllGuests } from "../../../functions/table/sweep.ts";
import type { Write } from "../../../functions/table/transaction.ts";
import { DAY_MS, guestOf, memberOf, NOW, ORG, stored } from "./items.ts";
import { mockedTable } from "./mocked-table.ts";

const USER = "usr_0001";
const OTHER_ORG = `org_${"0".repeat(25)}9`;
const labels = (writes: readonly Write[]) => writes.map(({ label }) => label);
const recordKey = (user: string, org = ORG) => `O#${org}#MEMBERS / USER#${user}`;

test("GINV-10 a guest's end has a row of its own, found by organization and by day", () => {
  const endless = newGuestWrites(guestOf(USER), NOW);
  expect(labels(endless)).toEqual(["guest", "guest row", "directory"]);
  const [, , end] = newGuestWrites(guestOf(USER, { endsAt: NOW }), NOW);
  expect(end).toMatchObject({
    put: {
      pk: `O#${ORG}#GUESTS`,
      sk: `ENDS#2026-03-01T10:00:00.000Z#${USER}`,
      gsi1pk: "ENDS#2026-03-01",
      endsAt: NOW,
    },
  });
});

test("GINV-10 another end takes the place of the former one", () => {
  const guest = guestOf(USER, { endsAt: NOW });
  expect(labels(changeGuestEndWrites(guest, NOW + 1))).toEqual(["guest", "former guest end", "guest end"]);
  expect(labels(changeGuestEndWrites(guest, undefined))).toEqual(["guest", "former guest end"]);
  expect(labels(changeGuestEndWrites(guest, NOW))).toEqual(["guest"]);
});

test("GINV-9 the end of a guest frees all that was theirs, and counts what else the transaction moves", () => {
  const guest = guestOf(USER, { endsAt: NOW, addressKeys: ["a@example.net", "b@example.net"] });
  const writes = endGuestWrites(guest, { pendingGuests: -1 });
  expect(labels(writes)).toEqual([
    "guest",
    "guest row",
    "former guest end",
    "directory",
    "guest address 1",
    "guest address 2",
    "live",
    "status",
    "organization",
  ]);
  expect(writes.at(-1)?.values).toEqual({ ":guests": -1, ":pendingGuests": -1, ":guestsUsed": -2 });
});

test("GINV-10 an organization's guests past their end are removed by whoever needs room, the others not", async () => {
  const { table, transactions } = mockedTable([
    ...stored.guest(guestOf("usr_1", { endsAt: NOW - DAY_MS })),
    ...stored.guest(guestOf("usr_2", { endsAt: NOW })),
    ...stored.guest(guestOf("usr_3", { endsAt: NOW + 1 })),
    ...stored.guest(guestOf("usr_4")),
    ...stored.guest(guestOf("usr_5", { endsAt: NOW - 1, organizationId: OTHER_ORG })),
  ]);
  expect(await countEndedGuests(table, ORG, NOW)).toBe(2);
  const intents = await endGuestsOf(table, ORG, NOW);
  expect(intents.map(({ facts }) => facts)).toEqual(
    ["usr_1", "usr_2"].map((userId) => ({ kind: "align", userId, join: [], groupIds: [] })),
  );
  expect(transactions().map((writes) => [...writes.keys()][0])).toEqual([
    recordKey("usr_1"),
    recordKey("usr_2"),
  ]);
});

test("GINV-10 one whom somebody else removed, or gave another end, meanwhile is left alone", async () => {
  const guest = guestOf(USER, { endsAt: NOW });
  const { table, refuse } = mockedTable(stored.guest(guest));
  refuse(keys.member(ORG, USER));
  expect(await endGuest(table, guest, NOW)).toBeUndefined();
});

test("GINV-11 who became a member since is no guest past their end", async () => {
  const [, row, end] = stored.guest(guestOf(USER, { endsAt: NOW }));
  const left = [stored.member(memberOf(USER)), ...(row && end ? [row, end] : [])];
  const { table, transactions } = mockedTable(left);
  expect(await endGuestsOf(table, ORG, NOW)).toEqual([]);
  expect(await endAllGuests(table, NOW, () => true)).toEqual([]);
  expect(transactions()).toEqual([]);
});

test("GINV-10 the sweep removes them in every organization, the oldest day first, while there is time", async () => {
  const items = [
    ...stored.guest(guestOf("usr_1", { endsAt: NOW - 1 })),
    ...stored.guest(guestOf("usr_2", { endsAt: NOW - 3 * DAY_MS, organizationId: OTHER_ORG })),
    ...stored.guest(guestOf("usr_3", { endsAt: NOW + 1 })),
  ];
  const { table, transactions } = mockedTable(items);
  expect(await endAllGuests(table, NOW, () => true)).toHaveLength(2);
  expect(transactions().map((writes) => [...writes.keys()][0])).toEqual([
    recordKey("usr_2", OTHER_ORG),
    recordKey("usr_1"),
  ]);
  const hurried = mockedTable(items);
  expect(await endAllGuests(hurried.table, NOW, () => false)).toEqual([]);
  expect(hurried.transactions()).toEqual([]);
});
