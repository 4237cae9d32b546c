import { expect, test } from "vitest";
import { logger } from "../../../functions/shell/logger.ts";
import { endGuests, madeRoom } from "../../../functions/shell/made-room.ts";
import {
  DAY_MS,
  guestInvitationOf,
  guestOf,
  invitationOf,
  NOW,
  ORG,
  organizationOf,
  stored,
} from "../table/items.ts";
import { type Item, mockedTable } from "../table/mocked-table.ts";

logger.setLogLevel("SILENT");

const limits = { ...organizationOf().limits, seats: 3, guests: 2 };
const FULL = {
  limits,
  seatsHeld: 2,
  seatsReserved: 1,
  seatsUsed: 3,
  guests: 1,
  pendingGuests: 1,
  guestsUsed: 2,
};

const setup = (items: Item[], organization = organizationOf(FULL)) =>
  mockedTable([stored.organization(organization), ...items]);

test("SEAT-4 what expired makes room for its own kind", async () => {
  const member = stored.invitation(invitationOf({ endsAt: NOW - 1 }));
  const guest = stored.invitation(guestInvitationOf({ endsAt: NOW - 1 }));
  expect(await madeRoom(setup([member]).table, ORG, NOW)).toBe(true);
  expect(await madeRoom(setup([guest]).table, ORG, NOW)).toBe(false);
  expect(await madeRoom(setup([member]).table, ORG, NOW, "guest")).toBe(false);
  expect(await madeRoom(setup([guest]).table, ORG, NOW, "guest")).toBe(true);
});

test("GINV-10, SEAT-6 guests past their end make room for guests, never for members", async () => {
  const over = stored.guest(guestOf("usr_1", { endsAt: NOW - DAY_MS }));
  const { table, transactions } = setup(over);
  expect(await madeRoom(table, ORG, NOW)).toBe(false);
  expect(transactions()).toEqual([]);
  expect(await madeRoom(table, ORG, NOW, "guest")).toBe(true);
  expect(transactions()).not.toEqual([]);
});

test("SEAT-4 room that somebody else made meanwhile is room", async () => {
  const { table } = setup([], organizationOf({ ...FULL, seatsReserved: 0, seatsUsed: 2, pendingGuests: 0 }));
  expect(await madeRoom(table, ORG, NOW)).toBe(true);
  expect(await madeRoom(table, ORG, NOW, "guest")).toBe(true);
  expect(await madeRoom(mockedTable().table, ORG, NOW)).toBe(false);
});

test("GINV-10 whoever shows figures removes who is past their end before", async () => {
  const over = stored.guest(guestOf("usr_1", { endsAt: NOW }));
  expect(await endGuests(setup(over).table, ORG, NOW)).toBe(1);
  expect(await endGuests(setup(stored.guest(guestOf("usr_1"))).table, ORG, NOW)).toBe(0);
});
