import { type InviteCost, type InvitesAsked, type PlannedInvite, planInvites } from "@vestibule/domain/bulk";
import { countExpired } from "../table/close-invitation.ts";
import { countEndedGuests } from "../table/ended-guests.ts";
import { getOrganization, guestCounters, type Organization, seatCounters } from "../table/organizations.ts";
import type { Table } from "../table/table.ts";
import type { AskedInvitee, NoAddress } from "./bulk-asked.ts";
import { type KnownAddress, loadAddresses } from "./bulk-facts.ts";
import type { GuestTerms, MemberTerms, Outcomes } from "./outcome.ts";

/** What becomes of the addresses of a request as things are; nothing of it is written yet. */
export type Plan = {
  readonly organization: Organization;
  readonly items: readonly { readonly asked: AskedInvitee | NoAddress; readonly planned: PlannedInvite }[];
  readonly cost: InviteCost;
  readonly known: (key: string) => KnownAddress;
};

export type Planned = {
  readonly org: string;
  readonly terms: MemberTerms | GuestTerms;
  readonly now: number;
  readonly isAtomic: boolean;
};

const FREE: KnownAddress = { address: { kind: "free" } };

/** What the rules are asked, with so many places more than the counters tell: those that only wait to be freed. */
function question(
  { terms }: Planned,
  organization: Organization,
  asked: Plan["items"][number]["asked"][],
  known: Plan["known"],
  freed: number,
): InvitesAsked {
  const addresses = asked.map(({ key }) => ({
    addressKey: key,
    address: (key === undefined ? FREE : known(key)).address,
  }));
  if (terms.kind === "guest") {
    const counters = guestCounters(organization);
    const guests = { ...counters, pendingGuests: counters.pendingGuests - freed };
    return { kind: "guest", asked: addresses, guests, channelIds: terms.channelIds };
  }
  const counters = seatCounters(organization);
  return { kind: "member", asked: addresses, seats: { ...counters, reserved: counters.reserved - freed } };
}

/** The invitations past their date and the guests past their end: they hold places in the counters only (SEAT-4, GINV-10). */
async function placesToFree(table: Table, { org, terms, now }: Planned): Promise<number> {
  const expired = await countExpired(table, org, now, terms.kind);
  return terms.kind === "guest" ? expired + (await countEndedGuests(table, org, now)) : expired;
}

/** INV-10: plans what becomes of each address, by the facts of all of them read at once. */
export async function planAddresses(
  table: Table,
  request: Planned,
  asked: readonly (AskedInvitee | NoAddress)[],
): Promise<Plan> {
  const { org, terms, now, isAtomic } = request;
  const keys = asked.flatMap(({ key }) => key ?? []);
  const [organization, known] = await Promise.all([
    getOrganization(table, org),
    loadAddresses(table, org, terms, keys, now),
  ]);
  if (organization === undefined) throw new Error("an organization's member without the organization");
  const plan = (freed: number) =>
    planInvites({
      ...question(request, organization, [...asked], known, freed),
      isMailed: terms.delivery !== "link",
      isAtomic,
    });
  let { items, cost } = plan(0);
  // The limit is what costs a look for what is over and not closed yet.
  if (items.some(({ status }) => status === "quota-exceeded")) {
    const freed = await placesToFree(table, request);
    if (freed > 0) ({ items, cost } = plan(freed));
  }
  return {
    organization,
    items: asked.map((each, index) => ({ asked: each, planned: items[index] ?? { status: "skipped" } })),
    cost,
    known,
  };
}

/** What a plan leaves undone: the refused, each with the invitation that it waits for (MINV-7), and the skipped. */
export function undoneOf(plan: Plan): Outcomes {
  const outcomes: Outcomes = new Map();
  for (const { asked, planned } of plan.items) {
    if (planned.status === "skipped") outcomes.set(asked.index, { kind: "skipped" });
    if (!("denied" in planned)) continue;
    const { denied } = planned;
    const pending = asked.key === undefined ? undefined : plan.known(asked.key).pending;
    outcomes.set(asked.index, { kind: "refused", denied, ...(pending === undefined ? {} : { pending }) });
  }
  return outcomes;
}
