import { relationOf } from "../membership/channel-relation.ts";
import { cursorOf, readCursor } from "../shell/cursor.ts";
import type { Answer, Request } from "../shell/route.ts";
import { actorWho } from "../shell/standing.ts";
import { headFiguresOf } from "../table/channel-figures.ts";
import { generalChannelId } from "../table/keys.ts";
import type { Table } from "../table/table.ts";
import { candidateChannels } from "./candidate-channels.ts";
import type { unreadRoute } from "./contract.ts";

/** The channels that one answer tells of when it is not asked for fewer. */
const MOST_CHANNELS = 1_000;

/**
 * MSG-11: what somebody has not read, channel by channel: the head's last `seq` less their mark, so that no message costs
 * a write per reader. Archived channels are left out, and so are those they are not in.
 */
export async function readUnread(
  table: Table,
  { params, person: { userId }, query, now }: Request<typeof unreadRoute>,
): Promise<Answer> {
  const { org } = params;
  const { person } = await actorWho(table, { org, userId, now }, "unread.read");
  const scope = ["unread", org];
  const after = readCursor(scope, query.cursor);
  const page = await candidateChannels(table, person, {
    limit: query.limit ?? MOST_CHANNELS,
    after,
    isOwnOnly: true,
  });
  const general = generalChannelId(org);
  const mine = page.ids.filter(
    (id) => relationOf({ isGeneral: id === general }, person, page.rows.get(id)) !== "none",
  );
  const heads = await headFiguresOf(table, org, mine);
  const items = mine.flatMap((channelId) => {
    const head = heads.get(channelId);
    if (head === undefined || head.isArchived) return [];
    const { lastReadSeq = 0, isMuted = false, isFavourite = false } = page.rows.get(channelId) ?? {};
    const { lastSeq } = head;
    const unread = Math.max(0, lastSeq - lastReadSeq);
    return [{ channelId, lastSeq, lastReadSeq, unread, muted: isMuted, favourite: isFavourite }];
  });
  return { status: 200, body: { items, nextCursor: cursorOf(scope, page.after) } };
}
