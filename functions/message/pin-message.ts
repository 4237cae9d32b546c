import { allowsPin, mayPin } from "@vestibule/domain/messages";
import { presentMessage } from "../contract/message.ts";
import { keyOf } from "../membership/channel-relation.ts";
import { cursorOf, readCursor } from "../shell/cursor.ts";
import type { Answer, Request } from "../shell/route.ts";
import { demand } from "../shell/standing.ts";
import { listPinned, pinPlace, pinWrites, unpinWrites } from "../table/pins.ts";
import { isoTime, type Table } from "../table/table.ts";
import { changeMessage } from "./change-message.ts";
import { admit, placeDeps } from "./channel-relation.ts";
import type { listPinsRoute, pinMessageRoute, unpinMessageRoute } from "./contract.ts";
import { historySince, isHidden } from "./history-limit.ts";
import { mayReadIn } from "./message-in-sight.ts";
import { withinBytes } from "./within-bytes.ts";

/** MSG-7, GST-1: any reader pins a message, guests included. */
export async function pinMessage(table: Table, request: Request<typeof pinMessageRoute>): Promise<Answer> {
  const { userId } = request.person;
  const pin = { userId, now: request.now };
  const { after: pinned } = await changeMessage(table, request, {
    decide: mayPin,
    change: (channel, message) => {
      demand(allowsPin({ isDeleted: message.isDeleted === true }));
      if (message.pinnedAt !== undefined) return undefined;
      const after = { ...message, pinnedAt: isoTime(request.now), pinnedBy: userId };
      return { writes: pinWrites(channel, message.seq, pin), after };
    },
  });
  return { status: 200, body: presentMessage(request.params.chn, pinned, userId) };
}

/** MSG-7: any reader takes a pin off. */
export async function unpinMessage(
  table: Table,
  request: Request<typeof unpinMessageRoute>,
): Promise<Answer> {
  await changeMessage(table, request, {
    decide: mayPin,
    change: (channel, message) => {
      demand(allowsPin({ isDeleted: message.isDeleted === true }));
      if (message.pinnedAt === undefined) return undefined;
      return { writes: unpinWrites(channel, message, request.now), after: message };
    },
  });
  return { status: 204 };
}

/** MSG-7: the channel's pinned messages that the plan shows, the newest pin first. */
export async function listPins(
  table: Table,
  { params, person, query, now }: Request<typeof listPinsRoute>,
): Promise<Answer> {
  const { userId } = person;
  const channel = keyOf({ org: params.org, channelId: params.chn });
  await admit(placeDeps(table), { channel, userId }, mayReadIn, { isSure: true });
  const scope = ["pins", params.org, params.chn];
  const page = { limit: query.limit, after: readCursor(scope, query.cursor) };
  const [{ items, after }, since] = await Promise.all([
    listPinned(table, channel, page),
    historySince(table, params.org, now),
  ]);
  const fitting = withinBytes(items, (message) => message);
  const next = fitting.length < items.length ? pinPlace(channel, fitting.at(-1)) : after;
  return {
    status: 200,
    body: {
      items: fitting
        .filter((message) => !isHidden(message, since))
        .map((message) => presentMessage(params.chn, message, userId)),
      nextCursor: cursorOf(scope, next),
    },
  };
}
