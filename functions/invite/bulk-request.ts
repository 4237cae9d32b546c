import type { Denied } from "@vestibule/domain/decision";
import { problemOf } from "../shell/problem.ts";
import { limitsIn, type MailLimits } from "../table/mail-allowances.ts";
import type { Recipient } from "../table/recipients.ts";
import type { Table } from "../table/table.ts";
import { TableBusy } from "../table/transaction.ts";
import { inviteAll } from "./bulk-all.ts";
import type { AskedInvitee, NoAddress } from "./bulk-asked.ts";
import { inviteEach } from "./bulk-each.ts";
import { chargeInvitations, giveUnusedBack, type Mailing, readRecipients } from "./bulk-mails.ts";
import { type Plan, type Planned, planAddresses } from "./bulk-plan.ts";
import { plannedAs, type Work } from "./bulk-write.ts";
import type { Outcomes } from "./outcome.ts";

/** A plan with the mails that it takes, and what their recipients have had so far. */
type RequestPlan = {
  readonly plan: Plan;
  readonly mailing: Mailing;
  readonly recipients: ReadonlyMap<string, Recipient>;
  readonly isOfOne: boolean;
};

/** Who asks; `isOfOne`: for one address, and not for what a repeated request has left of many (INV-10). */
type Asking = {
  readonly senderId: string;
  readonly deploymentLimits: MailLimits;
  readonly isOfOne: boolean;
};

const SKIPPED = { status: "skipped" } as const;

/** A plan without some of its addresses, which are refused; an atomic one is spoilt by them (INV-10). */
function without(plan: Plan, isAtomic: boolean, denialOf: (asked: AskedInvitee) => Denied | undefined): Plan {
  const items = plan.items.map(({ asked, planned }): Plan["items"][number] => {
    const denied = asked.key === undefined ? undefined : denialOf(asked);
    if (denied !== undefined) return { asked, planned: { status: "refused", denied } };
    const isGood = planned.status === "invited" || planned.status === "added";
    return { asked, planned: isAtomic && isGood ? SKIPPED : planned };
  });
  return { ...plan, items, cost: isAtomic ? { seats: 0, guestPlaces: 0, mails: 0 } : plan.cost };
}

/**
 * What becomes of each address. One whose recipient may be sent no more for now is refused without spoiling the others
 * (INV-10, INV-13); the places that it does not take are for those after it.
 * @throws Problem 429 if it is the only one
 */
export async function planRequest(
  table: Table,
  wanted: Planned,
  { senderId, deploymentLimits, isOfOne }: Asking,
  asked: readonly (AskedInvitee | NoAddress)[],
): Promise<RequestPlan> {
  const { org, terms, now, isAtomic } = wanted;
  const plan = await planAddresses(table, wanted, asked);
  const limits = limitsIn(plan.organization, deploymentLimits);
  const mailing = { org, senderId, limits, isMailed: terms.delivery !== "link", now };
  const { recipients, barred } = await readRecipients(table, mailing, plannedAs(plan, "invited"));
  const [denied] = barred.values();
  if (denied === undefined) return { plan, mailing, recipients, isOfOne };
  if (isOfOne) throw problemOf(denied);
  const denialOf = ({ key }: AskedInvitee) => barred.get(key);
  if (isAtomic) return { plan: without(plan, true, denialOf), mailing, recipients, isOfOne };
  const others = asked.filter(({ key }) => key === undefined || !barred.has(key));
  const anew = await planAddresses(table, wanted, others);
  const planned = new Map(anew.items.map((item) => [item.asked.index, item.planned]));
  const items = asked.map((each) => ({ asked: each, planned: planned.get(each.index) ?? SKIPPED }));
  return { plan: without({ ...anew, items }, false, denialOf), mailing, recipients, isOfOne };
}

/**
 * Charges the mails of a plan, and carries it out; what was charged and not used is given back.
 * @throws Problem 429 if it is more than may be sent now: nothing is written
 * @throws TableBusy if an atomic request could not be written: nothing is
 */
export async function carryOutRequest(
  work: Work,
  { plan, mailing, recipients, isOfOne }: RequestPlan,
  isAtomic: boolean,
): Promise<Outcomes> {
  const { table } = work;
  const invited = plannedAs(plan, "invited");
  const failed = await chargeInvitations(table, mailing, invited, recipients);
  const charged = invited.filter(({ index }) => !failed.has(index));
  const [failure] = failed.values();
  if (failure !== undefined && failure !== "busy" && isOfOne) throw problemOf(failure);
  const busy = new Set([...failed].flatMap(([index, what]) => (what === "busy" ? [index] : [])));
  const left = plan.items.filter(({ asked }) => !busy.has(asked.index));
  const denialOf = ({ index }: AskedInvitee) => {
    const denied = failed.get(index);
    return denied === "busy" ? undefined : denied;
  };
  const possible = failed.size === 0 ? plan : without({ ...plan, items: left }, isAtomic, denialOf);
  try {
    if (isAtomic && busy.size > 0) throw new TableBusy();
    const outcomes = isAtomic ? await inviteAll(work, possible) : await inviteEach(work, possible);
    for (const index of busy) outcomes.set(index, { kind: "busy" });
    const unused = charged.filter(({ index }) => outcomes.get(index)?.kind !== "invited");
    await giveUnusedBack(table, mailing, unused);
    return outcomes;
  } catch (error) {
    // After anything else it is not certain what was written: rather a mail too few than one too many.
    if (error instanceof TableBusy) await giveUnusedBack(table, mailing, charged);
    throw error;
  }
}
