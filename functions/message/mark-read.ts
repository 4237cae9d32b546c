import { presentMe } from "../contract/channel.ts";
import { notFound } from "../shell/problem.ts";
import { invalid } from "../shell/request-body.ts";
import type { Answer, Request } from "../shell/route.ts";
import { type ChannelKey, getLastSeq } from "../table/channel-heads.ts";
import { getMember } from "../table/members.ts";
import { moveReadMark } from "../table/read-marks.ts";
import type { Table } from "../table/table.ts";
import { demandInChannel, type LoadMember } from "./channel-relation.ts";
import type { updateMyChannelRoute } from "./contract.ts";

export type MarkReadDeps = {
  readonly member: LoadMember;
  readonly lastSeq: (channel: ChannelKey) => Promise<number | undefined>;
  readonly moveReadMark: (channel: ChannelKey, userId: string, seq: number) => Promise<number>;
};

/** Marking read in the table. */
export function markReadDeps(table: Table): MarkReadDeps {
  return {
    member: (org, user) => getMember(table, org, user),
    lastSeq: (channel) => getLastSeq(table, channel),
    moveReadMark: (channel, userId, seq) => moveReadMark(table, channel, userId, seq),
  };
}

/**
 * CH-11, MSG-11: notes how far a person has read, by HTTP and by WebSocket; 1 write unit. A mark never moves back, so
 * that two devices do not undo each other. `field` names the `seq` to a caller who is ahead of the channel.
 */
export async function markRead(
  deps: MarkReadDeps,
  mark: ChannelKey & { userId: string; seq: number; field: string },
): Promise<number> {
  const { organizationId, channelId, userId, seq } = mark;
  const channel = { organizationId, channelId };
  await demandInChannel(deps.member, channel, userId, "channel.mark-read");
  const lastSeq = await deps.lastSeq(channel);
  if (lastSeq === undefined) throw notFound("channel");
  if (seq > lastSeq) throw invalid([{ path: mark.field, message: `The channel ends at ${lastSeq}` }]);
  return await deps.moveReadMark(channel, userId, seq);
}

/** `PUT …/channels/{chn}/me` */
export async function serveMarkRead(
  deps: MarkReadDeps,
  { params, person, body }: Request<typeof updateMyChannelRoute>,
): Promise<Answer> {
  const lastReadSeq = await markRead(deps, {
    organizationId: params.org,
    channelId: params.chn,
    userId: person.userId,
    seq: body.lastReadSeq,
    field: "lastReadSeq",
  });
  return { status: 200, body: presentMe(lastReadSeq) };
}
