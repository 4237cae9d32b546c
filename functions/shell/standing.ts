import type { Decision } from "@vestibule/domain/decision";
import type { Standing } from "@vestibule/domain/people";
import { type Action, type PermissionFacts, permit } from "@vestibule/domain/permissions";
import { getMember, type Member, standingOf } from "../table/members.ts";
import type { Table } from "../table/table.ts";
import { problemOf } from "./problem.ts";

/** A decision as an exception at the edge. @throws Problem of the denial */
export function demand(decision: Decision): void {
  if (!decision.allowed) throw problemOf(decision);
}

/** Who acts in an organization: their record and what the domain makes of it. */
export type Actor = { readonly member: Member; readonly standing: Standing };

/**
 * The acting person's record, if the permission table lets them do this (1 read unit).
 * @throws Problem 404 for an outsider, 403 otherwise
 */
export async function actorWho(
  table: Table,
  where: { org: string; userId: string },
  action: Action,
  facts: Omit<PermissionFacts, "standing"> = {},
): Promise<Actor> {
  const member = await getMember(table, where.org, where.userId);
  const standing = standingOf(member);
  const decision = permit(action, { standing, ...facts });
  if (!decision.allowed) throw problemOf(decision);
  if (member === undefined) throw new Error("an outsider was permitted");
  return { member, standing };
}
