import { expect, test } from "vitest";
import { roleUseCases } from "../../../functions/role/use-cases.ts";
import { ada, gil, memberItems, setup as organization, params } from "../organization/world.ts";
import { caller } from "../shell/caller.ts";
import { memberOf } from "../table/items.ts";

const path = "GET /v1/organizations/{org}/members";

const PEOPLE = ["1", "2", "3"].flatMap((id) =>
  memberItems(memberOf(`usr_${id}`, { firstName: `Bo${id}`, addressKeys: [`bo${id}@example.com`] })),
);

function setup() {
  const { table } = organization(PEOPLE);
  return caller(roleUseCases(table));
}

test("DIR-1 members are found by the beginning of a name or an address, page by page", async () => {
  const call = setup();
  const found: string[] = [];
  let cursor: string | null = null;
  do {
    const query: Record<string, string> = {
      search: "bo",
      limit: "2",
      ...(cursor === null ? {} : { cursor }),
    };
    const { body } = await call(path, { as: ada, params, query });
    found.push(...body.items.map(({ userId }: { userId: string }) => userId));
    cursor = body.nextCursor;
  } while (cursor !== null);
  expect(found).toEqual(["usr_1", "usr_2", "usr_3"]);
  const byAddress = await call(path, { as: ada, params, query: { search: "ada@", state: "active" } });
  expect(byAddress.body.items).toMatchObject([{ userId: ada.userId, state: "active" }]);
});

test("DIR-1 a search is for active members, and its cursor for itself", async () => {
  const call = setup();
  expect(await call(path, { as: ada, params, query: { search: "bo", state: "pending" } })).toMatchObject({
    status: 400,
    body: { errors: [{ path: "search" }] },
  });
  const { body } = await call(path, { as: ada, params, query: { search: "bo", limit: "1" } });
  expect(await call(path, { as: ada, params, query: { cursor: body.nextCursor } })).toMatchObject({
    status: 400,
    body: { code: "invalid-cursor" },
  });
});

test("GST-13 guests search no members", async () => {
  expect(await setup()(path, { as: gil, params, query: { search: "ada" } })).toMatchObject({
    status: 403,
    body: { code: "guest-restricted", rule: "GST-13" },
  });
});
