import { carryOutSoon } from "../membership/carry-out.ts";
import { abandonInviteBatch } from "../membership/invite-batch.ts";
import { type Intent, newIntent, putIntent } from "../table/intents.ts";
import { batchOf, commitWrite, slotWrites } from "../table/invite-batches.ts";
import { unchangedCheck } from "../table/members.ts";
import { placesWrite } from "../table/new-invitations.ts";
import { ConditionsFailed, TableBusy } from "../table/transaction.ts";
import { addAlone } from "./bulk-each.ts";
import { batchIdOf } from "./bulk-earlier.ts";
import { type Plan, planAddresses, undoneOf } from "./bulk-plan.ts";
import { clearWay, plannedAs, transactInTurn, type Work } from "./bulk-write.ts";
import { type Draft, draftInvitation } from "./draft-invitation.ts";
import { mostInOneTransaction, newInvitationsWrites } from "./new-invitations-writes.ts";
import type { Outcomes } from "./outcome.ts";

/** Plans made anew for a request whose write did not hold. */
const ROUNDS = 5;

/** Addresses of one transaction that takes them: beside them there are the counters and the check of the sender. */
const SLOTS_AT_ONCE = 98;

/** Takes all addresses and places, transaction by transaction, and commits. @throws ConditionsFailed */
async function takeAndCommit(
  work: Work,
  plan: Plan,
  drafts: readonly Draft[],
  intent: Intent,
): Promise<void> {
  const { terms, actor } = work;
  for (let start = 0; start < drafts.length; start += SLOTS_AT_ONCE) {
    const some = drafts.slice(start, start + SLOTS_AT_ONCE).map(({ invitation }) => invitation);
    await transactInTurn(work, [
      ...slotWrites(some),
      placesWrite(plan.organization, terms.kind, some.length),
      unchangedCheck("actor", actor),
    ]);
  }
  await transactInTurn(work, [commitWrite(intent), unchangedCheck("actor", actor)]);
}

/** All of a plan's invitations at once, or none. @throws ConditionsFailed, TableBusy: none */
async function writeAll(work: Work, plan: Plan, drafts: readonly Draft[]): Promise<void> {
  const { table, org, actor, origin, terms } = work;
  const [first, ...rest] = drafts.map(({ invitation }) => invitation);
  if (first === undefined) return;
  if (drafts.length <= mostInOneTransaction(terms)) {
    const ground = { organization: plan.organization, actor, origin };
    return await transactInTurn(work, newInvitationsWrites([first, ...rest], ground));
  }
  const facts = batchOf([first, ...rest], origin);
  const fresh = newIntent(org, facts, origin.now);
  // A repetition finds what this run leaves, should it be cut short (`bulk-earlier.ts`).
  const intent = work.suffix === undefined ? fresh : { ...fresh, intentId: batchIdOf(work.suffix) };
  await putIntent(table, intent);
  try {
    await takeAndCommit(work, plan, drafts, intent);
  } catch (error) {
    if (!(error instanceof ConditionsFailed || error instanceof TableBusy)) throw error;
    await abandonInviteBatch(table, intent, facts);
    throw error;
  }
  await carryOutSoon(table, [{ ...intent, facts: { ...facts, state: "committed" } }]);
}

/**
 * INV-10: `atomic`: invites all addresses or, if one of them cannot be invited, none. Up to what one transaction holds
 * that is one transaction; more is held together by an intent (docs/adr/0020). Guests who are added to channels (GINV-6)
 * follow when the invitations are there.
 * @throws TableBusy if it could not be written: then nothing is
 */
export async function inviteAll(work: Work, before: Plan): Promise<Outcomes> {
  const { table, org, terms, actor, origin } = work;
  const charged = new Set(plannedAs(before, "invited").map(({ index }) => index));
  let plan = before;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const [invited, added] = [plannedAs(plan, "invited"), plannedAs(plan, "added")];
    if (invited.length + added.length === 0) return undoneOf(plan);
    // A guest no more since it was planned: their mail was not charged (INV-13).
    if (invited.some(({ index }) => !charged.has(index))) break;
    await clearWay(work, plan);
    const drafts = invited.map((asked) => ({
      index: asked.index,
      ...draftInvitation(plan.organization, actor, asked, terms, origin.now),
    }));
    try {
      await writeAll(work, plan, drafts);
      const outcomes: Outcomes = new Map();
      for (const { index, ...draft } of drafts) outcomes.set(index, { kind: "invited", ...draft });
      for (const asked of added) outcomes.set(asked.index, await addAlone(work, asked));
      return outcomes;
    } catch (error) {
      if (!(error instanceof ConditionsFailed)) throw error;
      // A sender who has changed is judged anew, by a request of its own.
      if (error.failures.has("actor")) break;
    }
    const asked = plan.items.map((item) => item.asked);
    plan = await planAddresses(table, { org, terms, now: origin.now, isAtomic: true }, asked);
  }
  throw new TableBusy();
}
