import { addressKey, stateAt } from "@vestibule/domain/invitations";
import { presentInvitation } from "../contract/invitation.ts";
import { cursorOf, readCursor } from "../shell/cursor.ts";
import type { Answer, Request } from "../shell/route.ts";
import { actorWho } from "../shell/standing.ts";
import { pendingPage } from "../table/close-invitation.ts";
import { factsOf, type Invitation, listInvitations } from "../table/invitations.ts";
import type { Page } from "../table/read.ts";
import type { Table } from "../table/table.ts";
import type { listInvitationsRoute } from "./contract.ts";

type ListRequest = Request<typeof listInvitationsRoute>;

/** Pages read for one answer at most: a filter that matches little answers short pages, with a cursor to go on. */
const MOST_READS = 10;

function matches({ query, now }: ListRequest, invitation: Invitation): boolean {
  const { kind, state, email, channelId, invitedBy } = query;
  if (kind !== undefined && invitation.kind !== kind) return false;
  if (state !== undefined && stateAt(factsOf(invitation), now) !== state) return false;
  if (email !== undefined && invitation.addressKey !== addressKey(email.trim())) return false;
  if (channelId !== undefined && !invitation.channelIds.includes(channelId)) return false;
  return invitedBy === undefined || invitation.invitedBy.userId === invitedBy;
}

async function readOne(table: Table, request: ListRequest, limit: number, after: string | undefined) {
  const { params, query, now } = request;
  // Those that are pending have an index of their own, in the order of their expiry.
  if (query.state === "pending") return await pendingPage(table, params.org, { limit, after, now });
  return await listInvitations(table, params.org, { limit, after });
}

/** MINV-4: the organization's invitations; newest first, or, of those that are pending, the next to expire first. */
export async function findInvitations(table: Table, request: ListRequest): Promise<Answer> {
  const { params, person, query, now } = request;
  await actorWho(table, { org: params.org, userId: person.userId, now }, "invitation.list");
  const { kind, state, email, channelId, invitedBy } = query;
  const scope = ["invitations", params.org, kind, state, email, channelId, invitedBy];
  const found: Invitation[] = [];
  let page: Page<Invitation> = { items: [], after: readCursor(scope, query.cursor) };
  for (let reads = 0; reads < MOST_READS && found.length < query.limit; reads += 1) {
    page = await readOne(table, request, query.limit - found.length, page.after);
    found.push(...page.items.filter((invitation) => matches(request, invitation)));
    if (page.after === undefined) break;
  }
  const items = found.map((invitation) => presentInvitation(invitation, now));
  return { status: 200, body: { items, nextCursor: cursorOf(scope, page.after) } };
}
