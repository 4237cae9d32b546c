import { mayGrant } from "@vestibule/domain/grants";
import { NO_RIGHTS } from "@vestibule/domain/people";
import type * as z from "zod";
import { emailText } from "../contract/fields.ts";
import { presentInvitation } from "../contract/invitation.ts";
import { showInvitation } from "../membership/show-invitations.ts";
import { busy, notFound, type Problem, problemBody, problemOf } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import { type Actor, actorWho, demand } from "../shell/standing.ts";
import { getGroups } from "../table/groups.ts";
import { linkOf } from "../table/invitation-secrets.ts";
import type { Table } from "../table/table.ts";
import { TableBusy } from "../table/transaction.ts";
import { INVITE_STATUSES, type InviteStatus, type inviteResult, type inviteRoute } from "./contract.ts";
import { loadGivenChannels, mayGiveChannels, mayGiveToGuests } from "./given-channels.ts";
import { inviteGuest } from "./invite-guest.ts";
import { inviteMember } from "./invite-member.ts";
import type { GuestTerms, InviteOutcome, MemberTerms } from "./outcome.ts";

export type InviteDependencies = { readonly table: Table; readonly pageBaseUrl: string };

type InviteRequest = Request<typeof inviteRoute>;
type Result = z.infer<typeof inviteResult>;

function isInviteStatus(code: string): code is InviteStatus {
  return INVITE_STATUSES.some((status) => status === code);
}

type Asked = { readonly index: number; readonly email: string };

function refused(request: InviteRequest, asked: Asked, status: InviteStatus, problem: Problem): Result {
  return { ...asked, status, problem: problemBody(problem, request.requestId) };
}

async function present(
  deps: InviteDependencies,
  request: InviteRequest,
  who: Actor,
  outcome: InviteOutcome,
  asked: Asked,
): Promise<Result> {
  if (outcome.kind === "added") return { ...asked, status: "added", channelIds: [...outcome.channelIds] };
  if (outcome.kind === "invited") {
    const link = outcome.secret === undefined ? {} : { link: linkOf(deps.pageBaseUrl, outcome.secret) };
    const invitation = presentInvitation(outcome.invitation, request.now);
    return { ...asked, status: "invited", invitation, ...link };
  }
  const { denied, pending } = outcome;
  const status = isInviteStatus(denied.code) ? denied.code : "refused";
  const problem = refused(request, asked, status, problemOf(denied));
  if (pending === undefined) return problem;
  return { ...problem, invitation: await showInvitation(deps.table, who, pending, request.now) };
}

type Invitees = InviteRequest["body"]["invitees"];

async function inviteOne(
  deps: InviteDependencies,
  request: InviteRequest,
  { who, terms }: { who: Actor; terms: MemberTerms | GuestTerms },
  index: number,
  { email, ...names }: Invitees[number],
): Promise<Result> {
  const { params, person, sourceIp, now } = request;
  const parsed = emailText.safeParse(email);
  if (!parsed.success) return { index, email, status: "invalid-email" };
  const asked = { index, email: parsed.data };
  const origin = { actorId: person.userId, sourceIp, now };
  try {
    const invitee = { email: parsed.data, ...names };
    const outcome =
      terms.kind === "guest"
        ? await inviteGuest(deps.table, params.org, origin, invitee, terms)
        : await inviteMember(deps.table, params.org, origin, invitee, terms);
    return await present(deps, request, who, outcome, asked);
  } catch (error) {
    // The addresses before this one have their answers, and those after it may have better luck.
    if (error instanceof TableBusy) return refused(request, asked, "busy", busy());
    throw error;
  }
}

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
  return who;
}

/**
 * MINV-1, MINV-2, GINV-1, GINV-2: invites one or many. What concerns the request as a whole (its sender, its grant, its
 * channels) refuses it before anything is written; what concerns an address is its result. Addresses are taken in their
 * order, so that the first ones get the last places.
 */
export async function invite(deps: InviteDependencies, request: InviteRequest): Promise<Answer> {
  const { invitees, ...given } = request.body;
  const channelIds = [...new Set(given.channelIds)];
  const terms =
    given.kind === "guest"
      ? { ...given, channelIds }
      : { ...given, channelIds, groupIds: [...new Set(given.groupIds)] };
  const who = await demandTerms(deps.table, request, terms);
  const results: Result[] = [];
  for (const [index, invitee] of invitees.entries()) {
    results.push(await inviteOne(deps, request, { who, terms }, index, invitee));
  }
  const summary = summarise(results);
  return { status: 200, body: { results, summary }, isFinal: summary.busy === 0 };
}

function summarise(results: readonly Result[]): Record<InviteStatus, number> {
  const summary = {
    invited: 0,
    added: 0,
    "already-member": 0,
    "already-invited": 0,
    "invalid-email": 0,
    "quota-exceeded": 0,
    refused: 0,
    busy: 0,
  };
  for (const { status } of results) summary[status] += 1;
  return summary;
}
