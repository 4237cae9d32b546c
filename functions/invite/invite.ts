import { mayGrant } from "@vestibule/domain/grants";
import { NO_RIGHTS } from "@vestibule/domain/people";
import type * as z from "zod";
import { emailText } from "../contract/fields.ts";
import { presentInvitation } from "../contract/invitation.ts";
import { busy, notFound, type Problem, problemBody, problemOf } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import { actorWho, demand } from "../shell/standing.ts";
import { getChannel } from "../table/channels.ts";
import { linkOf } from "../table/invitation-secrets.ts";
import type { Table } from "../table/table.ts";
import { TableBusy } from "../table/transaction.ts";
import { INVITE_STATUSES, type InviteStatus, type inviteResult, type inviteRoute } from "./contract.ts";
import { type InviteOutcome, type InviteTerms, inviteMember } from "./invite-member.ts";

export type InviteDependencies = { readonly table: Table; readonly pageBaseUrl: string };

type InviteRequest = Request<typeof inviteRoute>;
type Result = z.infer<typeof inviteResult>;

function isInviteStatus(code: string): code is InviteStatus {
  return INVITE_STATUSES.some((status) => status === code);
}

async function checkChannels(table: Table, org: string, channelIds: readonly string[]): Promise<void> {
  const channels = await Promise.all(channelIds.map((channelId) => getChannel(table, org, channelId)));
  const missing = channelIds.find((_, index) => channels[index] === undefined);
  if (missing !== undefined) throw notFound("channel", { channelId: missing });
}

type Asked = { readonly index: number; readonly email: string };

function refused(request: InviteRequest, asked: Asked, status: InviteStatus, problem: Problem): Result {
  return { ...asked, status, problem: problemBody(problem, request.requestId) };
}

function present(
  deps: InviteDependencies,
  request: InviteRequest,
  outcome: InviteOutcome,
  asked: Asked,
): Result {
  if (outcome.invited) {
    const link = outcome.secret === undefined ? {} : { link: linkOf(deps.pageBaseUrl, outcome.secret) };
    const invitation = presentInvitation(outcome.invitation, request.now);
    return { ...asked, status: "invited", invitation, ...link };
  }
  const { denied, pending } = outcome;
  const status = isInviteStatus(denied.code) ? denied.code : "refused";
  const invitation = pending === undefined ? {} : { invitation: presentInvitation(pending, request.now) };
  return { ...refused(request, asked, status, problemOf(denied)), ...invitation };
}

type Invitees = InviteRequest["body"]["invitees"];

async function inviteOne(
  deps: InviteDependencies,
  request: InviteRequest,
  terms: InviteTerms,
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
    return present(deps, request, await inviteMember(deps.table, params.org, origin, invitee, terms), asked);
  } catch (error) {
    // The addresses before this one have their answers, and those after it may have better luck.
    if (error instanceof TableBusy) return refused(request, asked, "busy", busy());
    throw error;
  }
}

/**
 * MINV-1…7: invites members. What concerns the sender refuses the whole request before anything is written; what
 * concerns an address is its result. Addresses are taken in their order, so that the first ones get the last seats.
 */
export async function invite(deps: InviteDependencies, request: InviteRequest): Promise<Answer> {
  const { params, person, body } = request;
  const { invitees, kind: _kind, ...given } = body;
  const terms = { ...given, channelIds: [...new Set(given.channelIds)] };
  const where = { org: params.org, userId: person.userId };
  const { standing } = await actorWho(deps.table, where, "invitation.create");
  demand(mayGrant(standing, { ...terms, rights: terms.rights ?? NO_RIGHTS }));
  await checkChannels(deps.table, params.org, terms.channelIds);
  const results: Result[] = [];
  for (const [index, invitee] of invitees.entries()) {
    results.push(await inviteOne(deps, request, terms, index, invitee));
  }
  const summary = summarise(results);
  return { status: 200, body: { results, summary }, isFinal: summary.busy === 0 };
}

function summarise(results: readonly Result[]): Record<InviteStatus, number> {
  const summary = {
    invited: 0,
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
