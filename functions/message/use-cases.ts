import { type Implementation, implement } from "../shell/route.ts";
import { getMember } from "../table/members.ts";
import type { Table } from "../table/table.ts";
import {
  createSocketTicketRoute,
  getChannelRoute,
  getMessageRoute,
  listChannelsRoute,
  listMessagesRoute,
  postMessageRoute,
  updateMyChannelRoute,
} from "./contract.ts";
import { createSocketTicket } from "./create-socket-ticket.ts";
import { markReadDeps, serveMarkRead } from "./mark-read.ts";
import { messageLog } from "./message-log.ts";
import { type PostDeps, servePost } from "./post-message.ts";
import { readChannel, readChannels } from "./read-channels.ts";
import { readMessage, readMessages } from "./read-messages.ts";

/** What posting and reading messages needs, from the table. */
export function messageDeps(table: Table): PostDeps {
  return {
    log: messageLog(table),
    member: (org, user) => getMember(table, org, user),
    now: Date.now,
  };
}

/** What the `message` function does, route by route. */
export function messageUseCases(table: Table, socketUrl: string): Implementation[] {
  const deps = messageDeps(table);
  return [
    implement(listChannelsRoute, (request) => readChannels(table, request)),
    implement(getChannelRoute, (request) => readChannel(table, request)),
    implement(updateMyChannelRoute, (request) => serveMarkRead(markReadDeps(table), request)),
    implement(listMessagesRoute, (request) => readMessages(deps, request)),
    implement(postMessageRoute, (request) => servePost(deps, request)),
    implement(getMessageRoute, (request) => readMessage(deps, request)),
    implement(createSocketTicketRoute, (request) => createSocketTicket({ table, socketUrl }, request)),
  ];
}
