import { type Implementation, implement } from "../shell/route.ts";
import type { Table } from "../table/table.ts";
import {
  editMessageRoute,
  listEditsRoute,
  listReactionsRoute,
  reactRoute,
  unreactRoute,
} from "./changes-contract.ts";
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
import { editMessage } from "./edit-message.ts";
import { followThread, unfollowThread } from "./follow-thread.ts";
import { listEdits } from "./list-edits.ts";
import { listReactions } from "./list-reactions.ts";
import { listThreads } from "./list-threads.ts";
import { messageDeps } from "./message-deps.ts";
import { listPins, pinMessage, unpinMessage } from "./pin-message.ts";
import { servePost } from "./post-message.ts";
import { react, unreact } from "./react.ts";
import { readMessage, readMessages } from "./read-messages.ts";
import { readThread } from "./read-thread.ts";
import {
  followThreadRoute,
  listThreadsRoute,
  readThreadRoute,
  unfollowThreadRoute,
} from "./threads-contract.ts";

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
    implement(editMessageRoute, (request) => editMessage(table, request)),
    implement(listEditsRoute, (request) => listEdits(table, request)),
    implement(reactRoute, (request) => react(table, request)),
    implement(unreactRoute, (request) => unreact(table, request)),
    implement(listReactionsRoute, (request) => listReactions(table, request)),
    implement(readThreadRoute, (request) => readThread(table, request)),
    implement(followThreadRoute, (request) => followThread(table, request)),
    implement(unfollowThreadRoute, (request) => unfollowThread(table, request)),
    implement(listThreadsRoute, (request) => listThreads(table, request)),
    implement(createSocketTicketRoute, (request) => createSocketTicket({ table, socketUrl }, request)),
  ];
}
