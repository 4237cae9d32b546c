import type { Standing } from "@vestibule/domain/people";
import { type Action, permit } from "@vestibule/domain/permissions";
import { notFound, stale } from "../shell/problem.ts";
import type { Person } from "../shell/route.ts";
import { type Actor, demand } from "../shell/standing.ts";
import { type Guest, isOver } from "../table/guests.ts";
import { unchangedCheck } from "../table/members.ts";
import { getOrganization, type Organization } from "../table/organizations.ts";
import { getPerson, type PersonRecord, standingAt } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";
import type { Write } from "../table/transaction.ts";

/** The request of an act on somebody's record. */
export type ActOnPerson = {
  readonly params: { readonly org: string; readonly user: string };
  readonly person: Person;
  readonly ifMatch: number | undefined;
  readonly sourceIp: string;
  readonly now: number;
};

/** What an act on somebody's record is decided on. */
export type PeopleFacts<Target extends PersonRecord = PersonRecord> = {
  readonly actor: Actor;
  readonly target: Target;
  readonly targetStanding: Standing;
  readonly isSelf: boolean;
  readonly organization: Organization;
};

/**
 * Loads what every act on a record needs. The actor is asked for `action` before anything is said about the target, so
 * that neither an outsider nor a guest learns of who is there (INV-15, GST-16). A guest past their end is not there.
 * @throws Problem 404, 403, 412
 */
export async function loadPeople(
  table: Table,
  { params, person, ifMatch, now }: ActOnPerson,
  action: Action,
): Promise<PeopleFacts> {
  const { org, user } = params;
  const isSelf = user === person.userId;
  const [mine, other, organization] = await Promise.all([
    getPerson(table, org, person.userId),
    isSelf ? undefined : getPerson(table, org, user),
    getOrganization(table, org),
  ]);
  const standing = standingAt(mine, now);
  demand(permit(action, { standing }));
  if (mine === undefined || organization === undefined) throw notFound("organization");
  const target = isSelf ? mine : other;
  if (target === undefined || (target.kind === "guest" && isOver(target, now))) throw notFound("person");
  if (ifMatch !== undefined && ifMatch !== target.version) throw stale();
  const targetStanding = standingAt(target, now);
  return { actor: { person: mine, standing }, target, targetStanding, isSelf, organization };
}

/** The facts of an act on a guest. @throws Problem 404 for everybody else */
export async function loadGuestFacts(
  table: Table,
  request: ActOnPerson,
  action: Action,
): Promise<PeopleFacts<Guest>> {
  const facts = await loadPeople(table, request, action);
  const { target } = facts;
  if (target.kind !== "guest") throw notFound("guest");
  return { ...facts, target };
}

/** The check that the actor's rights still hold when the change is written; on their own record the change checks it. */
export function actorChecks({ actor, isSelf }: Pick<PeopleFacts, "actor" | "isSelf">): Write[] {
  return isSelf ? [] : [unchangedCheck("actor", actor.person)];
}
