import type { Decision } from "@vestibule/domain/decision";
import type { MessageActor } from "@vestibule/domain/messages";
import { type ChannelFacts, loadChannelFacts } from "../../membership/channel-relation.ts";
import { unknownChannel } from "../../membership/unknown-channel.ts";
import type { Person } from "../../shell/route.ts";
import { actorWho, demand } from "../../shell/standing.ts";
import { type Call, getCall } from "../../table/calls.ts";
import { fullName } from "../../table/members.ts";
import type { Table } from "../../table/table.ts";
import { historySince, isHidden } from "../history-limit.ts";
import { type PlacedCall, placedCall } from "./settle-call.ts";

/** What of a request says which call it is about, and who asks. */
export type CallRequest = {
  readonly params: { readonly org: string; readonly call: string };
  readonly person: Pick<Person, "userId">;
  readonly now: number;
};

/** Somebody as a call's rules take them. */
export function callActor({ standing, relation, channel }: ChannelFacts): MessageActor {
  return { standing, relation, channelType: channel.type, isArchived: channel.archivedAt !== undefined };
}

/** Somebody as a call names them. */
export function asParticipant({ person }: Pick<ChannelFacts, "person">): { userId: string; name: string } {
  return { userId: person.userId, name: fullName(person) || person.handle };
}

/**
 * A call, and how the caller stands to its channel, if `decide` lets them. One that is not there is refused word for word as
 * one of a channel that they may not know of (GST-9, CH-5).
 * @throws Problem of the denial
 */
export async function callInChannel(
  table: Table,
  { params, person, now }: CallRequest,
  decide: (facts: ChannelFacts, call: Call) => Decision,
): Promise<{ call: PlacedCall; facts: ChannelFacts }> {
  const { org } = params;
  const { userId } = person;
  const found = await getCall(table, org, params.call);
  if (found === undefined) {
    const { standing } = await actorWho(table, { org, userId, now }, "permissions.read");
    throw unknownChannel(standing);
  }
  const [facts, since] = await Promise.all([
    loadChannelFacts(table, { org, channelId: found.channelId, userId, now }),
    historySince(table, org, now),
  ]);
  // The message that tells of it is shown no more either (SEAT-7).
  if (found.state === "ended" && isHidden({ createdAt: found.startedAt }, since))
    throw unknownChannel(facts.standing);
  demand(decide(facts, found));
  const call = await placedCall(table, found);
  if (call === undefined) throw unknownChannel(facts.standing);
  return { call, facts };
}
