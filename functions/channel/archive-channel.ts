import { mayChangeChannel } from "@vestibule/domain/channels";
import type { Answer, Request } from "../shell/route.ts";
import { changeChannelWrites } from "../table/change-channel.ts";
import { isoTime, type Table } from "../table/table.ts";
import { announcement } from "./announce.ts";
import { changeChannel, placeOf } from "./change-channel.ts";
import { channelQuota, freesPlace, namedTypeOf, takesPlace } from "./channel-quotas.ts";
import type { archiveChannelRoute, restoreChannelRoute } from "./contract.ts";
import { showAnew } from "./show-channel.ts";

/** CH-7: archives a channel, which is read-only from that moment on and frees its place in the quota. */
export async function archiveChannel(
  table: Table,
  request: Request<typeof archiveChannelRoute>,
): Promise<Answer> {
  const { params, now } = request;
  await changeChannel(table, request, (facts) => ({
    decision: mayChangeChannel({ ...facts.who, change: "archive" }),
    writes: changeChannelWrites(params.org, facts.channel, { archivedAt: isoTime(now) }),
    counters: freesPlace(namedTypeOf(facts.channel)),
    follows: [announcement(facts, "archived")],
    audit: { action: "channel.archived" },
  }));
  return await showAnew(table, placeOf(request));
}

/** CH-7, SEAT-8: restores an archived channel, if its quota has a place when it is written. */
export async function restoreChannel(
  table: Table,
  request: Request<typeof restoreChannelRoute>,
): Promise<Answer> {
  const { params } = request;
  await changeChannel(table, request, (facts) => {
    const type = namedTypeOf(facts.channel);
    const quota = channelQuota(facts.organization, type);
    return {
      decision: mayChangeChannel({ ...facts.who, change: "restore", quota }),
      writes: changeChannelWrites(params.org, facts.channel, { archivedAt: null }),
      counters: takesPlace(type),
      follows: [announcement(facts, "restored")],
      audit: { action: "channel.restored" },
    };
  });
  return await showAnew(table, placeOf(request));
}
