import { permit } from "@vestibule/domain/permissions";
import type { ChannelRelation, ChannelType } from "@vestibule/domain/vocabulary";
import { presentChannel } from "../contract/channel.ts";
import { relationOf } from "../membership/channel-relation.ts";
import { goneToOf } from "../message/gone-to.ts";
import type { Actor } from "../shell/standing.ts";
import { type HeadFigures, headFiguresOf } from "../table/channel-figures.ts";
import type { Channel } from "../table/channels.ts";
import type { PersonChannel } from "../table/memberships.ts";
import type { Table } from "../table/table.ts";
import { generalMembers } from "./show-channel.ts";

/** A channel with the viewer's row of it. */
export type Seen = { readonly channel: Channel; readonly row: PersonChannel | undefined };

type Wanted = {
  readonly mine?: boolean | undefined;
  readonly type?: ChannelType | undefined;
  readonly archived?: boolean | undefined;
};

/** CH-5, GST-9: whether the viewer may know of a channel, and it is among those asked for. */
export function isShown({ person, standing }: Actor, { channel, row }: Seen, wanted: Wanted): boolean {
  const { mine = false, type = channel.type, archived } = wanted;
  const relation = relationOf(channel, person, row);
  const isVisible = permit("channel.read", { standing, relation, channelType: channel.type }).allowed;
  const isArchived = channel.archivedAt !== undefined;
  const isWanted = channel.type === type && (archived === undefined || archived === isArchived);
  return isVisible && isWanted && (!mine || relation !== "none");
}

type Shown = Seen & { readonly relation: ChannelRelation };

/** SEAT-7: up to where in each of the viewer's own channels there is nothing to be seen any more. */
async function goneIn(
  table: Table,
  org: string,
  { shown, heads, now }: { shown: readonly Shown[]; heads: ReadonlyMap<string, HeadFigures>; now: number },
): Promise<ReadonlyMap<string, number>> {
  const marked = shown.flatMap(({ channel: { channelId }, row, relation }) => {
    const head = heads.get(channelId);
    if (head === undefined || relation === "none") return [];
    return [{ ...head, channelId, lastReadSeq: row?.lastReadSeq ?? 0 }];
  });
  return await goneToOf(table, org, marked, now);
}

/** The channels as the viewer sees them, with their figures. */
export async function presentSeen(table: Table, { person }: Actor, seen: readonly Seen[], now: number) {
  const org = person.organizationId;
  const ids = seen.map(({ channel }) => channel.channelId);
  const [heads, members] = await Promise.all([
    headFiguresOf(table, org, ids),
    seen.some(({ channel }) => channel.isGeneral) ? generalMembers(table, org) : 0,
  ]);
  const shown = seen.map((one) => ({ ...one, relation: relationOf(one.channel, person, one.row) }));
  const gone = await goneIn(table, org, { shown, heads, now });
  return shown.map(({ channel, row, relation }) => {
    const { channelId } = channel;
    const lastSeq = heads.get(channelId)?.lastSeq ?? 0;
    const figures = { lastSeq, generalMembers: members, goneTo: gone.get(channelId) };
    return presentChannel(channel, figures, { relation, row });
  });
}
