import { maySeePerson } from "@vestibule/domain/visibility";
import { isUserId } from "../shell/ids.ts";
import { notFound } from "../shell/problem.ts";
import { type Actor, demand } from "../shell/standing.ts";
import { generalChannelId } from "../table/keys.ts";
import { asMembership, getPersonChannels, membershipsIn } from "../table/memberships.ts";
import { getPerson, type PersonRecord, standingAt } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";

/** Whether somebody is in one of the channels that a guest was given (GST-16); all members are in General (CH-1). */
async function sharesChannel(table: Table, guest: PersonRecord, other: PersonRecord): Promise<boolean> {
  const org = guest.organizationId;
  const given = (await membershipsIn(table, org, guest.userId)).filter(({ kind }) => kind === "guest");
  const channelIds = given.map(({ channelId }) => channelId);
  if (other.kind === "member" && channelIds.includes(generalChannelId(org))) return true;
  const rows = await getPersonChannels(table, org, other.userId, channelIds);
  return [...rows.values()].some((row) => asMembership(row)?.kind === other.kind);
}

/**
 * Demands that somebody exists to the one who asks about them.
 * @throws Problem 404, to a guest the same for a stranger as for whom they share no channel with (GST-16)
 */
export async function demandSeen(table: Table, actor: Actor, userId: string, now: number): Promise<void> {
  if (userId === actor.person.userId) return;
  const org = actor.person.organizationId;
  const person = isUserId(userId) ? await getPerson(table, org, userId) : undefined;
  const standing = standingAt(person, now);
  const found = standing.kind === "outsider" || standing.state !== "active" ? undefined : person;
  const isShared =
    actor.standing.kind === "guest" &&
    found !== undefined &&
    (await sharesChannel(table, actor.person, found));
  demand(maySeePerson({ viewer: actor.standing, sharesChannel: isShared }));
  if (person === undefined) throw notFound("person");
}
