import { BatchGetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import "aws-sdk-client-mock-vitest/extend";
import { expect, test } from "vitest";
import { searchPeople } from "../../../functions/table/directory-search.ts";
import { assistantId, keys } from "../../../functions/table/keys.ts";
import { personWith } from "../shell/caller.ts";
import { memberOf, NOW, ORG, stored } from "../table/items.ts";
import type { Item } from "../table/mocked-table.ts";
import { ada, gil, guestItems, guestOf, memberItems, params, queriedTable, setup } from "./world.ts";

const path = "GET /v1/organizations/{org}/directory";

const somebody = (id: string, firstName: string, lastName: string, ...addressKeys: string[]) =>
  memberOf(`usr_${id}`, { firstName, lastName, addressKeys, email: addressKeys[0] ?? "" });

const PEOPLE = [
  somebody("1", "Émile", "Martin", "emile@example.com"),
  somebody("2", "Martin", "Zola", "zola@example.com"),
  somebody("3", "Rosa", "Weber", "martina@example.com", "martinez@example.com"),
  somebody("4", "Martin", "Martinson", "martin@example.com"),
];

async function everybody(items: readonly Item[], prefix: string, limit: number): Promise<string[]> {
  const { table } = queriedTable(items);
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = await searchPeople(table, ORG, { kind: "member", prefix, limit, after, now: NOW });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    found.push(...page.items.map(({ userId }) => userId));
    after = page.after;
  } while (after !== undefined);
  return found;
}

test.each([1, 2, 3, 50])(
  "DIR-1 people are found by last name, first name and address, each once, %i a page",
  async (limit) => {
    const items = PEOPLE.flatMap(memberItems);
    expect(await everybody(items, "martin", limit)).toEqual(["usr_1", "usr_4", "usr_2", "usr_3"]);
    expect(await everybody(items, "MARTIN  é", limit)).toEqual(["usr_1"]);
    expect(await everybody(items, "emile m", limit)).toEqual(["usr_1"]);
    expect(await everybody(items, "Zola@Example", limit)).toEqual(["usr_2"]);
    expect(await everybody(items, "x", limit)).toEqual([]);
    expect(await everybody(items, "", limit)).toEqual(["usr_1", "usr_4", "usr_3", "usr_2"]);
  },
);

test("DIR-1, GINV-4, ORG-10 nobody is found who is a guest, deactivated, gone, or only invited", async () => {
  const [off, gone] = [somebody("5", "Ute", "Roth", "ute@example.com"), somebody("6", "Ute", "Rau")];
  const items = [
    ...memberItems({ ...off, state: "deactivated" }),
    ...memberItems(gone).filter(({ pk }) => pk !== keys.members(ORG)),
    ...guestItems(guestOf("usr_7", { firstName: "Ute", lastName: "Gast" })),
    stored.address("ute.neu@example.com", { invitationId: "inv_1" }),
  ];
  expect(await everybody(items, "ute", 10)).toEqual([]);
});

test.each([1, 2, 50])(
  "GINV-4, MINV-4 no cursor of a search tells an address that is only invited, %i a page",
  async (limit) => {
    const invited = Array.from({ length: 30 }, (_, index) =>
      stored.address(`martin-${index}@example.net`, { invitationId: `inv_${index}` }),
    );
    const { table } = queriedTable([...PEOPLE.flatMap(memberItems), ...invited]);
    const found: string[] = [];
    let after: string | undefined;
    do {
      const page = await searchPeople(table, ORG, {
        kind: "member",
        prefix: "martin",
        limit,
        after,
        now: NOW,
      });
      found.push(...page.items.map(({ userId }) => userId));
      after = page.after;
      expect(after ?? "").not.toContain("example.net");
    } while (after !== undefined);
    expect(found).toEqual(["usr_1", "usr_4", "usr_2", "usr_3"]);
  },
);

test("GINV-10 a search for guests finds them apart, and none whose access is over", async () => {
  const { table } = queriedTable([
    ...PEOPLE.flatMap(memberItems),
    ...guestItems(guestOf("usr_7", { firstName: "Martin", lastName: "Gast" })),
    ...guestItems(guestOf("usr_8", { firstName: "Martin", lastName: "Ende", endsAt: NOW })),
  ]);
  const search = { kind: "guest", prefix: "martin", limit: 50, after: undefined, now: NOW } as const;
  expect((await searchPeople(table, ORG, search)).items.map(({ userId }) => userId)).toEqual(["usr_7"]);
});

test("DIR-1 a page costs the same among many as among few", async () => {
  const many = Array.from({ length: 2_000 }, (_, index) =>
    somebody(String(index).padStart(4, "0"), "Martin", `Martin${index}`, `martin${index}@example.com`),
  );
  const { table, client } = queriedTable(many.flatMap(memberItems));
  const search = { kind: "member", prefix: "martin", limit: 50, after: undefined, now: NOW } as const;
  expect((await searchPeople(table, ORG, search)).items).toHaveLength(50);
  expect(client).toHaveReceivedCommandTimes(QueryCommand, 1);
  expect(client).toHaveReceivedCommandTimes(BatchGetCommand, 1);
});

const groupItems = (groupId: string, name: string): Item[] => [
  {
    ...keys.group(ORG, groupId),
    groupId,
    name,
    isOpen: false,
    members: 3,
    channelIds: [],
    detaching: [],
    createdAt: "2026-01-01T00:00:00.000Z",
    createdBy: "usr_1",
    version: 1,
  },
  { ...keys.groupName(ORG, name.toLowerCase()), groupId },
];

const profile = { userId: ada.userId, firstName: "Ada", lastName: "Byron", termsVersion: "1", updatedAt: "" };

test("DIR-1, DIR-3 members find groups and members, with what each has given of themselves", async () => {
  const { call } = setup([
    ...groupItems("grp_1", "Byte bakers"),
    ...groupItems("grp_2", "Works"),
    { ...keys.profile(ada.userId), ...profile, phone: "+41 22 000 00 00" },
  ]);
  const answer = await call(path, { as: ada, params, query: { search: "by" } });
  expect(answer).toMatchObject({ status: 200, body: { nextCursor: null } });
  expect(answer.body.items).toEqual([
    { kind: "group", id: "grp_1", name: "Byte bakers", memberCount: 3 },
    {
      kind: "person",
      userId: ada.userId,
      name: "Ada Byron",
      firstName: "Ada",
      lastName: "Byron",
      handle: "ada-0000",
      email: "ada@example.com",
      phone: "+41 22 000 00 00",
    },
  ]);
});

test("DIR-3 page by page everything is listed once, the groups first", async () => {
  const { call } = setup([
    ...groupItems("grp_1", "Bakers"),
    ...groupItems("grp_2", "Works"),
    ...PEOPLE.flatMap(memberItems),
  ]);
  const names: string[] = [];
  let cursor: string | null = null;
  do {
    const query: Record<string, string> = { limit: "3", ...(cursor === null ? {} : { cursor }) };
    const { body } = await call(path, { as: ada, params, query });
    names.push(...body.items.map(({ name }: { name: string }) => name));
    cursor = body.nextCursor;
  } while (cursor !== null);
  expect(names).toEqual([
    "Bakers",
    "Works",
    "Vestibule",
    "Ada Byron",
    "Émile Martin",
    "Martin Martinson",
    "Rosa Weber",
    "Martin Zola",
  ]);
});

test("BOT-1 every member finds the assistant by its name and its handle, once, after the groups", async () => {
  const { call } = setup(groupItems("grp_1", "Vestry"));
  const assistant = { kind: "bot", userId: assistantId(ORG), name: "Vestibule", handle: "assistant" };
  for (const search of ["", "vest", "ASSIST"]) {
    const { body } = await call(path, { as: ada, params, query: search === "" ? {} : { search } });
    expect(body.items.filter(({ kind }: { kind: string }) => kind === "bot")).toEqual([assistant]);
  }
  const { body } = await call(path, { as: ada, params, query: { search: "byron" } });
  expect(body.items.map(({ kind }: { kind: string }) => kind)).toEqual(["person"]);
  const first = await call(path, { as: ada, params, query: { search: "vest", limit: "1" } });
  expect(first.body.items.map(({ name }: { name: string }) => name)).toEqual(["Vestry"]);
  const query = { search: "vest", limit: "1", cursor: first.body.nextCursor };
  const second = await call(path, { as: ada, params, query });
  expect(second.body.items).toEqual([assistant]);
});

test("DIR-1 a listing ends after 500 people: the directory is not to be taken away as a whole", async () => {
  const many = Array.from({ length: 700 }, (_, index) =>
    somebody(String(index).padStart(4, "0"), "Max", `Muster${index}`, `max${index}@example.com`),
  );
  const { call } = setup(many.flatMap(memberItems));
  let people = 0;
  let cursor: string | null = null;
  do {
    const query: Record<string, string> = { limit: "200", ...(cursor === null ? {} : { cursor }) };
    const { body } = await call(path, { as: ada, params, query });
    people += body.items.filter(({ kind }: { kind: string }) => kind === "person").length;
    cursor = body.nextCursor;
  } while (cursor !== null);
  expect(people).toBe(500);
});

test("DIR-3 each organization's directory is apart, its own people in it alone", async () => {
  const organizationId = `org_${"0".repeat(25)}9`;
  const elsewhere = { ...somebody("9", "Bea", "Byron", "byron@example.com"), organizationId };
  const { call } = setup([
    ...memberItems(elsewhere),
    ...memberItems(memberOf(ada.userId, { organizationId })),
  ]);
  const userIds = async (org: string) => {
    const { body } = await call(path, { as: ada, params: { org }, query: { search: "byron" } });
    return body.items.map(({ userId }: { userId: string }) => userId);
  };
  expect(await userIds(ORG)).toEqual([ada.userId]);
  expect(await userIds(organizationId)).toEqual([ada.userId, "usr_9"]);
});

test("GST-13, GST-17 guests do not see the directory, and are told why", async () => {
  const { call } = setup();
  for (const query of [{}, { search: "ada" }]) {
    expect(await call(path, { as: gil, params, query })).toMatchObject({
      status: 403,
      body: {
        code: "guest-restricted",
        rule: "GST-13",
        detail: "Guests hold no record, role or right of the organization and do not see its directory.",
      },
    });
  }
});

test("INV-15 to an outsider there is no directory, and a cursor serves its own search alone", async () => {
  const { call } = setup(PEOPLE.flatMap(memberItems));
  const stranger = personWith("eve@example.com");
  expect(await call(path, { as: stranger, params })).toMatchObject({ status: 404, body: { rule: "INV-15" } });
  const { body } = await call(path, { as: ada, params, query: { search: "martin", limit: "1" } });
  const query = { search: "weber", cursor: body.nextCursor };
  expect(await call(path, { as: ada, params, query })).toMatchObject({
    status: 400,
    body: { code: "invalid-cursor" },
  });
});
