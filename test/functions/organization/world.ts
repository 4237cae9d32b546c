import { QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import { organizationUseCases } from "../../../functions/organization/use-cases.ts";
import { directoryWrite } from "../../../functions/table/directory.ts";
import type { Guest } from "../../../functions/table/guests.ts";
import { generalChannelId, keys } from "../../../functions/table/keys.ts";
import type { Member } from "../../../functions/table/members.ts";
import { caller, personWith } from "../shell/caller.ts";
import { atNow } from "../table/at-now.ts";
import { memberOf, ORG, organizationOf, stored } from "../table/items.ts";
import { type Item, mockedTable } from "../table/mocked-table.ts";

export const GENERAL = generalChannelId(ORG);

/** A channel's id that ends with this digit. */
export const channelId = (digit: number): string => `chn_${"0".repeat(24)}c${digit}`;

export function guestOf(userId: string, change: Partial<Guest> = {}): Guest {
  return {
    kind: "guest",
    organizationId: ORG,
    userId,
    email: "gil@example.org",
    firstName: "Gil",
    lastName: "Ember",
    handle: "gil-0000",
    joinedAt: "2026-01-01T00:00:00.000Z",
    channelCount: 1,
    addressKeys: ["gil@example.org"],
    invitedBy: { userId: "usr_sender", name: "Ada Byron" },
    version: 1,
    ...change,
  };
}

function directoryItem(kind: "member" | "guest", person: Member | Guest): Item {
  const write = directoryWrite(kind, person);
  if (!("put" in write)) throw new Error("an entry is put");
  return { pk: "", sk: "", ...write.put };
}

/** A member with their record, their entry in the directory and their address, as they lie in the table. */
export function memberItems(member: Member): Item[] {
  return [
    stored.member(member),
    directoryItem("member", member),
    ...member.addressKeys.map((addressKey) => stored.address(addressKey, { userId: member.userId })),
  ];
}

/** A guest with their record and their entry. */
export function guestItems(guest: Guest): Item[] {
  const { organizationId: org, userId } = guest;
  return [
    { ...keys.member(org, userId), ...keys.memberIndex(org, userId), ...guest },
    directoryItem("guest", guest),
  ];
}

/** A channel of the organization. */
export function channelItem(id: string, type: "public" | "private", isGeneral = false): Item {
  return {
    ...keys.channel(ORG, id),
    channelId: id,
    name: "Works",
    handle: "works",
    type,
    purpose: "",
    header: "",
    isGeneral,
    isDefault: isGeneral,
    members: 1,
    guests: 0,
    createdAt: "2026-01-01T00:00:00.000Z",
    createdBy: "usr_1",
    version: 1,
  };
}

/** Somebody's row of a channel. */
export function rowItem(userId: string, id: string, kind: "member" | "guest", role = "member"): Item {
  return { ...keys.personChannel(ORG, userId, id), channelId: id, role, kind, joinedAt: "2026-01-01" };
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** DynamoDB's Query over these items, in the order of bytes, as far as lists and searches use it. */
function queryOver(items: readonly Item[]) {
  return (input: QueryCommandInput) => {
    const { IndexName, Limit = 1_000, ExclusiveStartKey: start } = input;
    const [pk, sk] = IndexName === undefined ? ["pk", "sk"] : ["gsi1pk", "gsi1sk"];
    const values = input.ExpressionAttributeValues ?? {};
    const order = (a: unknown, b: unknown) => Buffer.compare(Buffer.from(textOf(a)), Buffer.from(textOf(b)));
    const { ":after": after = "", ":upTo": upTo } = values;
    const found = items
      .filter((item) => item[pk] === values[":pk"])
      .filter((item) => textOf(item[sk]).startsWith(textOf(values[":prefix"])))
      .filter((item) => order(item[sk], after) >= 0 && (upTo === undefined || order(item[sk], upTo) <= 0))
      .filter((item) => start === undefined || order(item[sk], start[sk]) > 0)
      .sort((a, b) => order(a[sk], b[sk]));
    const page = found.slice(0, Limit);
    const last = page.at(-1);
    const isMore = found.length > page.length && last !== undefined;
    return {
      Items: page,
      ...(isMore ? { LastEvaluatedKey: { pk: last.pk, sk: last.sk, [sk]: last[sk] } } : {}),
    };
  };
}

/** The table with these items, queried as DynamoDB does. */
export function queriedTable(items: readonly Item[]) {
  const mocked = mockedTable(items);
  mocked.client.on(QueryCommand).callsFake(queryOver(items));
  return mocked;
}

export const ada = personWith("ada@example.com", { given_name: "Ada", family_name: "Byron" });
export const gil = personWith("gil@example.org", { given_name: "Gil", family_name: "Ember" });
export const adaHere = memberOf(ada.userId);
export const gilHere = guestOf(gil.userId);

/** The organization function over an organization with Ada, its member, and Gil, its guest, and whatever else is given. */
export function setup(items: readonly Item[] = [], { me = adaHere, guest = gilHere } = {}) {
  atNow();
  const mocked = queriedTable([
    stored.organization(organizationOf()),
    ...memberItems(me),
    ...guestItems(guest),
    ...items,
  ]);
  return { ...mocked, call: caller(organizationUseCases(mocked.table)) };
}

export const params = { org: ORG };
