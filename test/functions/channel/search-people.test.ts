import { expect, test } from "vitest";
import { channelPeopleUseCases } from "../../../functions/channel/people-use-cases.ts";
import { keys } from "../../../functions/table/keys.ts";
import {
  ada,
  channelId,
  channelItem,
  GENERAL,
  gil,
  guestItems,
  guestOf,
  memberItems,
  setup as organization,
  rowItem,
} from "../organization/world.ts";
import { caller } from "../shell/caller.ts";
import { memberOf, ORG } from "../table/items.ts";
import type { Item } from "../table/mocked-table.ts";

const path = "GET /v1/organizations/{org}/channels/{chn}/members";
const HERE = channelId(1);

const within = (userId: string, channel: string, kind: "member" | "guest"): Item[] => [
  rowItem(userId, channel, kind),
  {
    ...keys.rosterEntry(ORG, channel, kind === "guest" ? 3 : 2, userId),
    userId,
    joinedAt: "2026-01-01T00:00:00.000Z",
  },
];

const member = (id: string, firstName: string, email: string) =>
  memberOf(`usr_${id}`, { firstName, lastName: "Muster", email, addressKeys: [email] });

/** A channel of so many, too large to be looked through at once, with Gil and 250 others in it, and some outside. */
function setup() {
  const inside = Array.from({ length: 250 }, (_, index) =>
    member(`in${String(index).padStart(4, "0")}`, index % 50 === 7 ? "Mara" : "Theo", `mail${index}@x.org`),
  );
  const outside = [member("out1", "Mara", "mara@x.org"), member("out2", "Marabel", "marabel@x.org")];
  const stranger = guestOf("usr_guest2", { firstName: "Mara", lastName: "Gast" });
  const { table } = organization([
    { ...channelItem(HERE, "private"), members: 251, guests: 1 },
    channelItem(GENERAL, "public", true),
    ...[...inside, ...outside].flatMap(memberItems),
    ...guestItems(stranger),
    ...inside.flatMap(({ userId }) => within(userId, HERE, "member")),
    ...within(ada.userId, HERE, "member"),
    ...within(gil.userId, HERE, "guest"),
    ...within(gil.userId, GENERAL, "guest"),
  ]);
  const call = caller(channelPeopleUseCases(table));
  return async (as: typeof ada, channel: string, search: string) => {
    const names: string[] = [];
    const cursors: string[] = [];
    let cursor: string | null = null;
    do {
      const query: Record<string, string> = { search, limit: "3", ...(cursor === null ? {} : { cursor }) };
      const answer = await call(path, { as, params: { org: ORG, chn: channel }, query });
      expect(answer.status).toBe(200);
      expect(answer.body.items.length).toBeLessThanOrEqual(3);
      names.push(...answer.body.items.map(({ userId }: { userId: string }) => userId));
      cursor = answer.body.nextCursor;
      if (cursor !== null) cursors.push(Buffer.from(cursor, "base64url").toString());
    } while (cursor !== null);
    return { names: names.sort(), cursors };
  };
}

const MARAS = ["usr_in0007", "usr_in0057", "usr_in0107", "usr_in0157", "usr_in0207"];

test("CH-10, DIR-1 members find who is in a large channel, by name and address", async () => {
  const search = setup();
  expect((await search(ada, HERE, "mara")).names).toEqual(MARAS);
  expect((await search(ada, HERE, "mail249@")).names).toEqual(["usr_in0249"]);
});

test("GST-16 a guest finds who is in the channel, and neither list nor cursor tells of anybody else", async () => {
  const { names, cursors } = await setup()(gil, HERE, "mara");
  expect(names).toEqual(MARAS);
  expect(cursors.length).toBeGreaterThan(0);
  for (const cursor of cursors) expect(cursor).not.toMatch(/out\d|guest2|mara|gast/u);
});

test("GST-13, GST-16 a guest finds nobody by their address, nor an address in a cursor", async () => {
  const search = setup();
  expect((await search(gil, HERE, "mail249@")).names).toEqual([]);
  const inGeneral = await search(gil, GENERAL, "mail");
  expect(inGeneral.names).toEqual([]);
  for (const cursor of inGeneral.cursors) expect(cursor).not.toContain("@");
});

test("GST-16, CH-1 in General a guest finds every member, and of the guests those who are there", async () => {
  const { names, cursors } = await setup()(gil, GENERAL, "mara");
  expect(names).toEqual([...MARAS, "usr_out1", "usr_out2"]);
  for (const cursor of cursors) expect(cursor).not.toMatch(/guest2|gast/u);
  expect((await setup()(gil, GENERAL, "gil")).names).toEqual([gil.userId]);
});
