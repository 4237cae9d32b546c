import { mayDeleteMessage } from "@vestibule/domain/messages";
import { keyOf } from "../membership/channel-relation.ts";
import type { Answer, Request } from "../shell/route.ts";
import { deleteMessageWrites } from "../table/deleted-messages.ts";
import { moveMentionsWrites } from "../table/moved-mentions.ts";
import { dropReactors } from "../table/reactors.ts";
import type { Table } from "../table/table.ts";
import { changeMessage } from "./change-message.ts";
import type { deleteMessageRoute } from "./contract.ts";

/**
 * MSG-6, GST-15: takes away what a message said and had said before, its pin, its reactions and its mentions; a marker
 * stays. Deleting it again changes nothing, but finishes what was cut short.
 */
export async function deleteMessage(
  table: Table,
  request: Request<typeof deleteMessageRoute>,
): Promise<Answer> {
  const { params, now } = request;
  const channel = keyOf({ org: params.org, channelId: params.chn });
  const { before } = await changeMessage(table, request, {
    decide: mayDeleteMessage,
    change: async (_channel, message) => {
      if (message.isDeleted === true) return undefined;
      const mentions = await moveMentionsWrites(table, channel, { before: message, after: undefined, now });
      return { writes: [...deleteMessageWrites(channel, message, now), ...mentions], after: message };
    },
  });
  await dropReactors(table, channel, before.seq);
  return { status: 204 };
}
