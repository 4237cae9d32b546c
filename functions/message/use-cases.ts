import { type Implementation, implement } from "../shell/route.ts";
import type { Table } from "../table/table.ts";
import { placeDeps } from "./channel-relation.ts";
import {
  createSocketTicketRoute,
  deleteMessageRoute,
  getMessageRoute,
  listMessagesRoute,
  listPinsRoute,
  pinMessageRoute,
  postMessageRoute,
  unpinMessageRoute,
} from "./contract.ts";
import { createSocketTicket } from "./create-socket-ticket.ts";
import { deleteMessage } from "./delete-message.ts";
import { messageLog } from "./message-log.ts";
import { listPins, pinMessage, unpinMessage } from "./pin-message.ts";
import { type PostDeps, servePost } from "./post-message.ts";
import { readMessage, readMessages } from "./read-messages.ts";

/** What posting and reading messages needs, from the table. */
export function messageDeps(table: Table): PostDeps {
  return { ...placeDeps(table), log: messageLog(table) };
}

/** What the `message` function does, route by route. */
export function messageUseCases(table: Table, socketUrl: string): Implementation[] {
  const deps = messageDeps(table);
  return [
    implement(listMessagesRoute, (request) => readMessages(deps, request)),
    implement(postMessageRoute, (request) => servePost(deps, request)),
    implement(getMessageRoute, (request) => readMessage(deps, request)),
    implement(deleteMessageRoute, (request) => deleteMessage(table, request)),
    implement(pinMessageRoute, (request) => pinMessage(table, request)),
    implement(unpinMessageRoute, (request) => unpinMessage(table, request)),
    implement(listPinsRoute, (request) => listPins(table, request)),
    implement(createSocketTicketRoute, (request) => createSocketTicket({ table, socketUrl }, request)),
  ];
}
