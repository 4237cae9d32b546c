import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LocalStack } from "../../../infra/local/contracts.ts";
import { startLocalStack } from "../../../infra/local/start-local-stack.ts";
import {
  act,
  addPeople,
  ask,
  inLanes,
  inviteGuests,
  makeGuest,
  newChannel,
  type Told,
} from "../../support/act.ts";
import { E2E_CROWDED, PATIENCE_MS } from "../../support/e2e-stack.ts";
import { inviteAndAccept, newOrganization, REGISTRATION } from "../../support/organization.ts";
import { newAddress, type Person, person } from "../../support/person.ts";
import type { Answer } from "../../support/send.ts";
import { whileWritesAreHeld } from "../../support/stack-control.ts";
import { storedItem } from "../../support/stored-items.ts";

let stack: LocalStack;
beforeAll(async () => {
  stack = await startLocalStack(E2E_CROWDED);
}, PATIENCE_MS);
afterAll(() => stack?.stop());

const many = <Item>(count: number, make: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Every item of a list, page by page. */
async function everyItem(by: Person, path: string): Promise<Told[]> {
  const items: Told[] = [];
  let cursor = "";
  do {
    const page = await act(by, "GET", `${path}${path.includes("?") ? "&" : "?"}limit=200${cursor}`);
    items.push(...(page["items"] as Told[]));
    cursor =
      typeof page["nextCursor"] === "string" ? `&cursor=${encodeURIComponent(page["nextCursor"])}` : "";
  } while (cursor !== "");
  return items;
}

/** SEAT-10: figures, lists and the table's counters say the same of guests and channels. */
async function figuresEqualLists(manager: Person, org: string) {
  const base = `/v1/organizations/${org}`;
  const usage = await act(manager, "GET", `${base}/usage`);
  const guests = await everyItem(manager, `${base}/guests`);
  const invitations = await everyItem(manager, `${base}/invitations?state=pending&kind=guest`);
  const members = await everyItem(manager, `${base}/members?state=active`);
  const stored = await storedItem(stack, { pk: `O#${org}`, sk: "ORG" });
  const figures = { guests: guests.length, pendingGuests: invitations.length };
  expect(usage).toMatchObject({ ...figures, members: members.length });
  expect(stored).toMatchObject({ ...figures, guestsUsed: guests.length + invitations.length });
  return { ...figures, members: members.length, usage };
}

function split(answers: readonly Answer[]) {
  const done = answers.filter(({ status }) => status < 300);
  const refused = answers.filter(({ status }) => status >= 300);
  return { done, refused };
}

function expectQuota(refused: readonly Answer[], quota: string, limit: number): void {
  for (const { status, body } of refused) {
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: "quota-exceeded", quota, limit });
  }
}

describe("guests", () => {
  test("SEAT-6 SEAT-9 fifty guests accept at once for the last five places: exactly five come in", async () => {
    const founder = await person(stack, "founder");
    const { id: org } = await newOrganization(founder, { guests: null });
    const channelIds = [await newChannel(founder, org, "Given")];
    const people = await Promise.all(many(50, (index) => person(stack, `guest-${index}`)));
    const emails = people.map(({ email }) => email);
    const invited = [
      ...(await inviteGuests(founder, org, emails.slice(0, 25), { channelIds })),
      ...(await inviteGuests(founder, org, emails.slice(25), { channelIds })),
    ];
    // A new guest invitation would be refused now; those that are pending stay so (SEAT-6, as SEAT-5).
    await act(founder, "PATCH", `/v1/organizations/${org}`, { limits: { guests: 5 } });
    const answers = await whileWritesAreHeld(stack, () =>
      Promise.all(
        people.map((who, index) =>
          ask(who, "POST", "/v1/invitations/accept", { token: invited[index]?.secret, ...REGISTRATION }),
        ),
      ),
    );
    const { done, refused } = split(answers);
    expect(done).toHaveLength(5);
    expectQuota(refused, "guests", 5);
    expect(await figuresEqualLists(founder, org)).toMatchObject({ guests: 5, pendingGuests: 45 });
    const lines = await everyItem(founder, `/v1/organizations/${org}/channels/${channelIds[0]}/members`);
    expect(lines.filter(({ state }) => state === "pending")).toHaveLength(45);
    expect(lines.filter(({ kind, state }) => kind === "guest" && state === "active")).toHaveLength(5);
    const channel = await act(founder, "GET", `/v1/organizations/${org}/channels/${channelIds[0]}`);
    expect(channel).toMatchObject({ memberCount: 1, guestCount: 5 });
  });

  test("SEAT-6 fifty guests invited at once for five places: exactly five are", async () => {
    const founder = await person(stack, "founder");
    const { id: org } = await newOrganization(founder, { guests: 5 });
    const channelIds = [await newChannel(founder, org, "Given")];
    const path = `/v1/organizations/${org}/invitations`;
    const answers = await whileWritesAreHeld(stack, () =>
      Promise.all(
        many(50, () =>
          ask(founder, "POST", path, {
            kind: "guest",
            invitees: [{ email: newAddress("guest") }],
            channelIds,
          }),
        ),
      ),
    );
    const results = answers.flatMap(({ body }) => (body as { results: { status: string }[] }).results);
    expect(results.filter(({ status }) => status === "invited")).toHaveLength(5);
    expect(results.filter(({ status }) => status === "quota-exceeded")).toHaveLength(45);
    expect(await figuresEqualLists(founder, org)).toMatchObject({ guests: 0, pendingGuests: 5 });
  });

  test("GINV-11 SEAT-9 twenty guests are made members at once for the last seat: exactly one is", async () => {
    const founder = await person(stack, "founder");
    const { id: org } = await newOrganization(founder, { guests: null, seats: 2 });
    const channelIds = [await newChannel(founder, org, "Given")];
    const people = await Promise.all(many(20, (index) => person(stack, `guest-${index}`)));
    await inLanes(people, 5, (who) => makeGuest(founder, org, who, { channelIds }));
    const answers = await whileWritesAreHeld(stack, () =>
      Promise.all(
        people.map(({ userId }) =>
          ask(founder, "POST", `/v1/organizations/${org}/members/${userId}/convert`, { to: "member" }),
        ),
      ),
    );
    const { done, refused } = split(answers);
    expect(done).toHaveLength(1);
    expectQuota(refused, "seats", 2);
    expect(await figuresEqualLists(founder, org)).toMatchObject({ guests: 19, members: 2 });
  });

  test("GINV-11 SEAT-9 twenty members are made guests at once for the last three places: exactly three are", async () => {
    const founder = await person(stack, "founder");
    const { id: org } = await newOrganization(founder, { guests: 3 });
    const channelId = await newChannel(founder, org, "Kept");
    const people: Person[] = [];
    await inLanes(
      many(20, (index) => `member-${index}`),
      5,
      async (name) => {
        people.push(await inviteAndAccept(stack, founder, org, name));
      },
    );
    await addPeople(founder, org, channelId, ...people);
    const answers = await whileWritesAreHeld(stack, () =>
      Promise.all(
        people.map(({ userId }) =>
          ask(founder, "POST", `/v1/organizations/${org}/members/${userId}/convert`, {
            to: "guest",
            channelIds: [channelId],
          }),
        ),
      ),
    );
    const { done, refused } = split(answers);
    expect(done).toHaveLength(3);
    expectQuota(refused, "guests", 3);
    expect(await figuresEqualLists(founder, org)).toMatchObject({ guests: 3, members: 18 });
  });
});

describe("channels", () => {
  /** The channels of a type that are not archived, in the list and in the figures. */
  async function channelsOf(founder: Person, org: string, type: "public" | "private") {
    const channels = await everyItem(founder, `/v1/organizations/${org}/channels`);
    const open = channels.filter((channel) => channel["type"] === type && channel["archived"] === false);
    const usage = await act(founder, "GET", `/v1/organizations/${org}/usage`);
    expect(usage[`${type}Channels`]).toBe(open.length);
    return open;
  }

  test("SEAT-8 CH-4 fifty channels created at once for five places: exactly five are", async () => {
    const founder = await person(stack, "founder");
    const { id: org } = await newOrganization(founder, { privateChannels: 5 });
    const answers = await whileWritesAreHeld(stack, () =>
      Promise.all(
        many(50, (index) =>
          ask(founder, "POST", `/v1/organizations/${org}/channels`, {
            name: `Room ${index}`,
            type: "private",
          }),
        ),
      ),
    );
    const { done, refused } = split(answers);
    expect(done).toHaveLength(5);
    expectQuota(refused, "privateChannels", 5);
    expect(await channelsOf(founder, org, "private")).toHaveLength(5);
  });

  test("CH-4 one handle asked for twenty times at once is one channel's", async () => {
    const founder = await person(stack, "founder");
    const { id: org } = await newOrganization(founder, { publicChannels: null });
    const answers = await whileWritesAreHeld(stack, () =>
      Promise.all(
        many(20, () =>
          ask(founder, "POST", `/v1/organizations/${org}/channels`, {
            name: "Lobby",
            handle: "lobby",
            type: "public",
          }),
        ),
      ),
    );
    const { done, refused } = split(answers);
    expect(done).toHaveLength(1);
    for (const { body } of refused) expect(body).toMatchObject({ status: 409, code: "handle-taken" });
    expect(await channelsOf(founder, org, "public")).toHaveLength(2);
  });

  test("CH-7 SEAT-9 twenty archived channels restored at once for three places: exactly three are", async () => {
    const founder = await person(stack, "founder");
    const { id: org } = await newOrganization(founder, { privateChannels: null });
    const ids: string[] = [];
    await inLanes(
      many(20, (index) => `Room ${index}`),
      4,
      async (name) => {
        const id = await newChannel(founder, org, name);
        await act(founder, "POST", `/v1/organizations/${org}/channels/${id}/archive`);
        ids.push(id);
      },
    );
    await act(founder, "PATCH", `/v1/organizations/${org}`, { limits: { privateChannels: 3 } });
    const answers = await whileWritesAreHeld(stack, () =>
      Promise.all(ids.map((id) => ask(founder, "POST", `/v1/organizations/${org}/channels/${id}/restore`))),
    );
    const { done, refused } = split(answers);
    expect(done).toHaveLength(3);
    expectQuota(refused, "privateChannels", 3);
    expect(await channelsOf(founder, org, "private")).toHaveLength(3);
  });

  test("CH-6 SEAT-9 ten public channels made private at once for two places: exactly two are", async () => {
    const founder = await person(stack, "founder");
    const { id: org } = await newOrganization(founder, { publicChannels: null, privateChannels: 2 });
    const ids = await Promise.all(many(10, (index) => newChannel(founder, org, `Room ${index}`, "public")));
    const answers = await whileWritesAreHeld(stack, () =>
      Promise.all(
        ids.map((id) =>
          ask(founder, "PATCH", `/v1/organizations/${org}/channels/${id}`, { type: "private" }),
        ),
      ),
    );
    const { done, refused } = split(answers);
    expect(done).toHaveLength(2);
    expectQuota(refused, "privateChannels", 2);
    expect(await channelsOf(founder, org, "private")).toHaveLength(2);
    expect(await channelsOf(founder, org, "public")).toHaveLength(9);
  });

  test("CH-3 a conversation that twenty open at once is one", async () => {
    const founder = await person(stack, "founder");
    const { id: org } = await newOrganization(founder);
    const colleague = await inviteAndAccept(stack, founder, org, "colleague");
    const answers = await whileWritesAreHeld(stack, () =>
      Promise.all(
        many(20, (index) => {
          const [by, other] = index % 2 === 0 ? [founder, colleague] : [colleague, founder];
          return ask(by, "POST", `/v1/organizations/${org}/channels/direct`, { userIds: [other.userId] });
        }),
      ),
    );
    expect(new Set(answers.map(({ body }) => (body as Told).id)).size).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });
});
