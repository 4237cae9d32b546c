import type { Decision } from "@vestibule/domain/decision";
import type { MessageActor } from "@vestibule/domain/messages";
import { actorChecks, typeInSight } from "../membership/actor-checks.ts";
import { type ChannelFacts, keyOf, loadChannelFacts } from "../membership/channel-relation.ts";
import { notFound } from "../shell/problem.ts";
import type { Request, Route } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import { demand } from "../shell/standing.ts";
import { openChannelCheck } from "../table/channel-conditions.ts";
import type { ChannelKey } from "../table/channel-heads.ts";
import { getMessage, type Message } from "../table/messages.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed, TableBusy, transact, type Write } from "../table/transaction.ts";
import { historySince, isHidden } from "./history-limit.ts";

type MessageRoute = Route<"/v1/organizations/{org}/channels/{chn}/messages/{seq}">;

/** What of a request says which message somebody wants to change. */
export type MessageRequest = Pick<Request<MessageRoute>, "params" | "person" | "now">;

export type MessageChange = {
  /** Whether they may; asked before it is told whether there is such a message, which is then taken for theirs. */
  readonly decide: (facts: MessageActor & { readonly isOwn: boolean }) => Decision;
  /** What to write; `undefined` if the message is that way already. */
  readonly change: (channel: ChannelKey, message: Message, actor: ChannelFacts) => Changed | Promise<Changed>;
};

/** A message as it was read and as it is then: the same where nothing was to be changed. */
type Outcome = { readonly before: Message; readonly after: Message };

/** The writes of a change, and what the message is after it. */
export type Changed = { readonly writes: readonly Write[]; readonly after: Message } | undefined;

/** Whether somebody wrote it: what the system records of a person is not theirs. */
function isTheirs(message: Message, userId: string): boolean {
  return message.authorId === userId && message.authorKind !== "system";
}

/**
 * Changes a message as it stands, in a channel that is not archived at that moment (CH-7), by somebody whose right is
 * still the same, and answers it before and after. @throws Problem of the denial; 404 if there is no such message, or none that
 * the plan's history still shows (SEAT-7)
 */
export async function changeMessage(
  table: Table,
  { params, person, now }: MessageRequest,
  { decide, change }: MessageChange,
): Promise<Outcome> {
  const where = { org: params.org, channelId: params.chn, userId: person.userId, now };
  const key = keyOf(where);
  return await untilSettled(async () => {
    const [facts, message, since] = await Promise.all([
      loadChannelFacts(table, where),
      getMessage(table, key, Number(params.seq)),
      historySince(table, params.org, now),
    ]);
    const { standing, relation, channel } = facts;
    const isOwn = message === undefined || isTheirs(message, person.userId);
    const isArchived = channel.archivedAt !== undefined;
    demand(decide({ standing, relation, channelType: channel.type, isArchived, isOwn }));
    if (message === undefined || isHidden(message, since)) throw notFound("message");
    const changed = await change(key, message, facts);
    if (changed === undefined) return { before: message, after: message };
    try {
      await transact(table, [
        ...changed.writes,
        openChannelCheck(params.org, params.chn, typeInSight(facts)),
        ...actorChecks(facts),
      ]);
      return { before: message, after: changed.after };
    } catch (error) {
      // Many may change messages of one channel at the same time.
      if (error instanceof ConditionsFailed || error instanceof TableBusy) return "again";
      throw error;
    }
  });
}
