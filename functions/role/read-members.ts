import { presentMember } from "../contract/member.ts";
import { showInvitations } from "../membership/show-invitations.ts";
import { cursorOf, readCursor } from "../shell/cursor.ts";
import { notFound } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import { actorWho } from "../shell/standing.ts";
import { pendingPage } from "../table/close-invitation.ts";
import { searchPeople } from "../table/directory-search.ts";
import { getMember, listMembers, type Member } from "../table/members.ts";
import type { Table } from "../table/table.ts";
import type { getMemberRoute, listMembersRoute } from "./contract.ts";

type ListRequest = Request<typeof listMembersRoute>;

async function pendingMembers(table: Table, { params, person, query, now }: ListRequest): Promise<Answer> {
  const viewer = await actorWho(
    table,
    { org: params.org, userId: person.userId, now },
    "member.list-pending",
  );
  const scope = ["members", params.org, "pending"];
  const after = readCursor(scope, query.cursor);
  const page = await pendingPage(table, params.org, { limit: query.limit, after, now });
  const items = await showInvitations(table, viewer, page.items, now);
  return { status: 200, body: { items, nextCursor: cursorOf(scope, page.after) } };
}

/** DIR-1: the active members whose name or address begins so; the cost is that of the page. */
async function foundMembers(
  table: Table,
  { params, query, now }: ListRequest,
  search: string,
): Promise<Answer> {
  const scope = ["members", params.org, "search", search];
  const page = await searchPeople(table, params.org, {
    kind: "member",
    prefix: search,
    limit: query.limit,
    after: readCursor(scope, query.cursor),
    now,
  });
  const items = page.items.flatMap((found) => (found.kind === "member" ? [presentMember(found)] : []));
  return { status: 200, body: { items, nextCursor: cursorOf(scope, page.after) } };
}

/**
 * RGT-4, MINV-4: the organization's people, or the member invitations that are pending. A page filtered by state may
 * hold fewer than `limit` people although more follow: `nextCursor` tells.
 */
export async function listPeople(table: Table, request: ListRequest): Promise<Answer> {
  const { params, person, query, now } = request;
  if (query.state === "pending") return await pendingMembers(table, request);
  await actorWho(table, { org: params.org, userId: person.userId, now }, "member.list");
  if (query.search !== undefined) return await foundMembers(table, request, query.search);
  const scope = ["members", params.org, query.state];
  const page = await listMembers(table, params.org, {
    limit: query.limit,
    after: readCursor(scope, query.cursor),
  });
  const isWanted = (member: Member): boolean => query.state === undefined || member.state === query.state;
  const items = page.items.filter(isWanted).map(presentMember);
  return { status: 200, body: { items, nextCursor: cursorOf(scope, page.after) } };
}

/** One member, to the organization's members. */
export async function readMember(
  table: Table,
  { params, person, now }: Request<typeof getMemberRoute>,
): Promise<Answer> {
  await actorWho(table, { org: params.org, userId: person.userId, now }, "member.read");
  const member = await getMember(table, params.org, params.user);
  if (member === undefined) throw notFound("member");
  return { status: 200, body: presentMember(member), version: member.version };
}
