import { presentChannel } from "../contract/channel.ts";
import { type ChannelFacts, type InChannel, loadChannelFacts } from "../membership/channel-relation.ts";
import { goneToOf } from "../message/gone-to.ts";
import { notFound } from "../shell/problem.ts";
import type { Answer } from "../shell/route.ts";
import { headFiguresOf } from "../table/channel-figures.ts";
import { getOrganization } from "../table/organizations.ts";
import type { Table } from "../table/table.ts";

/** CH-1: how many members General has; of the others, their own count tells. */
export async function generalMembers(table: Table, org: string): Promise<number> {
  const organization = await getOrganization(table, org);
  if (organization === undefined) throw notFound("organization");
  return organization.seatsHeld;
}

/** The answer that shows a channel to somebody who may see it, as the facts have it. */
export async function showChannel(
  table: Table,
  where: InChannel,
  { channel, relation, row }: Pick<ChannelFacts, "channel" | "relation" | "row">,
  status = 200,
): Promise<Answer> {
  const { org, channelId, now } = where;
  const [heads, members] = await Promise.all([
    headFiguresOf(table, org, [channelId]),
    channel.isGeneral ? generalMembers(table, org) : 0,
  ]);
  const head = heads.get(channelId);
  const lastSeq = head?.lastSeq ?? 0;
  const marked =
    head === undefined || relation === "none"
      ? []
      : [{ ...head, channelId, lastReadSeq: row?.lastReadSeq ?? 0 }];
  const goneTo = (await goneToOf(table, org, marked, now)).get(channelId);
  const body = presentChannel(channel, { lastSeq, generalMembers: members, goneTo }, { relation, row });
  return { status, body, version: channel.version };
}

/** The answer that shows a channel as it is after a change, read anew. */
export async function showAnew(table: Table, where: InChannel, status = 200): Promise<Answer> {
  return await showChannel(table, where, await loadChannelFacts(table, where), status);
}
