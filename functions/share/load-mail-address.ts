import type { Action } from "@vestibule/domain/permissions";
import { notFound } from "../shell/problem.ts";
import type { Person } from "../shell/route.ts";
import { type Actor, actorWho } from "../shell/standing.ts";
import { getMailAddress, type MailAddress } from "../table/mail-addresses.ts";
import type { Table } from "../table/table.ts";

/** Who does what with which mail address. */
export type Where = {
  readonly params: { readonly org: string; readonly adr: string };
  readonly person: Person;
  readonly now: number;
};

/**
 * A mail address of the organization, for somebody who may do this with it: who may not learns nothing of it (INV-15).
 * @throws Problem 403, 404
 */
export async function loadMailAddress(
  table: Table,
  { params, person, now }: Where,
  action: Action,
): Promise<{ readonly actor: Actor; readonly address: MailAddress }> {
  const actor = await actorWho(table, { org: params.org, userId: person.userId, now }, action);
  const address = await getMailAddress(table, params.org, params.adr);
  if (address === undefined) throw notFound("mail address");
  return { actor, address };
}
