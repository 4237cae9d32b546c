import { addressKey, stateAt } from "@vestibule/domain/invitations";
import { knownAmong } from "../membership/known-channels.ts";
import { showInvitations } from "../membership/show-invitations.ts";
import { cursorOf, readCursor } from "../shell/cursor.ts";
import type { Answer, Request } from "../shell/route.ts";
import { actorWho } from "../shell/standing.ts";
import { ADDRESS_KINDS, type AddressKind } from "../table/addresses.ts";
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

/** A cursor among those that are pending: each kind has an index of its own, one follows the other. */
function placeAmongPending(after: string | undefined): { kind: AddressKind; after: string | undefined } {
  const kind = ADDRESS_KINDS.find((known) => after?.startsWith(`${known} `));
  if (kind === undefined) return { kind: "member", after: undefined };
  const rest = after?.slice(kind.length + 1);
  return { kind, after: rest === "" ? undefined : rest };
}

/** Those that are pending, in the order of their expiry: members', then guests', or of one kind only. */
async function readPending(
  table: Table,
  { params, query, now }: ListRequest,
  limit: number,
  from: string | undefined,
): Promise<Page<Invitation>> {
  const place = placeAmongPending(from);
  const isSkipped = query.kind !== undefined && query.kind !== place.kind;
  const page = isSkipped
    ? { items: [], after: undefined }
    : await pendingPage(table, params.org, { limit, after: place.after, now, kind: place.kind });
  if (page.after !== undefined) return { ...page, after: `${place.kind} ${page.after}` };
  return { ...page, after: place.kind === "member" && query.kind !== "member" ? "guest " : undefined };
}

async function readOne(
  table: Table,
  request: ListRequest,
  limit: number,
  after: string | undefined,
): Promise<Page<Invitation>> {
  if (request.query.state === "pending") return await readPending(table, request, limit, after);
  return await listInvitations(table, request.params.org, { limit, after });
}

/** MINV-4: the organization's invitations; newest first, or, of those that are pending, the next to expire first. */
export async function findInvitations(table: Table, request: ListRequest): Promise<Answer> {
  const { params, person, query, now } = request;
  const viewer = await actorWho(table, { org: params.org, userId: person.userId, now }, "invitation.list");
  const { kind, state, email, channelId, invitedBy } = query;
  // What they may not know of is looked for like what is not there.
  if (channelId !== undefined && !(await knownAmong(table, viewer, [channelId])).has(channelId))
    return { status: 200, body: { items: [], nextCursor: null } };
  const scope = ["invitations", params.org, kind, state, email, channelId, invitedBy];
  const found: Invitation[] = [];
  let page: Page<Invitation> = { items: [], after: readCursor(scope, query.cursor) };
  for (let reads = 0; reads < MOST_READS && found.length < query.limit; reads += 1) {
    page = await readOne(table, request, query.limit - found.length, page.after);
    found.push(...page.items.filter((invitation) => matches(request, invitation)));
    if (page.after === undefined) break;
  }
  const items = await showInvitations(table, viewer, found, now);
  return { status: 200, body: { items, nextCursor: cursorOf(scope, page.after) } };
}
