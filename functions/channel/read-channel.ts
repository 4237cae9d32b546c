import { demandInChannel } from "../membership/channel-relation.ts";
import type { Answer, Request } from "../shell/route.ts";
import type { Table } from "../table/table.ts";
import type { getChannelRoute } from "./contract.ts";
import { showChannel } from "./show-channel.ts";

/** CH-5, GST-9: one channel, to those in it, and a public one to every member. */
export async function readChannel(
  table: Table,
  { params, person, now }: Request<typeof getChannelRoute>,
): Promise<Answer> {
  const where = { org: params.org, channelId: params.chn, userId: person.userId, now };
  return await showChannel(table, where, await demandInChannel(table, where, "channel.read"));
}
