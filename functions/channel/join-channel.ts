import { mayJoin } from "@vestibule/domain/channels";
import { actorChecks } from "../membership/actor-checks.ts";
import { carryOutSoon } from "../membership/carry-out.ts";
import { channelActor, type InChannel, keyOf, loadChannelFacts } from "../membership/channel-relation.ts";
import { leaveChannel } from "../membership/leave-channel.ts";
import { type Plan, writeAnew } from "../membership/write-anew.ts";
import type { Answer, Request } from "../shell/route.ts";
import { demand } from "../shell/standing.ts";
import { lastSeqsOf } from "../table/channel-figures.ts";
import { headcountWrite } from "../table/channels.ts";
import { type Intent, intentWrite, newIntent } from "../table/intents.ts";
import { joinWrites } from "../table/membership-writes.ts";
import type { Table } from "../table/table.ts";
import { announcement } from "./announce.ts";
import type { joinChannelRoute, leaveChannelRoute } from "./contract.ts";
import { showAnew } from "./show-channel.ts";

/** That the channel is public and not archived is a condition of the write: both may change at the same time. */
async function planToJoin(table: Table, where: InChannel): Promise<Plan<Intent[]>> {
  const { org, channelId, userId, now } = where;
  const facts = await loadChannelFacts(table, where);
  demand(mayJoin(channelActor(facts)));
  if (facts.relation !== "none") return { writes: [], result: [] };
  const intent = newIntent(org, announcement(facts, "joined"), now);
  const readTo = (await lastSeqsOf(table, org, [channelId])).get(channelId);
  const writes = [
    ...joinWrites(keyOf(where), { userId, kind: "member", role: "member", readTo }, now),
    headcountWrite(org, channelId, { members: 1 }, { isOpen: true, type: "public" }),
    ...actorChecks(facts),
    intentWrite(intent),
  ];
  return { writes, result: [intent] };
}

/** CH-5, GST-10: a member joins a public channel; who is in it stays as they are. */
export async function joinChannel(
  table: Table,
  { params, person, now }: Request<typeof joinChannelRoute>,
): Promise<Answer> {
  const where = { org: params.org, channelId: params.chn, userId: person.userId, now };
  await carryOutSoon(table, await writeAnew(table, async () => await planToJoin(table, where)));
  return await showAnew(table, where);
}

/** CH-1, CH-9, GINV-9: somebody leaves a channel; a guest with their last one leaves the organization. */
export async function serveLeave(
  table: Table,
  { params, person, sourceIp, now }: Request<typeof leaveChannelRoute>,
): Promise<Answer> {
  await leaveChannel(table, {
    org: params.org,
    channelId: params.chn,
    userId: person.userId,
    sourceIp,
    now,
  });
  return { status: 204 };
}
