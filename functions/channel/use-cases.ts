import { type Implementation, implement } from "../shell/route.ts";
import { toThoseWhoMay } from "../shell/standing.ts";
import type { Table } from "../table/table.ts";
import { archiveChannel, restoreChannel } from "./archive-channel.ts";
import {
  archiveChannelRoute,
  createChannelRoute,
  deleteChannelRoute,
  getChannelRoute,
  joinChannelRoute,
  leaveChannelRoute,
  listChannelsRoute,
  openConversationRoute,
  restoreChannelRoute,
  unreadRoute,
  updateChannelRoute,
  updateMyChannelRoute,
} from "./contract.ts";
import { createChannel } from "./create-channel.ts";
import { deleteChannel } from "./delete-channel.ts";
import { joinChannel, serveLeave } from "./join-channel.ts";
import { listChannels } from "./list-channels.ts";
import { openConversation } from "./open-conversation.ts";
import { readChannel } from "./read-channel.ts";
import { readUnread } from "./read-unread.ts";
import { updateChannel } from "./update-channel.ts";
import { updateMyChannel } from "./update-my-channel.ts";

/** What is done to channels as a whole, and what each person sees of them, route by route. */
export function channelUseCases(table: Table): Implementation[] {
  return [
    implement(listChannelsRoute, (request) => listChannels(table, request)),
    implement(
      createChannelRoute,
      (request) => createChannel(table, request),
      toThoseWhoMay(table, "channel.create"),
    ),
    implement(getChannelRoute, (request) => readChannel(table, request)),
    implement(updateChannelRoute, (request) => updateChannel(table, request)),
    implement(deleteChannelRoute, (request) => deleteChannel(table, request)),
    implement(archiveChannelRoute, (request) => archiveChannel(table, request)),
    implement(restoreChannelRoute, (request) => restoreChannel(table, request)),
    implement(joinChannelRoute, (request) => joinChannel(table, request)),
    implement(leaveChannelRoute, (request) => serveLeave(table, request)),
    implement(updateMyChannelRoute, (request) => updateMyChannel(table, request)),
    implement(
      openConversationRoute,
      (request) => openConversation(table, request),
      toThoseWhoMay(table, "conversation.open"),
    ),
    implement(unreadRoute, (request) => readUnread(table, request)),
  ];
}
