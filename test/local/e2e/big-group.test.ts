import { beforeAll, expect, test } from "vitest";
import type { LocalStack } from "../../../infra/local/contracts.ts";
import { act, newChannel, type Told } from "../../support/act.ts";
import { PATIENCE_MS } from "../../support/e2e-stack.ts";
import { newOrganization } from "../../support/organization.ts";
import { type Person, person } from "../../support/person.ts";
import { quietStream } from "../../support/quiet-stream.ts";
import { seedGroup, seedMembers } from "../../support/seeded-members.ts";
import { advance, setFaults } from "../../support/stack-control.ts";
import { storedItems } from "../../support/stored-items.ts";
import { until } from "../../support/until.ts";
import { sharedStack } from "../shared-stack.ts";

let stack: LocalStack;
let founder: Person;
let org: string;
let base: string;
let all: Group;
let some: Group;

/** A group, and who is in it. */
type Group = { id: string; people: string[] };

const PEOPLE = 1_000;
/** Enough for several transactions. */
const SOME = 200;

beforeAll(async () => {
  stack = await sharedStack();
  founder = await person(stack, "founder");
  org = (await newOrganization(founder)).id;
  base = `/v1/organizations/${org}`;
  const people = await seedMembers(stack, org, PEOPLE);
  const groupOf = async (name: string, members: string[]): Promise<Group> => {
    const { id } = await act(founder, "POST", `${base}/groups`, { name });
    await seedGroup(stack, org, id, members);
    return { id, people: members };
  };
  all = await groupOf("Everybody", people);
  some = await groupOf("Some", people.slice(0, SOME));
}, 2 * PATIENCE_MS);

type Result = { userId: string; status: string };

/** Everybody in a channel, by its list. */
async function listed(channelId: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor = "";
  do {
    const page = await act(founder, "GET", `${base}/channels/${channelId}/members?limit=200${cursor}`);
    ids.push(...(page["items"] as Told[]).map((line) => String(line["userId"])));
    cursor =
      typeof page["nextCursor"] === "string" ? `&cursor=${encodeURIComponent(page["nextCursor"])}` : "";
  } while (cursor !== "");
  return ids;
}

/** The channel holds all of them once: in its list, its figures, and each one's own rows; and nothing is left to do. */
async function holdsAll(channelId: string, { people }: Group): Promise<void> {
  expect((await listed(channelId)).sort()).toEqual([founder.userId, ...people].sort());
  const channel = await act(founder, "GET", `${base}/channels/${channelId}`);
  expect(channel).toMatchObject({ memberCount: people.length + 1, guestCount: 0 });
  const items = [...(await storedItems(stack, `O#${org}`)).keys()];
  const rows = items.filter((key) => key.includes("#PERSON#") && key.endsWith(` / CHANNEL#${channelId}`));
  expect(rows).toHaveLength(people.length + 1);
  expect(items.filter((key) => key.includes("#INTENTS / "))).toEqual([]);
}

/** Lets the time for one sweep after the other come, until they have left nothing undone. */
async function sweptUp(): Promise<void> {
  await until("no work left undone", async () => {
    await advance(stack, 5 * 60);
    const items = await storedItems(stack, `O#${org}#INTENTS`);
    return items.size === 0;
  });
}

const attach = async (channelId: string, { id }: Group) =>
  await founder.send("POST", `${base}/channels/${channelId}/members`, { body: { groupIds: [id] } });

/** Detaches the group; what a busy machine does not finish within the request is left to the sweep. */
async function emptied(channelId: string, { id }: Group): Promise<void> {
  await act(founder, "DELETE", `${base}/channels/${channelId}/groups/${id}`);
  if ((await listed(channelId)).length > 1) await sweptUp();
  expect(await listed(channelId)).toEqual([founder.userId]);
}

const REQUESTS = 10;

/** Asks until nobody's answer is `busy` any more, as clients do; what became of everybody in the end, by status. */
async function attachAll(channelId: string, group: Group): Promise<Record<string, number>> {
  const became = new Map<string, string>();
  for (let count = 0; count < REQUESTS; count += 1) {
    const { status, body } = await attach(channelId, group);
    expect(status).toBe(200);
    const { results } = body as { results: Result[] };
    expect(results.map(({ userId }) => userId).sort()).toEqual([...group.people].sort());
    for (const result of results) {
      const known = became.get(result.userId);
      if (known === undefined || known === "busy") became.set(result.userId, result.status);
    }
    if (results.every((result) => result.status !== "busy")) break;
  }
  const counts: Record<string, number> = {};
  for (const status of became.values()) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

test(
  `CH-8 CH-9 a group of ${PEOPLE} is attached, answered per person; killed in the middle, the repeated request completes it`,
  async () => {
    const channelId = await newChannel(founder, org, "Killed");
    const match = { organization: org, function: "channel", operation: "TransactWriteItems" };
    await setFaults(stack, { target: "dynamodb", match, effect: "kill", skip: 15, times: 1 });
    expect((await attach(channelId, all)).status).toBeGreaterThanOrEqual(500);
    await setFaults(stack);
    const before = await listed(channelId);
    expect(before.length).toBeGreaterThan(1);
    expect(before.length).toBeLessThan(PEOPLE);
    const { added = 0, "already-member": already = 0 } = await attachAll(channelId, all);
    expect(added + already).toBe(PEOPLE);
    expect(already).toBeGreaterThan(0);
    await sweptUp();
    await holdsAll(channelId, all);
    const [first = ""] = all.people;
    await act(founder, "DELETE", `${base}/groups/${all.id}/members/${first}`);
    expect(await listed(channelId)).not.toContain(first);
    await act(founder, "PUT", `${base}/groups/${all.id}/members/${first}`);
    expect(await listed(channelId)).toContain(first);
    await emptied(channelId, all);
    expect(await act(founder, "GET", `${base}/channels/${channelId}`)).toMatchObject({ memberCount: 1 });
  },
  PATIENCE_MS,
);

test(
  "CH-8 killed in the middle and never repeated, the sweep completes it",
  async () => {
    const channelId = await newChannel(founder, org, "Swept");
    const match = { organization: org, function: "channel", operation: "TransactWriteItems" };
    await setFaults(stack, { target: "dynamodb", match, effect: "kill", skip: 4, times: 1 });
    expect((await attach(channelId, some)).status).toBeGreaterThanOrEqual(500);
    await setFaults(stack);
    expect((await listed(channelId)).length).toBeLessThan(SOME);
    await sweptUp();
    await quietStream(stack);
    await holdsAll(channelId, some);
  },
  PATIENCE_MS,
);
