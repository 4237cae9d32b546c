import { expect, test } from "vitest";
import {
  inviteAddressWrite,
  joinAddressWrite,
  leaveAddressWrite,
  ownAddressWrite,
} from "../../../functions/table/addresses.ts";
import { dropHandleWrites, findByHandle, handleWrites } from "../../../functions/table/person-handles.ts";
import { transact } from "../../../functions/table/transaction.ts";
import { engineTable } from "./engine-table.ts";

const table = engineTable();
const ORG = "org_a";
const slot = (name: string, org = ORG) =>
  ({ org, kind: "member", addressKey: `${name}@example.com` }) as const;

test("MSG-10 whoever accepts is found by handle on the address that they were invited under", async () => {
  const find = async (...handles: string[]) => await findByHandle(table(), ORG, handles);
  await transact(table(), [inviteAddressWrite(slot("ann"), "inv_1", Date.now())]);
  expect(await find("ann-1")).toEqual([]);
  await transact(table(), [joinAddressWrite(slot("ann"), "inv_1", { userId: "usr_ann", handle: "ann-1" })]);
  expect(await find("ann-1", "ann", "ann-12")).toEqual(["usr_ann"]);
  expect(await findByHandle(table(), "org_b", ["ann-1"])).toEqual([]);
  await transact(table(), [leaveAddressWrite(slot("ann"), "usr_ann")]);
  expect(await find("ann-1")).toEqual([]);
});

test("MSG-10 another address of somebody bears no handle", async () => {
  await transact(table(), [
    ownAddressWrite(slot("bob"), { userId: "usr_bob", handle: "bob-1" }),
    { ...ownAddressWrite(slot("bob.work"), { userId: "usr_bob" }), label: "another" },
  ]);
  expect(await findByHandle(table(), ORG, ["bob-1", "eve-1"])).toEqual(["usr_bob"]);
});

test("MSG-10 who has no address of theirs is found all the same, until they leave", async () => {
  const eve = { organizationId: ORG, userId: "usr_eve", handle: "eve-9", addressKeys: [] };
  await transact(table(), handleWrites(eve));
  expect(await findByHandle(table(), ORG, ["eve-9"])).toEqual(["usr_eve"]);
  await transact(table(), dropHandleWrites(eve));
  expect(await findByHandle(table(), ORG, ["eve-9"])).toEqual([]);
  expect(handleWrites({ ...eve, addressKeys: ["eve@example.com"] })).toEqual([]);
});
