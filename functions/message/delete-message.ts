import { mayDeleteMessage } from "@vestibule/domain/messages";
import type { Answer, Request } from "../shell/route.ts";
import { deleteMessageWrites } from "../table/pins.ts";
import type { Table } from "../table/table.ts";
import { changeMessage } from "./change-message.ts";
import type { deleteMessageRoute } from "./contract.ts";

/** MSG-6, GST-15: takes away what a message said, and its pin; a marker stays, and deleting it again changes nothing. */
export async function deleteMessage(
  table: Table,
  request: Request<typeof deleteMessageRoute>,
): Promise<Answer> {
  await changeMessage(table, request, {
    decide: mayDeleteMessage,
    writes: (channel, message) =>
      message.isDeleted === true ? undefined : deleteMessageWrites(channel, message),
  });
  return { status: 204 };
}
