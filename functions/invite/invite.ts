import { mayGrant } from "@vestibule/domain/grants";
import { NO_RIGHTS } from "@vestibule/domain/people";
import { demandMailOfGroups } from "../membership/mail-of-groups.ts";
import { timeOf } from "../membership/time-left.ts";
import { notFound } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import { type Actor, actorWho, demand } from "../shell/standing.ts";
import { getGroups } from "../table/groups.ts";
import type { MailLimits } from "../table/mail-allowances.ts";
import type { Table } from "../table/table.ts";
import { readAsked } from "./bulk-asked.ts";
import { outcomesOfEarlierRun } from "./bulk-earlier.ts";
import { demandMails } from "./bulk-mails.ts";
import { undoneOf } from "./bulk-plan.ts";
import { carryOutRequest, planRequest } from "./bulk-request.ts";
import { presentOutcomes, presentPlanned, summarise } from "./bulk-results.ts";
import { loadGivenChannels, mayGiveChannels, mayGiveToGuests } from "./given-channels.ts";
import type { inviteRoute } from "./invite-contract.ts";
import type { GuestTerms, MemberTerms, Outcomes } from "./outcome.ts";

export type InviteDependencies = {
  readonly table: Table;
  readonly pageBaseUrl: string;
  /** The deployment's limits (INV-13). */
  readonly mailLimits: MailLimits;
};

type InviteRequest = Request<typeof inviteRoute>;
/** What is refused whoever is invited: the sender's right, the grant, a channel or group that is not theirs to give. */
async function demandTerms(
  table: Table,
  request: InviteRequest,
  terms: MemberTerms | GuestTerms,
): Promise<Actor> {
  const { params, person, now } = request;
  const { org } = params;
  const who = await actorWho(table, { org, userId: person.userId, now }, "invitation.create");
  const channels = await loadGivenChannels(table, who.person, terms.channelIds);
  if (terms.kind === "guest") {
    demand(mayGiveToGuests(who.standing, channels, terms.guestEndsAt, now));
    return who;
  }
  demand(mayGrant(who.standing, { ...terms, rights: terms.rights ?? NO_RIGHTS }));
  demand(mayGiveChannels(who.standing, channels));
  const groups = await getGroups(table, org, terms.groupIds);
  const missing = terms.groupIds.find((groupId) => !groups.has(groupId));
  if (missing !== undefined) throw notFound("group", { groupId: missing });
  await demandMailOfGroups(table, who.standing, org, terms.groupIds);
  return who;
}

const NOTHING: Outcomes = new Map();

/** For how long a request begins something new, in milliseconds: what is left then is `busy`, and answered in time. */
const WORKING_MS = 15_000;

/**
 * MINV-1, MINV-2, GINV-1, GINV-2: invites one or many. What concerns the request as a whole (its sender, its grant, its
 * channels, the mails it asks for) refuses it before anything is written; what concerns an address is its result
 * (INV-10). Addresses are taken in their order, so that the first ones get the last places.
 */
export async function invite(deps: InviteDependencies, request: InviteRequest): Promise<Answer> {
  const { params, person, sourceIp, requestId, plannedSuffix: suffix, now } = request;
  const { invitees, ...given } = request.body;
  const { atomic: isAtomic, dryRun: isDryRun } = given;
  const { table, pageBaseUrl, mailLimits } = deps;
  const isTimeLeft = timeOf(WORKING_MS);
  const channelIds = [...new Set(given.channelIds)];
  const terms =
    given.kind === "guest"
      ? { ...given, channelIds }
      : { ...given, channelIds, groupIds: [...new Set(given.groupIds)] };
  const viewer = await demandTerms(table, request, terms);
  const audience = { table, pageBaseUrl, viewer, requestId, now };
  const asked = readAsked(invitees, request);
  const wanted = { org: params.org, terms, now, isAtomic };
  const by = { senderId: person.userId, deploymentLimits: mailLimits, isOfOne: asked.length === 1 };

  if (isDryRun) {
    const planned = await planRequest(table, wanted, by, asked);
    const { plan, mailing } = planned;
    await demandMails(table, mailing, plan.cost.mails);
    const results = await presentPlanned(audience, plan.items, undoneOf(plan));
    return { status: 200, body: { results, summary: summarise(results), cost: plan.cost } };
  }
  const origin = { actorId: person.userId, sourceIp, now };
  const work = { table, org: params.org, terms, actor: viewer.person, origin, isTimeLeft, suffix };
  const repeatable = { org: params.org, suffix: suffix ?? "", hasLinks: given.delivery !== "email" };
  const earlier = suffix === undefined ? NOTHING : await outcomesOfEarlierRun(table, repeatable, asked);
  const left = asked.filter(({ index }) => !earlier.has(index));
  const planned = await planRequest(table, wanted, by, left);
  const outcomes = new Map([...earlier, ...(await carryOutRequest(work, planned, isAtomic))]);
  const results = await presentOutcomes(audience, asked, outcomes);
  const summary = summarise(results);
  return { status: 200, body: { results, summary }, isFinal: summary.busy === 0 };
}
