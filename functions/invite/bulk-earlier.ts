import { carryOut } from "../membership/carry-out.ts";
import { getIntent } from "../table/intents.ts";
import { addSecret, mintSecret } from "../table/invitation-secrets.ts";
import type { Invitation } from "../table/invitations.ts";
import { getInvitations } from "../table/invitations-by-id.ts";
import type { Table } from "../table/table.ts";
import type { AskedInvitee, NoAddress } from "./bulk-asked.ts";
import type { Outcomes } from "./outcome.ts";

/** A request under an `Idempotency-Key`: `suffix` is the same whenever it is repeated. */
export type Repeatable = { readonly org: string; readonly suffix: string; readonly hasLinks: boolean };

/** The id of the intent that holds an atomic request together. */
export function batchIdOf(suffix: string): string {
  return `itt_${suffix}`;
}

/** INV-10: brings an atomic request, if that run left it half done, to its end, as the sweep would later. */
export async function finishEarlierBatch(table: Table, org: string, suffix: string): Promise<void> {
  const intent = await getIntent(table, org, batchIdOf(suffix));
  if (intent !== undefined) await carryOut(table, intent);
}

/** INV-3: the link of the first run is known to nobody; a new one opens the same. */
async function secretFor(
  table: Table,
  { org, hasLinks }: Repeatable,
  { invitationId, state }: Invitation,
): Promise<string | undefined> {
  if (!hasLinks || state !== "pending") return undefined;
  const { secret, hash } = mintSecret(org, invitationId);
  return (await addSecret(table, org, invitationId, hash)) ? secret : undefined;
}

/**
 * What an earlier run of the same request has brought about before it was cut short: its invitations have the ids that
 * this run's would have. An atomic one is brought to its end first (INV-10).
 */
export async function outcomesOfEarlierRun(
  table: Table,
  request: Repeatable,
  asked: readonly (AskedInvitee | NoAddress)[],
): Promise<Outcomes> {
  const { org, suffix } = request;
  await finishEarlierBatch(table, org, suffix);
  const ids = asked.flatMap((one) => (one.key === undefined ? [] : [one.invitationId]));
  const made = await getInvitations(table, org, ids);
  const outcomes: Outcomes = new Map();
  for (const one of asked) {
    const invitation = one.key === undefined ? undefined : made.get(one.invitationId);
    if (invitation === undefined) continue;
    const secret = await secretFor(table, request, invitation);
    outcomes.set(one.index, { kind: "invited", invitation, secret });
  }
  return outcomes;
}
