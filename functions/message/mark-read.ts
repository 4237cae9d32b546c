import { type PermissionFacts, permit } from "@vestibule/domain/permissions";
import { notFound } from "../shell/problem.ts";
import { invalid } from "../shell/request-body.ts";
import { type ChannelKey, getLastSeq } from "../table/channel-heads.ts";
import { type Mark, moveReadMark } from "../table/read-marks.ts";
import type { Table } from "../table/table.ts";
import { admit, type PlaceDeps, placeDeps } from "./channel-relation.ts";

export type MarkReadDeps = PlaceDeps & {
  lastSeq(channel: ChannelKey): Promise<number | undefined>;
  moveReadMark(channel: ChannelKey, mark: Mark): Promise<number | "not-there">;
};

/** Marking read in the table. */
export function markReadDeps(table: Table): MarkReadDeps {
  return {
    ...placeDeps(table),
    lastSeq: (channel) => getLastSeq(table, channel),
    moveReadMark: (channel, mark) => moveReadMark(table, channel, mark),
  };
}

const mayMark = (facts: PermissionFacts) => permit("channel.mark-read", facts);

/**
 * CH-11, MSG-11: notes how far a person has read, by HTTP and by WebSocket; 1 write unit. A mark never moves back, so
 * that two devices do not undo each other, and is nobody's who is not in the channel: that is a condition of the write.
 * `field` names the `seq` to a caller who is ahead of the channel.
 */
export async function markRead(
  deps: MarkReadDeps,
  mark: ChannelKey & { userId: string; seq: number; field: string },
): Promise<number> {
  const { organizationId, channelId, userId, seq } = mark;
  const channel = { organizationId, channelId };
  const actor = { channel, userId };
  const [{ isByRow }, lastSeq] = await Promise.all([admit(deps, actor, mayMark), deps.lastSeq(channel)]);
  if (lastSeq === undefined) throw notFound("channel");
  if (seq > lastSeq) throw invalid([{ path: mark.field, message: `The channel ends at ${lastSeq}` }]);
  const moved = await deps.moveReadMark(channel, { userId, seq, isInWithoutRow: !isByRow });
  if (moved !== "not-there") return moved;
  await admit(deps, actor, mayMark, { isSure: true });
  throw notFound("channel");
}
