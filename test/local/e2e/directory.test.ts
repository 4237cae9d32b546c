import { beforeAll, expect, test } from "vitest";
import type { LocalStack } from "../../../infra/local/contracts.ts";
import { ask, makeGuest, newChannel } from "../../support/act.ts";
import { PATIENCE_MS } from "../../support/e2e-stack.ts";
import { inviteAndAccept, newOrganization } from "../../support/organization.ts";
import { type Person, person } from "../../support/person.ts";
import { sharedStack } from "../shared-stack.ts";

let stack: LocalStack;
let founder: Person;
let guest: Person;
let org: string;
let base: string;

beforeAll(async () => {
  stack = await sharedStack();
  founder = await person(stack, "founder");
  ({ id: org } = await newOrganization(founder));
  base = `/v1/organizations/${org}`;
  guest = await person(stack, "guest");
  const channelId = await newChannel(founder, org, "Shared");
  await makeGuest(founder, org, guest, { channelIds: [channelId] });
}, PATIENCE_MS);

type Entry = { kind: string; name: string; userId?: string; phone?: string };

/** Everything that a list holds, page by page. */
async function everything(by: Person, path: string): Promise<Entry[]> {
  const found: Entry[] = [];
  let cursor: string | null = null;
  do {
    const next: string = cursor === null ? "" : `${path.includes("?") ? "&" : "?"}cursor=${cursor}`;
    const { status, body } = await ask(by, "GET", `${path}${next}`);
    expect(status).toBe(200);
    const page = body as { items: Entry[]; nextCursor: string | null };
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

async function newcomer(name: string, firstName: string, lastName: string): Promise<Person> {
  const who = await inviteAndAccept(stack, founder, org, name);
  expect((await ask(who, "PATCH", "/v1/me", { firstName, lastName })).status).toBe(200);
  return who;
}

test("DIR-1, DIR-2 people are found by what they call themselves, each once, a page at a time", async () => {
  const [zoe, max, bea] = [
    await newcomer("zoe", "Zoë", "Quill"),
    await newcomer("max", "Quill", "Zimmer"),
    await newcomer("quillbearer", "Bea", "Stone"),
  ];
  const ids = async (search: string) =>
    (await everything(founder, `${base}/directory?limit=1&search=${search}`)).map(({ userId }) => userId);
  await expect.poll(async () => await ids("quill")).toEqual([zoe.userId, max.userId, bea.userId]);
  expect(await ids("ZOE%20QU")).toEqual([zoe.userId]);
  expect(await ids("given")).not.toContain(zoe.userId);
  const members = await everything(founder, `${base}/members?limit=1&search=quill`);
  expect(members.map(({ userId }) => userId)).toEqual([zoe.userId, max.userId, bea.userId]);

  const renamed = { lastName: "Vane", phone: "+41 22 000 00 00" };
  expect((await ask(zoe, "PATCH", "/v1/me", renamed)).status).toBe(200);
  await expect.poll(async () => await ids("quill")).toEqual([max.userId, bea.userId]);
  const found = await everything(founder, `${base}/directory?search=vane`);
  expect(found).toMatchObject([{ kind: "person", name: "Zoë Vane", phone: "+41 22 000 00 00" }]);
  const { body } = await ask(founder, "GET", `${base}/members/${zoe.userId}`);
  expect(body).toMatchObject({ firstName: "Zoë", lastName: "Vane" });
});

test("DIR-3 groups are listed before the people", async () => {
  expect((await ask(founder, "POST", `${base}/groups`, { name: "Artisans" })).status).toBe(201);
  const [first, ...others] = await everything(founder, `${base}/directory?limit=2`);
  expect(first).toMatchObject({ kind: "group", name: "Artisans", memberCount: 0 });
  expect(others.map(({ kind }) => kind)).not.toContain("group");
  expect(others.map(({ userId }) => userId)).toContain(founder.userId);
  expect(others.map(({ userId }) => userId)).not.toContain(guest.userId);
});

test("GST-5, GST-7, GST-13 a guest changes their own profile, and sees no directory", async () => {
  const { status, body } = await ask(guest, "PATCH", "/v1/me", { firstName: "Greta" });
  expect({ status, body }).toMatchObject({
    status: 200,
    body: { firstName: "Greta", organizations: [{ id: org, kind: "guest" }] },
  });
  const listed = (await ask(founder, "GET", `${base}/guests/${guest.userId}`)).body;
  expect(listed).toMatchObject({ firstName: "Greta" });
  for (const path of ["/directory", "/directory?search=fo", "/members?search=fo", "/groups", ""]) {
    const refused = await ask(guest, "GET", `${base}${path}`);
    expect(refused, path).toMatchObject({ status: 403, body: { code: "guest-restricted", rule: "GST-13" } });
  }
});

test("GST-9, GST-16 what is out of a guest's sight answers like what is not there", async () => {
  const hidden = await newChannel(founder, org, "Board");
  const stranger = await inviteAndAccept(stack, founder, org, "stranger");
  const check = async (about: object) => {
    const answer = await ask(guest, "POST", `${base}/permissions/check`, {
      action: "message.read",
      ...about,
    });
    const { instance: _own, ...problem } = answer.body as { instance: string };
    return { status: answer.status, problem };
  };
  const unknown = { channelId: `chn_${"0".repeat(26)}`, userId: `usr_${"0".repeat(26)}` };
  expect(await check({ channelId: hidden })).toEqual(await check({ channelId: unknown.channelId }));
  expect(await check({ userId: stranger.userId })).toEqual(await check({ userId: unknown.userId }));
  expect((await check({ userId: stranger.userId })).problem).toMatchObject({ rule: "GST-16" });
  expect((await check({ userId: founder.userId })).status).toBe(200);
});
