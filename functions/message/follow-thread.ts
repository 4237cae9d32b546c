import { visibleSince } from "@vestibule/domain/plans";
import { actorChecks } from "../membership/actor-checks.ts";
import { demandInChannel, keyOf } from "../membership/channel-relation.ts";
import { notFound } from "../shell/problem.ts";
import { invalid } from "../shell/request-body.ts";
import type { Answer, Request } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import { type ChannelKey, getLastSeq } from "../table/channel-heads.ts";
import { markThreadRead, startFollowingWrite, stopFollowingWrite } from "../table/follows.ts";
import { getMessage } from "../table/messages.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed, transact } from "../table/transaction.ts";
import { historyDaysOf, isHidden } from "./history-limit.ts";
import type { followThreadRoute, unfollowThreadRoute } from "./threads-contract.ts";

type FollowRequest = Pick<Request<typeof unfollowThreadRoute>, "params" | "person" | "now">;

/**
 * Writes somebody's row of the thread that a message is in, while they are in the channel, and answers the thread. It is
 * one's own matter, and so allowed in an archived channel too.
 */
async function decideFollow(
  table: Table,
  { params, person, now }: FollowRequest,
  rowWrite: typeof startFollowingWrite,
): Promise<{ channel: ChannelKey; root: number }> {
  const where = { org: params.org, channelId: params.chn, userId: person.userId, now };
  const channel = keyOf(where);
  return await untilSettled(async () => {
    const [facts, message, days] = await Promise.all([
      demandInChannel(table, where, "thread.follow"),
      getMessage(table, channel, Number(params.seq)),
      historyDaysOf(table, params.org, now),
    ]);
    if (message === undefined || isHidden(message, visibleSince(days, now))) throw notFound("message");
    const root = message.replyTo ?? message.seq;
    try {
      await transact(table, [rowWrite(channel, { root, userId: person.userId, now }), ...actorChecks(facts)]);
      return { channel, root };
    } catch (error) {
      if (error instanceof ConditionsFailed) return "again";
      throw error;
    }
  });
}

/** MSG-8: follows a thread, and notes how far one has read it. */
export async function followThread(
  table: Table,
  request: Request<typeof followThreadRoute>,
): Promise<Answer> {
  const { params, person, body, now } = request;
  const seq = body?.lastReadSeq;
  if (seq !== undefined) {
    const where = { org: params.org, channelId: params.chn, userId: person.userId, now };
    await demandInChannel(table, where, "thread.follow");
    const lastSeq = (await getLastSeq(table, keyOf(where))) ?? 0;
    if (seq > lastSeq) throw invalid([{ path: "lastReadSeq", message: `The channel ends at ${lastSeq}` }]);
  }
  const { channel, root } = await decideFollow(table, request, startFollowingWrite);
  if (seq !== undefined) await markThreadRead(table, channel, { root, userId: person.userId, seq });
  return { status: 204 };
}

/** MSG-8: follows a thread no more. */
export async function unfollowThread(
  table: Table,
  request: Request<typeof unfollowThreadRoute>,
): Promise<Answer> {
  await decideFollow(table, request, stopFollowingWrite);
  return { status: 204 };
}
