import { presentUsage } from "../contract/organization.ts";
import { carryOutSoon } from "../membership/carry-out.ts";
import { notFound } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import { actorWho } from "../shell/standing.ts";
import { closeExpired, countExpired } from "../table/close-invitation.ts";
import { countEndedGuests, endGuestsOf } from "../table/ended-guests.ts";
import { getOrganization, type Organization } from "../table/organizations.ts";
import type { Table } from "../table/table.ts";
import type { usageRoute } from "./contract.ts";

/** What is still counted although its date has passed: more than one request closes. */
type Overdue = { readonly members: number; readonly pendingGuests: number; readonly guests: number };

/** Closes what is past its date, so that everybody's figures follow, and tells what is left over. */
async function closeOverdue(table: Table, org: string, now: number): Promise<Overdue> {
  const closed = await closeExpired(table, org, now);
  const ended = await endGuestsOf(table, org, now);
  await carryOutSoon(table, ended);
  const [members, pendingGuests] =
    closed === 0
      ? [0, 0]
      : await Promise.all([countExpired(table, org, now, "member"), countExpired(table, org, now, "guest")]);
  return { members, pendingGuests, guests: ended.length === 0 ? 0 : await countEndedGuests(table, org, now) };
}

/** SEAT-4, GINV-10: the figures without what is past its date. */
function without(organization: Organization, overdue: Overdue): Organization {
  return {
    ...organization,
    seatsReserved: Math.max(0, organization.seatsReserved - overdue.members),
    pendingGuests: Math.max(0, organization.pendingGuests - overdue.pendingGuests),
    guests: Math.max(0, organization.guests - overdue.guests),
  };
}

/**
 * SEAT-10: the dashboard, with figures that equal the lists. Invitations past their date are closed first and guests past
 * their end removed; what one request leaves over of them is left out of the figures (SEAT-4, GINV-10).
 */
export async function readUsage(
  table: Table,
  { params, person, now }: Request<typeof usageRoute>,
): Promise<Answer> {
  const { org } = params;
  await actorWho(table, { org, userId: person.userId, now }, "usage.read");
  const overdue = await closeOverdue(table, org, now);
  const organization = await getOrganization(table, org);
  if (organization === undefined) throw notFound("organization");
  return { status: 200, body: presentUsage(without(organization, overdue)) };
}
