import { type Channel, headcountWrite } from "../table/channels.ts";
import { generalChannelId } from "../table/keys.ts";
import {
  joinWrites,
  leaveWrites,
  moveAsGuestWrites,
  moveWrites,
  readGeneralOnlyWrites,
} from "../table/membership-writes.ts";
import { asMembership, getPersonChannel, type Membership, membershipsIn } from "../table/memberships.ts";
import { getChannel, getChannels } from "../table/read-channels.ts";
import type { Table } from "../table/table.ts";
import type { Write } from "../table/transaction.ts";
import { type Aligned, type RecordKind, recordCheck } from "./record-check.ts";
import { takeOutWrites } from "./take-out.ts";
import { goOn } from "./time-left.ts";
import { writeAnew } from "./write-anew.ts";

/** How many of a person's channels one transaction moves: with four writes each, and the check. */
const MOST_CHANNELS = 20;

/** A row that does not fit the record, and the channel if it is still there. */
export type RowMove = {
  readonly org: string;
  readonly userId: string;
  readonly row: Membership;
  readonly channel: Channel | undefined;
};

/** Which of a person's rows do not fit a record of this kind, and what makes them fit. */
export type RowRule = {
  readonly kind: RecordKind;
  readonly isAmiss: (row: Membership) => boolean;
  readonly writesOf: (move: RowMove) => Write[];
};

/** Moves all rows that are amiss, 20 in a transaction, until there are none. */
export async function alignRows(
  table: Table,
  { org, facts, isTimeLeft }: Aligned,
  { kind, isAmiss, writesOf }: RowRule,
): Promise<void> {
  const { userId } = facts;
  const next = async () => {
    const amiss = (await membershipsIn(table, org, userId)).filter(isAmiss);
    const rows = amiss.slice(0, MOST_CHANNELS);
    if (rows.length === 0) return { writes: [], result: false };
    const channels = await getChannels(
      table,
      org,
      rows.map(({ channelId }) => channelId),
    );
    const moves = rows.flatMap((row) => writesOf({ org, userId, row, channel: channels.get(row.channelId) }));
    return { writes: [...moves, recordCheck(org, userId, kind)], result: amiss.length > rows.length };
  };
  do goOn(isTimeLeft);
  while (await writeAnew(table, next));
}

const keyOf = ({ org, row }: RowMove) => ({ organizationId: org, channelId: row.channelId });

/** ORG-10, GINV-11: out of the channel. */
export function leaveAllWrites(move: RowMove): Write[] {
  const { userId, row, channel } = move;
  if (channel === undefined) return leaveWrites(keyOf(move), userId, row);
  return takeOutWrites(keyOf(move), [{ userId, membership: row }], Date.now());
}

/** GINV-11, MINV-6: a guest's row becomes a member's; in General, members have none (CH-1). */
export function becomeMemberWrites(move: RowMove): Write[] {
  const { org, userId, row, channel } = move;
  if (channel === undefined) return leaveWrites(keyOf(move), userId, row);
  if (channel.isGeneral)
    return [
      ...readGeneralOnlyWrites(keyOf(move), userId, row),
      headcountWrite(org, row.channelId, { guests: -1 }, { isOpen: false }),
    ];
  return [
    ...moveWrites(keyOf(move), userId, row, { role: row.role, kind: "member" }),
    headcountWrite(org, row.channelId, { members: 1, guests: -1 }, { isOpen: false }),
  ];
}

/** GINV-11: a member's row becomes a guest's, who is there as a person, without a role, and through no group. */
export function becomeGuestWrites(move: RowMove): Write[] {
  const { org, userId, row, channel } = move;
  if (channel === undefined) return leaveWrites(keyOf(move), userId, row);
  return [
    ...moveAsGuestWrites(keyOf(move), userId, row),
    headcountWrite(org, row.channelId, { members: -1, guests: 1 }, { isOpen: false }),
  ];
}

/** GINV-11: whoever keeps General as a guest needs a row there from now on (CH-1). */
export async function enterGeneral(table: Table, { org, facts }: Aligned): Promise<void> {
  const { userId, keep = [] } = facts;
  const channelId = generalChannelId(org);
  if (!keep.includes(channelId)) return;
  const key = { organizationId: org, channelId };
  await writeAnew(table, async () => {
    const [row, channel] = await Promise.all([
      getPersonChannel(table, key, userId),
      getChannel(table, org, channelId),
    ]);
    if (asMembership(row) !== undefined || channel === undefined) return { writes: [], result: undefined };
    const writes = [
      ...joinWrites(key, { userId, kind: "guest", role: "member", kept: row ?? {} }, Date.now()),
      headcountWrite(org, channelId, { guests: 1 }, { isOpen: false }),
      recordCheck(org, userId, "guest"),
    ];
    return { writes, result: undefined };
  });
}
