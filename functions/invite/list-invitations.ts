import type { Decision } from "@vestibule/domain/decision";
import { addressKey, stateAt } from "@vestibule/domain/invitations";
import type { Standing } from "@vestibule/domain/people";
import { permit } from "@vestibule/domain/permissions";
import { maySeeShares } from "@vestibule/domain/shares";
import { knownAmong } from "../membership/known-channels.ts";
import { showInvitations } from "../membership/show-invitations.ts";
import { cursorOf, readCursor } from "../shell/cursor.ts";
import type { Answer, Request } from "../shell/route.ts";
import { type Actor, actorWho, demand } from "../shell/standing.ts";
import { ADDRESS_KINDS, type AddressKind } from "../table/addresses.ts";
import { pendingPage } from "../table/close-invitation.ts";
import { factsOf, type Invitation, listInvitations } from "../table/invitations.ts";
import type { Page } from "../table/read.ts";
import type { Table } from "../table/table.ts";
import type { listInvitationsRoute } from "./contract.ts";
import { isInDeliveryState } from "./delivery-state.ts";

type ListRequest = Request<typeof listInvitationsRoute>;

/** Pages read for one answer at most: a filter that matches little answers short pages, with a cursor to go on. */
const MOST_READS = 10;

function matches({ query, now }: ListRequest, invitation: Invitation): boolean {
  const { kind, state, deliveryState, email, channelId, invitedBy } = query;
  if (kind !== undefined && invitation.kind !== kind) return false;
  if (state !== undefined && stateAt(factsOf(invitation), now) !== state) return false;
  if (deliveryState !== undefined && !isInDeliveryState(invitation, deliveryState)) return false;
  if (email !== undefined && addressKey(invitation.email) !== addressKey(email.trim())) return false;
  if (channelId !== undefined && !invitation.channelIds.includes(channelId)) return false;
  return invitedBy === undefined || invitation.invitedBy.userId === invitedBy;
}

/** A cursor among those that are pending: each kind has an index of its own, one follows the other. */
function placeAmongPending(
  kinds: readonly AddressKind[],
  after: string | undefined,
): { kind: AddressKind | undefined; after: string | undefined } {
  const kind = kinds.find((known) => after?.startsWith(`${known} `));
  if (kind === undefined) return { kind: kinds[0], after: undefined };
  const rest = after?.slice(kind.length + 1);
  return { kind, after: rest === "" ? undefined : rest };
}

/** Those that are pending, kind after kind, each in the order of its expiry. */
async function readPending(
  table: Table,
  { params, now }: ListRequest,
  kinds: readonly AddressKind[],
  limit: number,
  from: string | undefined,
): Promise<Page<Invitation>> {
  const { kind, after } = placeAmongPending(kinds, from);
  if (kind === undefined) return { items: [], after: undefined };
  const page = await pendingPage(table, params.org, { limit, after, now, kind });
  if (page.after !== undefined) return { ...page, after: `${kind} ${page.after}` };
  const next = kinds[kinds.indexOf(kind) + 1];
  return { ...page, after: next === undefined ? undefined : `${next} ` };
}

/** Members' and guests' are the managers' to list (MINV-4), shares' the mail managers' (SHR-6). */
const MAY_LIST: Record<AddressKind, (standing: Standing) => Decision> = {
  member: (standing) => permit("invitation.list", { standing }),
  guest: (standing) => permit("invitation.list", { standing }),
  share: maySeeShares,
};

/** Who asks, and the kinds of invitations that they are to see. @throws Problem 403 for none of those asked for */
async function loadViewer(table: Table, { params, person, query, now }: ListRequest) {
  const where = { org: params.org, userId: person.userId, now };
  const viewer: Actor = await actorWho(table, where, "invitation.read", { isOwn: true });
  const { standing } = viewer;
  const { kind } = query;
  demand(MAY_LIST[kind ?? "member"](standing));
  const kinds = ADDRESS_KINDS.filter((each) => MAY_LIST[each](standing).allowed);
  return { viewer, kinds: kind === undefined ? kinds : [kind] };
}

/** MINV-4: the organization's invitations; newest first, or, of those that are pending, the next to expire first. */
export async function findInvitations(table: Table, request: ListRequest): Promise<Answer> {
  const { params, query, now } = request;
  const { viewer, kinds } = await loadViewer(table, request);
  const { kind, state, deliveryState, email, channelId, invitedBy } = query;
  // What they may not know of is looked for like what is not there.
  if (channelId !== undefined && !(await knownAmong(table, viewer, [channelId])).has(channelId))
    return { status: 200, body: { items: [], nextCursor: null } };
  const scope = ["invitations", params.org, kind, state, deliveryState, email, channelId, invitedBy];
  const read = async (limit: number, after: string | undefined) =>
    state === "pending"
      ? await readPending(table, request, kinds, limit, after)
      : await listInvitations(table, params.org, { limit, after });
  const found: Invitation[] = [];
  let page: Page<Invitation> = { items: [], after: readCursor(scope, query.cursor) };
  for (let reads = 0; reads < MOST_READS && found.length < query.limit; reads += 1) {
    page = await read(query.limit - found.length, page.after);
    found.push(...page.items.filter((each) => kinds.includes(each.kind) && matches(request, each)));
    if (page.after === undefined) break;
  }
  const items = await showInvitations(table, viewer, found, now);
  return { status: 200, body: { items, nextCursor: cursorOf(scope, page.after) } };
}
