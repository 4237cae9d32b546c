import { presentChannel } from "../contract/channel.ts";
import { cursorOf, readCursor } from "../shell/cursor.ts";
import { notFound } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import { actorWho } from "../shell/standing.ts";
import { getLastSeq } from "../table/channel-heads.ts";
import { type Channel, getChannel, listChannels } from "../table/channels.ts";
import { getMember } from "../table/members.ts";
import { getOrganization, type Organization } from "../table/organizations.ts";
import { getReadMark } from "../table/read-marks.ts";
import type { Table } from "../table/table.ts";
import { demandInChannel } from "./channel-relation.ts";
import type { getChannelRoute, listChannelsRoute } from "./contract.ts";

type Viewer = { organization: Organization; userId: string };

async function described(table: Table, channel: Channel, { organization, userId }: Viewer) {
  const key = { organizationId: organization.organizationId, channelId: channel.channelId };
  const [lastSeq = 0, lastReadSeq] = await Promise.all([
    getLastSeq(table, key),
    getReadMark(table, key, userId),
  ]);
  // CH-1: all members are in General, so that its figures are the organization's.
  const memberCount = organization.seatsHeld;
  return presentChannel(channel, { memberCount, guestCount: 0, lastSeq, lastReadSeq });
}

async function loadOrganization(table: Table, org: string): Promise<Organization> {
  const organization = await getOrganization(table, org);
  if (organization === undefined) throw notFound("organization");
  return organization;
}

/** The channels that a member sees. */
export async function readChannels(
  table: Table,
  { params, person, query }: Request<typeof listChannelsRoute>,
): Promise<Answer> {
  const { userId } = person;
  await actorWho(table, { org: params.org, userId, now }, "channel.list");
  const scope = ["channels", params.org];
  const [organization, page] = await Promise.all([
    loadOrganization(table, params.org),
    listChannels(table, params.org, { limit: query.limit, after: readCursor(scope, query.cursor) }),
  ]);
  const items = await Promise.all(
    page.items.map((channel) => described(table, channel, { organization, userId })),
  );
  return { status: 200, body: { items, nextCursor: cursorOf(scope, page.after) } };
}

/** One channel. */
export async function readChannel(
  table: Table,
  { params, person }: Request<typeof getChannelRoute>,
): Promise<Answer> {
  const { userId } = person;
  const key = { organizationId: params.org, channelId: params.chn };
  await demandInChannel((org, user) => getMember(table, org, user), key, userId, "channel.read");
  const [organization, channel] = await Promise.all([
    loadOrganization(table, params.org),
    getChannel(table, params.org, params.chn),
  ]);
  if (channel === undefined) throw notFound("channel");
  const body = await described(table, channel, { organization, userId });
  return { status: 200, body, version: channel.version };
}
