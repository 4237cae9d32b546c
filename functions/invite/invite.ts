import { mayGrant } from "@vestibule/domain/grants";
import { NO_RIGHTS } from "@vestibule/domain/people";
import type * as z from "zod";
import { emailText } from "../contract/common.ts";
import { presentInvitation } from "../contract/invitation.ts";
import { notFound, problemBody, problemOf } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import { actorWho, demand } from "../shell/standing.ts";
import { getChannel } from "../table/channels.ts";
import { linkOf } from "../table/invitation-secrets.ts";
import type { Table } from "../table/table.ts";
import { INVITE_STATUSES, type InviteStatus, type inviteResult, type inviteRoute } from "./contract.ts";
import { type InviteOutcome, inviteMember } from "./invite-member.ts";

export type InviteDependencies = { readonly table: Table; readonly pageBaseUrl: string };

type InviteRequest = Request<typeof inviteRoute>;
type Result = z.infer<typeof inviteResult>;

function isInviteStatus(code: string): code is InviteStatus {
  return INVITE_STATUSES.some((status) => status === code);
}

async function checkChannels(table: Table, org: string, channelIds: readonly string[]): Promise<void> {
  for (const channelId of channelIds) {
    const channel = await getChannel(table, org, channelId);
    if (channel === undefined) throw notFound("channel", { channelId });
  }
}

function present(
  { pageBaseUrl }: InviteDependencies,
  request: InviteRequest,
  outcome: InviteOutcome,
  asked: { index: number; email: string },
): Result {
  if (outcome.invited) {
    const link = outcome.secret === undefined ? {} : { link: linkOf(pageBaseUrl, outcome.secret) };
    const invitation = presentInvitation(outcome.invitation, request.now);
    return { ...asked, status: "invited", invitation, ...link };
  }
  const { denied, pending } = outcome;
  // What concerns the sender, and not this address, refuses the whole request.
  if (!isInviteStatus(denied.code)) throw problemOf(denied);
  const problem = problemBody(problemOf(denied), request.requestId);
  const invitation = pending === undefined ? {} : { invitation: presentInvitation(pending, request.now) };
  return { ...asked, status: denied.code, problem, ...invitation };
}

/**
 * MINV-1…7: invites members. What concerns the sender refuses the whole request before anything is written; what
 * concerns an address is its result. Addresses are taken in their order, so that the first ones get the last seats.
 */
export async function invite(deps: InviteDependencies, request: InviteRequest): Promise<Answer> {
  const { table } = deps;
  const { params, person, body, sourceIp, now } = request;
  const { invitees, kind: _kind, ...terms } = body;
  const where = { org: params.org, userId: person.userId };
  const { standing } = await actorWho(table, where, "invitation.create");
  demand(mayGrant(standing, { ...terms, rights: terms.rights ?? NO_RIGHTS }));
  await checkChannels(table, params.org, terms.channelIds);
  const origin = { actorId: person.userId, sourceIp, now };
  const results: Result[] = [];
  for (const [index, { email, ...names }] of invitees.entries()) {
    const parsed = emailText.safeParse(email);
    if (!parsed.success) {
      results.push({ index, email, status: "invalid-email" });
      continue;
    }
    const outcome = await inviteMember(table, params.org, origin, { email: parsed.data, ...names }, terms);
    results.push(present(deps, request, outcome, { index, email: parsed.data }));
  }
  return { status: 200, body: { results, summary: summarise(results) } };
}

function summarise(results: readonly Result[]): Record<InviteStatus, number> {
  const summary = {
    invited: 0,
    "already-member": 0,
    "already-invited": 0,
    "invalid-email": 0,
    "quota-exceeded": 0,
  };
  for (const { status } of results) summary[status] += 1;
  return summary;
}
