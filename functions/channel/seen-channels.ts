import { permit } from "@vestibule/domain/permissions";
import type { ChannelType } from "@vestibule/domain/vocabulary";
import { presentChannel } from "../contract/channel.ts";
import { relationOf } from "../membership/channel-relation.ts";
import type { Actor } from "../shell/standing.ts";
import { headFiguresOf } from "../table/channel-figures.ts";
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

/** The channels as the viewer sees them, with their figures. */
export async function presentSeen(table: Table, { person }: Actor, seen: readonly Seen[]) {
  const org = person.organizationId;
  const [heads, members] = await Promise.all([
    headFiguresOf(
      table,
      org,
      seen.map(({ channel }) => channel.channelId),
    ),
    seen.some(({ channel }) => channel.isGeneral) ? generalMembers(table, org) : 0,
  ]);
  return seen.map(({ channel, row }) =>
    presentChannel(
      channel,
      { lastSeq: heads.get(channel.channelId)?.lastSeq ?? 0, generalMembers: members },
      { relation: relationOf(channel, person, row), row },
    ),
  );
}
