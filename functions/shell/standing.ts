import type { Decision } from "@vestibule/domain/decision";
import type { Standing } from "@vestibule/domain/people";
import { type Action, type PermissionFacts, permit } from "@vestibule/domain/permissions";
import { getPerson, type PersonRecord, standingAt } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";
import { problemOf } from "./problem.ts";
import type { Replay } from "./route.ts";

/** A decision as an exception at the edge. @throws Problem of the denial */
export function demand(decision: Decision): void {
  if (!decision.allowed) throw problemOf(decision);
}

/** Who acts in an organization: their record and what the domain makes of it. */
export type Actor = { readonly person: PersonRecord; readonly standing: Standing };

type Where = { readonly org: string; readonly userId: string; readonly now: number };

/**
 * The acting person's record, member or guest, if the permission table lets them do this (1 read unit).
 * @throws Problem 404 for an outsider, 403 otherwise
 */
export async function actorWho(
  table: Table,
  { org, userId, now }: Where,
  action: Action,
  facts: Omit<PermissionFacts, "standing"> = {},
): Promise<Actor> {
  const person = await getPerson(table, org, userId);
  const standing = standingAt(person, now);
  demand(permit(action, { standing, ...facts }));
  if (person === undefined) throw new Error("an outsider was permitted");
  return { person, standing };
}

/** A kept answer of this action is told again only to those who may still do it. */
export function toThoseWhoMay(table: Table, action: Action): Required<Pick<Replay, "demand">> {
  return {
    demand: async ({ params, person, now }) =>
      await actorWho(table, { org: params["org"] ?? "", userId: person.userId, now }, action),
  };
}
