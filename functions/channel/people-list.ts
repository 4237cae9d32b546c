import { demandInChannel, keyOf } from "../membership/channel-relation.ts";
import { cursorOf, readCursor } from "../shell/cursor.ts";
import type { Answer, Request } from "../shell/route.ts";
import { keys } from "../table/keys.ts";
import { listMembers } from "../table/members.ts";
import type { Page } from "../table/read.ts";
import { listRoster, ROSTER_RANKS } from "../table/roster.ts";
import type { Table } from "../table/table.ts";
import type { listChannelMembersRoute } from "./people-contract.ts";
import {
  type ChannelMember,
  generalLine,
  type PendingGuest,
  rosterLines,
  type Viewed,
} from "./people-lines.ts";
import { searchChannel } from "./people-search.ts";
import { generalMembers } from "./show-channel.ts";

type Lines = Page<ChannelMember | PendingGuest>;
type Slice = { readonly limit: number; readonly after: string | undefined };

/** CH-10, GST-16: who is in a channel, to those who may know of it, with its figures. */
export async function listChannelPeople(
  table: Table,
  { params, person, query, now }: Request<typeof listChannelMembersRoute>,
): Promise<Answer> {
  const { org, chn: channelId } = params;
  const where = { org, channelId, userId: person.userId, now };
  const facts = await demandInChannel(table, where, "channel.list-members");
  const { channel } = facts;
  const viewed: Viewed = { org, channel, isByGuest: facts.person.kind === "guest", now };
  const { limit, search } = query;
  const scope = ["channel-members", org, channelId, search];
  const slice = { limit, after: readCursor(scope, query.cursor) };
  const [page, memberCount] = await Promise.all([
    search === undefined ? everybody(table, viewed, slice) : searchChannel(table, viewed, search, slice),
    channel.isGeneral ? generalMembers(table, org) : channel.members,
  ]);
  const { items, after } = page;
  const body = { items, nextCursor: cursorOf(scope, after), memberCount, guestCount: channel.guests };
  return { status: 200, body };
}

/** A cursor in General's members begins with this; one in a roster with the rank of its line. */
const MEMBERS = "M";

/** Everybody in a channel in CH-10's order; in General the members come from the organization's (CH-1). */
async function everybody(table: Table, viewed: Viewed, slice: Slice): Promise<Lines> {
  const { limit, after } = slice;
  if (!viewed.channel.isGeneral || (after !== undefined && !after.startsWith(MEMBERS)))
    return await roster(table, viewed, slice);
  const members = await membersOf(table, viewed, { limit, after: after?.slice(MEMBERS.length) });
  if (members.after !== undefined) return { ...members, after: `${MEMBERS}${members.after}` };
  const guests = await roster(table, viewed, {
    limit: Math.max(1, limit - members.items.length),
    after: undefined,
  });
  return { items: [...members.items, ...guests.items], after: guests.after };
}

/**
 * One page of the active members. They lie among the deactivated and the organization's guests, none of whom a guest may
 * know of: to them a page ends with somebody who is on it, as its cursor tells whom it ends with (GST-16).
 */
async function membersOf(table: Table, viewed: Viewed, { limit, after }: Slice): Promise<Lines> {
  const { org, isByGuest } = viewed;
  const page = await listMembers(table, org, { limit, after });
  const items = page.items
    .filter(({ state }) => state === "active")
    .map((member) => generalLine(member, viewed));
  if (!isByGuest || page.after === undefined) return { items, after: page.after };
  const last = items.at(-1);
  if (last === undefined) return await membersOf(table, viewed, { limit, after: page.after });
  return { items, after: keys.member(org, last.userId).sk };
}

/** A page of the roster. To a guest it ends before the pending ones, whom no cursor may name either (GINV-4). */
async function roster(table: Table, viewed: Viewed, slice: Slice): Promise<Lines> {
  const { org, channel, isByGuest } = viewed;
  const page = await listRoster(table, keyOf({ org, channelId: channel.channelId }), slice);
  const isEnd = isByGuest && page.items.some(({ rank }) => rank === ROSTER_RANKS.pending);
  return { items: await rosterLines(table, viewed, page.items), after: isEnd ? undefined : page.after };
}
