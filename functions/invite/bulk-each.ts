import { getPerson } from "../table/person-records.ts";
import { ConditionsFailed, TableBusy } from "../table/transaction.ts";
import type { AskedInvitee } from "./bulk-asked.ts";
import { type Plan, planAddresses, undoneOf } from "./bulk-plan.ts";
import { clearWay, plannedAs, transactInTurn, type Work } from "./bulk-write.ts";
import { draftInvitation } from "./draft-invitation.ts";
import { inviteGuest } from "./invite-guest.ts";
import { inviteMember } from "./invite-member.ts";
import { mostInOneTransaction, newInvitationsWrites } from "./new-invitations-writes.ts";
import type { InviteOutcome, Outcomes } from "./outcome.ts";

/** Plans made anew for those whose write did not hold; then each goes by itself. */
const ROUNDS = 5;

/** Invites, or adds, one address by itself: its facts are read anew until what is written holds. */
async function inviteAlone(work: Work, asked: AskedInvitee): Promise<InviteOutcome | { kind: "busy" }> {
  const { table, org, origin, terms, isTimeLeft } = work;
  if (!isTimeLeft()) return { kind: "busy" };
  try {
    return terms.kind === "guest"
      ? await inviteGuest(table, org, origin, asked, terms)
      : await inviteMember(table, org, origin, asked, terms);
  } catch (error) {
    // The addresses before this one have their answers, and those after it may have better luck.
    if (error instanceof TableBusy) return { kind: "busy" };
    throw error;
  }
}

/** GINV-6: adds one guest by itself, whose mail was not charged (INV-13). */
export async function addAlone(work: Work, asked: AskedInvitee): Promise<InviteOutcome | { kind: "busy" }> {
  return await inviteAlone(work, { ...asked, isOnlyAdded: true });
}

/** Writes some invitations in one transaction; false if a condition did not hold. */
async function writeTogether(
  work: Work,
  { organization }: Plan,
  chunk: readonly AskedInvitee[],
  outcomes: Outcomes,
): Promise<boolean> {
  const { actor, origin, terms, isTimeLeft } = work;
  const drafts = chunk.map((asked) => ({
    index: asked.index,
    ...draftInvitation(organization, actor, asked, terms, origin.now),
  }));
  const invitations = drafts.map(({ invitation }) => invitation);
  try {
    if (!isTimeLeft()) throw new TableBusy();
    await transactInTurn(work, newInvitationsWrites(invitations, { organization, actor, origin }));
  } catch (error) {
    if (error instanceof ConditionsFailed) return false;
    if (!(error instanceof TableBusy)) throw error;
    for (const { index } of chunk) outcomes.set(index, { kind: "busy" });
    return true;
  }
  for (const { index, ...draft } of drafts) outcomes.set(index, { kind: "invited", ...draft });
  return true;
}

/**
 * Carries a plan out, in transactions of as many addresses as fit.
 * @returns those from the first transaction on that did not hold: a later address takes no place before an earlier one
 */
async function carryOutPlan(work: Work, plan: Plan, outcomes: Outcomes): Promise<AskedInvitee[]> {
  for (const [index, outcome] of undoneOf(plan)) outcomes.set(index, outcome);
  await clearWay(work, plan);
  for (const asked of plannedAs(plan, "added")) outcomes.set(asked.index, await addAlone(work, asked));
  const invited = plannedAs(plan, "invited");
  const size = mostInOneTransaction(work.terms);
  for (let start = 0; start < invited.length; start += size) {
    const chunk = invited.slice(start, start + size);
    if (!(await writeTogether(work, plan, chunk, outcomes))) return invited.slice(start);
  }
  return [];
}

/**
 * INV-10: invites each address as planned, whatever becomes of the others. Where something has changed since it was
 * planned, it is planned anew; in the end each goes by itself.
 */
export async function inviteEach(work: Work, plan: Plan): Promise<Outcomes> {
  const { table, org, terms, actor, origin } = work;
  const outcomes: Outcomes = new Map();
  try {
    let left = await carryOutPlan(work, plan, outcomes);
    for (let round = 2; round <= ROUNDS && left.length > 0 && work.isTimeLeft(); round += 1) {
      // A sender who has changed is judged anew with every address.
      if ((await getPerson(table, org, actor.userId))?.version !== actor.version) break;
      const anew = await planAddresses(table, { org, terms, now: origin.now, isAtomic: false }, left);
      left = await carryOutPlan(work, anew, outcomes);
    }
    for (const asked of left) outcomes.set(asked.index, await inviteAlone(work, asked));
  } catch (error) {
    // Those that have their answers keep them.
    if (!(error instanceof TableBusy)) throw error;
    for (const { asked } of plan.items)
      if (asked.key !== undefined && !outcomes.has(asked.index)) outcomes.set(asked.index, { kind: "busy" });
  }
  return outcomes;
}
