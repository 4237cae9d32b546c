import { expect, test } from "vitest";
import {
  countersWrite,
  newOrganizationWrite,
  seatCounters,
  updateOrganizationWrite,
} from "../../../functions/table/organizations.ts";
import { ORG, organizationOf } from "./items.ts";

const key = { pk: `O#${ORG}`, sk: "ORG" };

test("SEAT-2, SEAT-3 a seat is reserved under the limit, compared inside the write", () => {
  expect(countersWrite(ORG, { reserved: 1, needs: ["free-seat"] })).toEqual({
    label: "organization",
    update: key,
    expression: "ADD seatsReserved :seatsReserved, seatsUsed :seatsUsed",
    condition: "attribute_exists(pk) AND (attribute_type(limits.seats, :null) OR seatsUsed < limits.seats)",
    values: { ":seatsReserved": 1, ":seatsUsed": 1, ":null": "NULL" },
  });
});

test("SEAT-5 accepting compares the seats held, and the sum stays the sum", () => {
  expect(countersWrite(ORG, { held: 1, reserved: -1, needs: ["holdable-seat"] })).toMatchObject({
    // 1 − 1: the seat was counted while it was reserved (SEAT-3).
    expression: "ADD seatsHeld :seatsHeld, seatsReserved :seatsReserved",
    condition: "attribute_exists(pk) AND (attribute_type(limits.seats, :null) OR seatsHeld < limits.seats)",
    values: { ":seatsHeld": 1, ":seatsReserved": -1, ":null": "NULL" },
  });
});

test("ORG-6 a legal representative goes only while there is another one", () => {
  const change = { held: -1, legalRepresentatives: -1, needs: ["another-legal-representative"] } as const;
  expect(countersWrite(ORG, change)).toMatchObject({
    condition: "attribute_exists(pk) AND legalRepresentatives > :one",
    values: { ":seatsHeld": -1, ":seatsUsed": -1, ":legalRepresentatives": -1, ":one": 1 },
  });
});

test("SEAT-4 freeing asks for nothing but the organization", () => {
  expect(countersWrite(ORG, { reserved: -1 })).toMatchObject({
    condition: "attribute_exists(pk)",
    values: { ":seatsReserved": -1, ":seatsUsed": -1 },
  });
});

test("SEAT-7 a limit is stored as it is, no limit as null", () => {
  const organization = organizationOf({ limits: { ...organizationOf().limits, seats: null } });
  expect(newOrganizationWrite(organization)).toMatchObject({
    put: { ...key, limits: { seats: null } },
    condition: "attribute_not_exists(pk)",
  });
  expect(seatCounters(organization)).toEqual({ limit: null, held: 1, reserved: 0 });
});

test("SEAT-5 a change by hand leaves the counters alone and asks for the version that was read", () => {
  const before = organizationOf({ version: 4 });
  const write = updateOrganizationWrite(before, { ...before, name: "Other" });
  expect(write).toMatchObject({
    update: key,
    condition: "version = :version",
    values: { ":name": "Other", ":version": 4, ":next": 5 },
  });
  expect("expression" in write && write.expression).not.toMatch(/seats|legalRepresentatives/u);
});
