import { demandInChannel } from "../../membership/channel-relation.ts";
import { type Implementation, implement } from "../../shell/route.ts";
import type { Table } from "../../table/table.ts";
import { messageDeps } from "../message-deps.ts";
import { answerCall, endCall } from "./answer-call.ts";
import { listCallMessages, postCallMessage } from "./call-messages.ts";
import type { ConferenceLinks } from "./conference-links.ts";
import {
  acceptCallRoute,
  declineCallRoute,
  endCallRoute,
  getCallRoute,
  leaveCallRoute,
  listCallMessagesRoute,
  postCallMessageRoute,
  startCallRoute,
} from "./contract.ts";
import { readCall } from "./read-call.ts";
import { startCall } from "./start-call.ts";

/** What the `message` function does about calls, route by route. */
export function callUseCases(table: Table, links: ConferenceLinks): Implementation[] {
  const posting = messageDeps(table);
  return [
    implement(startCallRoute, (request) => startCall({ table, links }, request), {
      demand: async ({ params, person, now }) => {
        const where = {
          org: params["org"] ?? "",
          channelId: params["chn"] ?? "",
          userId: person.userId,
          now,
        };
        return await demandInChannel(table, where, "call.start");
      },
    }),
    implement(getCallRoute, (request) => readCall(table, request)),
    implement(acceptCallRoute, (request) => answerCall(table, request, "accept")),
    implement(declineCallRoute, (request) => answerCall(table, request, "decline")),
    implement(leaveCallRoute, (request) => answerCall(table, request, "leave")),
    implement(endCallRoute, (request) => endCall(table, request)),
    implement(listCallMessagesRoute, (request) => listCallMessages(table, request)),
    implement(postCallMessageRoute, (request) => postCallMessage({ table, posting }, request)),
  ];
}
