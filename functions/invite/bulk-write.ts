import { setTimeout as wait } from "node:timers/promises";
import { carryOutSoon } from "../membership/carry-out.ts";
import type { TimeLeft } from "../membership/time-left.ts";
import { madeRoom } from "../shell/made-room.ts";
import type { Origin } from "../table/audit.ts";
import { closeInvitation } from "../table/close-invitation.ts";
import { endGuest } from "../table/ended-guests.ts";
import { getOrganization, guestCounters, type Organization, seatCounters } from "../table/organizations.ts";
import type { PersonRecord } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";
import { TableBusy, transact, type Write } from "../table/transaction.ts";
import type { AskedInvitee } from "./bulk-asked.ts";
import type { Plan } from "./bulk-plan.ts";
import type { GuestTerms, MemberTerms } from "./outcome.ts";

/** A request at work: who invites, with which terms, from where. */
export type Work = {
  readonly table: Table;
  readonly org: string;
  readonly terms: MemberTerms | GuestTerms;
  readonly actor: PersonRecord;
  readonly origin: Origin;
  readonly isTimeLeft: TimeLeft;
  /** The same whenever the request is repeated with its `Idempotency-Key`. */
  readonly suffix: string | undefined;
};

const ATTEMPTS = 6;
const BACKOFF_MS = 100;
const MOST_BACKOFF_MS = 1_500;

/**
 * A transaction of many writes, against a hundred others that count in the same organization: with more patience than
 * one that somebody else can step in for.
 * @throws ConditionsFailed
 * @throws TableBusy
 */
export async function transactInTurn(work: Work, writes: readonly Write[]): Promise<void> {
  for (let count = 1; ; count += 1) {
    try {
      return await transact(work.table, writes);
    } catch (error) {
      if (!(error instanceof TableBusy) || count === ATTEMPTS || !work.isTimeLeft()) throw error;
      await wait(Math.random() * Math.min(BACKOFF_MS * 2 ** count, MOST_BACKOFF_MS));
    }
  }
}

/** Those of a plan that are to be invited, or added (GINV-6), in the order of the request. */
export function plannedAs(plan: Plan, status: "invited" | "added"): AskedInvitee[] {
  return plan.items.flatMap(({ asked, planned }) =>
    planned.status === status && asked.key !== undefined ? [asked] : [],
  );
}

/** More would be more than 50 closed each time (`close-invitation.ts`), and a request has 100 addresses at most. */
const ROOM_ATTEMPTS = 3;

function freePlaces({ terms }: Work, organization: Organization): number {
  if (terms.kind === "guest") {
    const { limit, guests, pendingGuests } = guestCounters(organization);
    return limit === null ? Number.POSITIVE_INFINITY : limit - guests - pendingGuests;
  }
  const { limit, held, reserved } = seatCounters(organization);
  return limit === null ? Number.POSITIVE_INFINITY : limit - held - reserved;
}

/**
 * Takes out of the way what a plan does not count any more: invitations past their date in the addresses' slots, guests
 * past their end, and where places are short, all others that are over (SEAT-4, GINV-10).
 */
export async function clearWay(work: Work, plan: Plan): Promise<void> {
  const { table, org, terms, origin } = work;
  const { now } = origin;
  const bySystem = { actorId: "system", sourceIp: undefined, now };
  const invited = plannedAs(plan, "invited");
  for (const { key } of invited) {
    const { expired, ended } = plan.known(key);
    if (expired !== undefined) await closeInvitation(table, expired, "expired", bySystem);
    const intent = ended === undefined ? undefined : await endGuest(table, ended, now);
    if (intent !== undefined) await carryOutSoon(table, [intent]);
  }
  let organization: Organization | undefined = plan.organization;
  for (let count = 1; count <= ROOM_ATTEMPTS && organization !== undefined; count += 1) {
    if (freePlaces(work, organization) >= invited.length) return;
    if (!(await madeRoom(table, org, now, terms.kind))) return;
    organization = await getOrganization(table, org);
  }
}
