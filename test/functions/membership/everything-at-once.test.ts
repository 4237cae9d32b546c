import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { acceptUseCases } from "../../../functions/accept/use-cases.ts";
import { groupUseCases } from "../../../functions/channel/groups-use-cases.ts";
import { channelPeopleUseCases } from "../../../functions/channel/people-use-cases.ts";
import { channelUseCases } from "../../../functions/channel/use-cases.ts";
import { inviteUseCases } from "../../../functions/invite/use-cases.ts";
import { roleUseCases } from "../../../functions/role/use-cases.ts";
import { finishIntents } from "../../../functions/sweep/finish-intents.ts";
import { keys } from "../../../functions/table/keys.ts";
import type { Table } from "../../../functions/table/table.ts";
import { engineWorld } from "../channel/world.ts";
import { type Answered, caller, personWith, type TestPerson } from "../shell/caller.ts";
import { flaws } from "./flaws.ts";

const world = engineWorld();
const CHAT_ADMIN = { chatRole: "admin" as const, addressKeys: [] };
const ACCEPT = "POST /v1/invitations/accept";
const WORKERS = 8;
/** What every worker does, one after the other. */
const ACTS = 50;
const SLOWEST_MS = 4;
const CONFLICTS = 0.05;
const FAULTS = 0.05;

function randomness(seed: number) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const some = <Thing>(of: readonly Thing[]): Thing => of[Math.floor(next() * of.length)] as Thing;
  return { next, some };
}

/** A table whose transactions meet others, and whose functions die before or after one. */
function shaky(plain: Table, next: () => number): Table {
  const send = async (command: Parameters<Table["client"]["send"]>[0]) => {
    await new Promise((go) => setTimeout(go, next() * SLOWEST_MS));
    if (!(command instanceof TransactWriteCommand)) return await plain.client.send(command);
    const luck = next();
    if (luck < CONFLICTS) {
      const CancellationReasons = (command.input.TransactItems ?? []).map(() => ({
        Code: "TransactionConflict",
      }));
      throw new TransactionCanceledException({ message: "", $metadata: {}, CancellationReasons });
    }
    if (luck < CONFLICTS + FAULTS) throw new Error("died before");
    const answer = await plain.client.send(command);
    if (luck < CONFLICTS + 2 * FAULTS) throw new Error("died after");
    return answer;
  };
  return { ...plain, client: { send: send as Table["client"]["send"] } };
}

type Act = readonly [as: TestPerson, route: string, params?: Record<string, string>, body?: unknown];

/** Which channels, groups and invitations' tokens there are, for all that acts know. */
type Known = { channels: string[]; groups: string[]; tokens: [TestPerson, string][] };

/** What somebody does next; ann and bea are chat admins and managers, the others come and go. */
function nextAct(
  people: readonly TestPerson[],
  { next, some }: ReturnType<typeof randomness>,
  known: Known,
): Act {
  const [admin, other, anybody] = [some(people.slice(0, 2)), some(people.slice(2)), some(people)];
  const chn = some(known.channels);
  const grp = some(known.groups) ?? `grp_${"0".repeat(26)}`;
  const at = { chn, grp, user: anybody.userId };
  const user = other.userId;
  const channelIds = [...new Set([chn, some(known.channels)])];
  const number = Math.floor(next() * 1e9);
  const [who, token] = some(known.tokens.slice(-6)) ?? [other, "none"];
  const profile = { firstName: "Anna", lastName: "Bell" };
  const invitation = { invitees: [{ email: other.claims["email"] }], channelIds, delivery: "link" };
  const changes = [{ type: "private" }, { type: "public" }, { default: true }, { handle: `h${number % 20}` }];
  const acts: Act[] = [
    [other, "POST /channels/{chn}/join", at],
    [other, "POST /channels/{chn}/leave", at],
    [anybody, "POST /channels/{chn}/members", at, { userIds: [user, admin.userId] }],
    [admin, "POST /channels/{chn}/members", at, { userIds: [user, some(people).userId] }],
    [admin, "POST /channels/{chn}/members", at, { groupIds: [grp] }],
    [admin, "DELETE /channels/{chn}/groups/{grp}", at],
    [admin, "PUT /groups/{grp}/members/{user}", at],
    [admin, "PUT /groups/{grp}/members/{user}", { ...at, user }],
    [admin, "DELETE /groups/{grp}/members/{user}", at],
    [admin, "DELETE /channels/{chn}/members/{user}", at],
    [admin, "PUT /channels/{chn}/members/{user}/role", at, { role: some(["admin", "member"]) }],
    [admin, "POST /channels/{chn}/archive", at],
    [admin, "POST /channels/{chn}/restore", at],
    [admin, "PATCH /channels/{chn}", at, some(changes)],
    [admin, "POST /members/{user}/convert", { user }, { to: "guest", channelIds }],
    [admin, "POST /members/{user}/convert", { user }, { to: "member" }],
    [other, "POST /channels/direct", {}, { userIds: [anybody.userId] }],
    [admin, "POST /invitations", {}, { ...invitation, kind: "guest" }],
    [admin, "POST /invitations", {}, { ...invitation, kind: "member", groupIds: known.groups.slice(-2) }],
    [who, ACCEPT, {}, { token, profile, termsVersion: "1" }],
    [who, ACCEPT, {}, { token, profile, termsVersion: "1" }],
    [admin, "POST /channels", {}, { name: `Channel ${number}`, type: some(["public", "private"]) }],
    [admin, "POST /groups", {}, { name: `Group ${number}` }],
  ];
  if (next() < 0.03) return [admin, "DELETE /members/{user}", { user }];
  if (next() < 0.03) return [admin, "DELETE /groups/{grp}", at];
  return next() < 0.03 ? [admin, "DELETE /channels/{chn}", at] : some(acts);
}

/** What an answer tells of channels, groups and tokens. */
function learn(known: Known, [, route, params = {}, body]: Act, answer: Answered): void {
  const without = (ids: string[], gone: string | undefined) => ids.filter((id) => id !== gone);
  if (route === "DELETE /channels/{chn}") known.channels = without(known.channels, params["chn"]);
  if (route === "DELETE /groups/{grp}") known.groups = without(known.groups, params["grp"]);
  if (answer.status >= 300) return;
  if (route === "POST /channels") known.channels.push(answer.body.id);
  if (route === "POST /groups") known.groups.push(answer.body.id);
  const link: unknown = answer.body?.results?.[0]?.link;
  if (typeof link !== "string") return;
  const { invitees } = body as { invitees: [{ email: string }] };
  known.tokens.push([personWith(invitees[0].email), link.slice(link.lastIndexOf("#") + 1)]);
}

test("GINV-9 CH-9 CH-10 SEAT-10 whatever happens at once, and wherever a function dies, counters equal lists in the end", async () => {
  const random = randomness(1);
  const w = await world({ guests: 0, guestsUsed: 0, seatsReserved: 0 });
  const names = ["ann", "bea", "cyd", "dan", "eva", "fay", "gus", "hal", "ivo", "jan"];
  const people = names.map((name) => personWith(`${name}@example.com`));
  for (const name of names.slice(0, 2)) await w.member(name, { ...CHAT_ADMIN, orgRole: "administrator" });
  for (const name of names.slice(2, 5)) await w.member(name, { addressKeys: [] });
  await w.write({
    label: "organization",
    update: keys.organization(w.org),
    expression: "SET seatsHeld = :five, seatsUsed = :five, limits.seats = :nine, limits.guests = :four",
    values: { ":five": 5, ":nine": 9, ":four": 4 },
  });
  const table = shaky(w.table, random.next);
  const call = caller([
    ...channelUseCases(table),
    ...channelPeopleUseCases(table),
    ...groupUseCases(table),
    ...roleUseCases(table),
    ...inviteUseCases({
      table,
      pageBaseUrl: "https://example.com",
      mailLimits: { sender: null, organization: null, recipient: null },
    }),
    ...acceptUseCases(table),
  ]);
  const known: Known = { channels: [w.general], groups: [], tokens: [] };
  const ever = new Set(known.channels);
  const done = new Set<string>();
  const worker = async () => {
    for (let count = 0; count < ACTS; count += 1) {
      const act = nextAct(people, random, known);
      const [as, route, params = {}, body] = act;
      const at = route === ACCEPT ? route : route.replace(" ", " /v1/organizations/{org}");
      const answer = await call(at, { as, params: { org: w.org, ...params }, body });
      if (answer.status < 300) done.add(route);
      learn(known, act, answer);
      for (const id of known.channels) ever.add(id);
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, worker));
  for (let round = 0; round < 4; round += 1)
    await finishIntents(w.table, Date.now() + 10 * 60_000, () => true);
  for (const { channelId } of await w.partition(keys.channels(w.org))) ever.add(String(channelId));
  const userIds = people.map(({ userId }) => userId);
  expect(await flaws(w, userIds, [...ever])).toEqual([]);
  expect(done.size).toBeGreaterThan(10);
}, 60_000);
