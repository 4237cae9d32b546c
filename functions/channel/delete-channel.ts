import { mayChangeChannel } from "@vestibule/domain/channels";
import type { Answer, Request } from "../shell/route.ts";
import { deleteChannelWrites } from "../table/change-channel.ts";
import type { Table } from "../table/table.ts";
import { type ActFacts, changeChannel } from "./change-channel.ts";
import { freesPlace, namedTypeOf } from "./channel-quotas.ts";
import type { deleteChannelRoute } from "./contract.ts";

/** An archived channel has freed its place already (CH-7). */
function countersOf({ channel }: ActFacts) {
  return channel.archivedAt === undefined ? freesPlace(namedTypeOf(channel)) : undefined;
}

function defaultsWithout({ organization, channel }: ActFacts) {
  const { defaultChannelIds } = organization;
  const isListed = defaultChannelIds.includes(channel.channelId);
  return isListed ? defaultChannelIds.filter((id) => id !== channel.channelId) : undefined;
}

/**
 * CH-7: deletes a channel for good. It is gone at once; its people, messages and groups go with the intent, and guests
 * whose last channel it was leave (GINV-9).
 */
export async function deleteChannel(
  table: Table,
  request: Request<typeof deleteChannelRoute>,
): Promise<Answer> {
  const { params } = request;
  await changeChannel(table, request, (facts) => ({
    decision: mayChangeChannel({ ...facts.who, change: "delete" }),
    writes: deleteChannelWrites(params.org, facts.channel),
    counters: countersOf(facts),
    defaults: defaultsWithout(facts),
    follows: [{ kind: "delete-channel", channelId: params.chn }],
    audit: { action: "channel.deleted", details: { type: facts.channel.type } },
  }));
  return { status: 204 };
}
