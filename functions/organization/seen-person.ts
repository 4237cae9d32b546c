import { maySeePerson } from "@vestibule/domain/visibility";
import { givenChannels, isInOneOf } from "../membership/shares-channel.ts";
import { isUserId } from "../shell/ids.ts";
import { notFound } from "../shell/problem.ts";
import { type Actor, demand } from "../shell/standing.ts";
import { getPerson, type PersonRecord, standingAt } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";

function isThere(person: PersonRecord, now: number): boolean {
  const standing = standingAt(person, now);
  return standing.kind !== "outsider" && standing.state === "active";
}

/** Who of these people exists to somebody (GST-16, DIR-1): the active ones, to a guest those they share a channel with. */
export async function seenAmong(
  table: Table,
  { person: viewer, standing }: Actor,
  people: ReadonlyMap<string, PersonRecord>,
  now: number,
): Promise<Set<string>> {
  const there = [...people.values()].filter((other) => isThere(other, now));
  const given = standing.kind === "guest" ? await givenChannels(table, viewer) : [];
  const seen = await Promise.all(
    there.map(async (other) => {
      const isSelf = other.userId === viewer.userId;
      const isAsked = standing.kind === "guest" && !isSelf;
      const sharesChannel = isAsked && (await isInOneOf(table, given, other));
      return maySeePerson({ viewer: standing, sharesChannel, isSelf }).allowed;
    }),
  );
  return new Set(there.filter((_, index) => seen[index]).map(({ userId }) => userId));
}

/**
 * Demands that somebody exists to the one who asks about them.
 * @throws Problem 404, to a guest the same for a stranger as for whom they share no channel with (GST-16)
 */
export async function demandSeen(table: Table, actor: Actor, userId: string, now: number): Promise<void> {
  if (userId === actor.person.userId) return;
  const org = actor.person.organizationId;
  const person = isUserId(userId) ? await getPerson(table, org, userId) : undefined;
  const isAsked = actor.standing.kind === "guest" && person !== undefined && isThere(person, now);
  const sharesChannel = isAsked && (await isInOneOf(table, await givenChannels(table, actor.person), person));
  demand(maySeePerson({ viewer: actor.standing, sharesChannel }));
  if (person === undefined) throw notFound("person");
}
