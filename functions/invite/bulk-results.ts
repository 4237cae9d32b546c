import type { PlannedInvite } from "@vestibule/domain/bulk";
import type { Denied } from "@vestibule/domain/decision";
import type * as z from "zod";
import { presentInvitation } from "../contract/invitation.ts";
import { showInvitation } from "../membership/show-invitations.ts";
import { busy, type Problem, problemBody, problemOf } from "../shell/problem.ts";
import type { Actor } from "../shell/standing.ts";
import { linkOf } from "../table/invitation-secrets.ts";
import type { Invitation } from "../table/invitations.ts";
import type { Table } from "../table/table.ts";
import type { AskedInvitee, NoAddress } from "./bulk-asked.ts";
import { INVITE_STATUSES, type InviteStatus, type inviteResult } from "./invite-contract.ts";
import type { Outcomes } from "./outcome.ts";

type Result = z.infer<typeof inviteResult>;
type Asked = AskedInvitee | NoAddress;

/** Who is answered, and from where its links lead. */
export type Audience = {
  readonly table: Table;
  readonly pageBaseUrl: string;
  readonly viewer: Actor;
  readonly requestId: string;
  readonly now: number;
};

function statusOf({ code }: Denied): InviteStatus {
  if (code === "mail-limit-exceeded") return "rate-limited";
  return INVITE_STATUSES.find((status) => status === code) ?? "refused";
}

async function refused(
  { table, viewer, requestId, now }: Audience,
  status: InviteStatus,
  problem: Problem,
  pending: Invitation | undefined,
): Promise<Partial<Result> & Pick<Result, "status">> {
  const result = { status, problem: problemBody(problem, requestId) };
  if (pending === undefined) return result;
  return { ...result, invitation: await showInvitation(table, viewer, pending, now) };
}

async function resultOf(audience: Audience, { index, email }: Asked, outcomes: Outcomes): Promise<Result> {
  const asked = { index, email };
  const outcome = outcomes.get(index);
  switch (outcome?.kind) {
    case undefined:
      return { ...asked, status: "invalid-email" };
    case "invited": {
      const { invitation, secret } = outcome;
      const link = secret === undefined ? {} : { link: linkOf(audience.pageBaseUrl, secret) };
      const shown = presentInvitation(invitation, audience.now);
      return { ...asked, status: "invited", invitation: shown, ...link };
    }
    case "added":
      return { ...asked, status: "added", channelIds: [...outcome.channelIds] };
    case "skipped":
      return { ...asked, status: "skipped" };
    case "busy":
      return { ...asked, ...(await refused(audience, "busy", busy(), undefined)) };
    case "refused": {
      const { denied, pending } = outcome;
      return { ...asked, ...(await refused(audience, statusOf(denied), problemOf(denied), pending)) };
    }
  }
}

/**
 * MINV-7: an address that the request names twice was planned as invited already: it points to the invitation of the
 * first time, or shares what became of it.
 */
function withRepeats(asked: readonly Asked[], outcomes: Outcomes): Outcomes {
  const firsts = new Map<string, number>();
  const all: Outcomes = new Map(outcomes);
  for (const { index, key } of asked) {
    if (key === undefined) continue;
    const first = outcomes.get(firsts.get(key) ?? index);
    const own = outcomes.get(index);
    if (!firsts.has(key)) firsts.set(key, index);
    else if (own?.kind === "refused" && first?.kind === "invited") {
      const { invitation } = first;
      const denied = { ...own.denied, details: { invitationId: invitation.invitationId } };
      all.set(index, { kind: "refused", denied, pending: invitation });
    } else if (first?.kind === "refused" || first?.kind === "busy") all.set(index, first);
  }
  return all;
}

/** INV-10: an answer per address, in the order of the request. */
export async function presentOutcomes(
  audience: Audience,
  asked: readonly Asked[],
  outcomes: Outcomes,
): Promise<Result[]> {
  const all = withRepeats(asked, outcomes);
  const results: Result[] = [];
  for (const each of asked) results.push(await resultOf(audience, each, all));
  return results;
}

/** INV-10: a dry run's answer per address: what would become of it, with nothing that is not there yet. */
export async function presentPlanned(
  audience: Audience,
  items: readonly { readonly asked: Asked; readonly planned: PlannedInvite }[],
  outcomes: Outcomes,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const { asked, planned } of items) {
    const { index, email } = asked;
    if (planned.status === "invited") results.push({ index, email, status: "invited" });
    else if (planned.status === "added")
      results.push({ index, email, status: "added", channelIds: [...planned.channelIds] });
    else results.push(await resultOf(audience, asked, outcomes));
  }
  return results;
}

/** How many of each status there are. */
export function summarise(results: readonly Result[]): Record<InviteStatus, number> {
  const summary = {
    invited: 0,
    added: 0,
    "already-member": 0,
    "already-invited": 0,
    "invalid-email": 0,
    "quota-exceeded": 0,
    refused: 0,
    "rate-limited": 0,
    skipped: 0,
    busy: 0,
  };
  for (const { status } of results) summary[status] += 1;
  return summary;
}
