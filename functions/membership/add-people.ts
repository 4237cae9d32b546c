import { addStatus, mayAddPeople } from "@vestibule/domain/channels";
import { isChatAdmin, type Standing } from "@vestibule/domain/people";
import type { AddStatus } from "@vestibule/domain/vocabulary";
import { Problem } from "../shell/problem.ts";
import { demand } from "../shell/standing.ts";
import { auditWrite } from "../table/audit.ts";
import { lastSeqsOf } from "../table/channel-figures.ts";
import { headcountWrite } from "../table/channels.ts";
import { countGuestChannelsWrite } from "../table/guests.ts";
import { type Intent, intentWrite, newIntent } from "../table/intents.ts";
import { fullName } from "../table/members.ts";
import { joinWrites } from "../table/membership-writes.ts";
import { getMembershipsOf, type PersonChannel } from "../table/memberships.ts";
import { getPeople, type PersonRecord, standingAt } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";
import { TableBusy, type Write } from "../table/transaction.ts";
import { actorChecks, typeInSight } from "./actor-checks.ts";
import { carryOutSoon } from "./carry-out.ts";
import {
  type ChannelFacts,
  channelActor,
  type InChannel,
  keyOf,
  loadChannelFacts,
  relationOf,
} from "./channel-relation.ts";
import { isMemberCheck } from "./member-check.ts";
import { MOST_PEOPLE } from "./take-out.ts";
import { goOn, OutOfTime, type TimeLeft } from "./time-left.ts";
import { type Plan, writeAnew } from "./write-anew.ts";

/** Somebody adds people to a channel. */
export type Addition = InChannel & { readonly sourceIp: string | undefined };

/** `readTo`: the channel's last `seq`, up to which those who come have nothing unread (MSG-11). */
type Coming = Addition & { readonly readTo: number | undefined };

type Statuses = Map<string, AddStatus>;
type Added = { readonly statuses: Statuses; readonly intents: Intent[] };

/**
 * CH-8: adds people to a channel, in transactions of 30, and answers for each of them. Whoever is in it already stays as
 * they are; what a busy table left out is `busy`, and may be asked for again.
 * @throws Problem if the actor may not add people
 */
export async function addPeople(
  table: Table,
  addition: Addition,
  userIds: readonly string[],
  isTimeLeft: TimeLeft,
): Promise<Statuses> {
  const wanted = [...new Set(userIds)];
  const statuses: Statuses = new Map();
  const intents: Intent[] = [];
  // One for all: whoever comes in a little after the first has what was said meanwhile as unread.
  const readTo = (await lastSeqsOf(table, addition.org, [addition.channelId])).get(addition.channelId);
  for (let start = 0; start < wanted.length; start += MOST_PEOPLE) {
    const batch = wanted.slice(start, start + MOST_PEOPLE);
    try {
      if (start > 0) goOn(isTimeLeft);
      const added = await writeAnew(table, async () => await plan(table, { ...addition, readTo }, batch));
      for (const [userId, status] of added.statuses) statuses.set(userId, status);
      intents.push(...added.intents);
    } catch (error) {
      const rest = statusOfRest(error, start === 0);
      for (const userId of wanted.slice(start)) statuses.set(userId, rest);
      break;
    }
  }
  await carryOutSoon(table, intents);
  return statuses;
}

/** What those get whose transaction could not be: the others are in, so that the answer is theirs, too. */
function statusOfRest(error: unknown, isFirst: boolean): AddStatus {
  if (error instanceof TableBusy || error instanceof OutOfTime) return "busy";
  if (error instanceof Problem && !isFirst) return "not-allowed";
  throw error;
}

async function plan(table: Table, addition: Coming, userIds: readonly string[]): Promise<Plan<Added>> {
  const { org, channelId, userId: actorId, sourceIp, now } = addition;
  const facts = await loadChannelFacts(table, addition);
  demand(mayAddPeople(channelActor(facts)));
  const [people, rows] = await Promise.all([
    getPeople(table, org, userIds),
    getMembershipsOf(table, keyOf(addition), userIds),
  ]);
  const statuses: Statuses = new Map();
  const coming: PersonRecord[] = [];
  for (const userId of userIds) {
    const person = people.get(userId);
    const status = statusOf(facts, person, rows.get(userId), standingAt(person, now));
    statuses.set(userId, status);
    if (status === "added" && person !== undefined) coming.push(person);
  }
  if (coming.length === 0) return { writes: [], result: { statuses, intents: [] } };
  const system = { kind: "added" as const, actorId, userIds: coming.map(({ userId }) => userId) };
  const told = newIntent(
    org,
    { kind: "announce", channelId, actorName: fullName(facts.person), system },
    now,
  );
  const writes = [
    ...comingWrites(addition, facts, coming),
    ...actorChecks(facts),
    intentWrite(told),
    auditWrite(
      org,
      { actorId, sourceIp, now },
      { action: "channel.people-added", subjectId: channelId, details: { people: coming.length } },
    ),
  ];
  return { writes, result: { statuses, intents: [told] } };
}

function statusOf(
  facts: ChannelFacts,
  person: PersonRecord | undefined,
  row: PersonChannel | undefined,
  standing: Standing,
): AddStatus {
  const status = addStatus({ standing, relation: relationOf(facts.channel, person, row) });
  if (status !== "added") return status;
  // What they had as a member is just being taken from them (GINV-11).
  if (row !== undefined) return "busy";
  // A guest's channels are given by those who invite guests (GINV-1).
  return person?.kind === "guest" && !isChatAdmin(facts.standing) ? "not-allowed" : "added";
}

function comingWrites(addition: Coming, facts: ChannelFacts, coming: readonly PersonRecord[]): Write[] {
  const { org, channelId, now, readTo } = addition;
  const guests = coming.filter(({ kind }) => kind === "guest").length;
  return [
    ...coming.flatMap((person) => [
      ...joinWrites(
        keyOf(addition),
        { userId: person.userId, kind: person.kind, role: "member", readTo },
        now,
      ),
      ...personWrites(facts, person),
    ]),
    headcountWrite(
      org,
      channelId,
      { members: coming.length - guests, guests },
      {
        isOpen: true,
        type: typeInSight(facts),
      },
    ),
  ];
}

/** The record that somebody comes with: a guest's counts their channels; the actor's own is checked anyway. */
function personWrites(facts: ChannelFacts, person: PersonRecord): Write[] {
  if (person.kind === "guest") return [countGuestChannelsWrite(person, 1)];
  return person.userId === facts.person.userId ? [] : [isMemberCheck(person)];
}
