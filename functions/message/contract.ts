import * as z from "zod";
import { listOf, nothing, pageQuery } from "../contract/fields.ts";
import { messageShape, newMessageFields, postedShape } from "../contract/message.ts";
import { momentSchema } from "../contract/moment.ts";
import { ticketShape } from "../contract/ticket.ts";
import { route } from "../shell/route.ts";
import { changeRoutes } from "./changes-contract.ts";
import { threadRoutes } from "./threads-contract.ts";

const CHANNELS = "/v1/organizations/{org}/channels";

/** `historyDays` where messages were left out that the plan no longer shows; `asOf` is the next `changedSince`. */
const messagePage = listOf(messageShape).extend({
  historyDays: z.number().optional(),
  asOf: z.string().optional(),
});

const seqText = z.coerce.number().int().max(999_999_999_999);

export const listMessagesRoute = route({
  operationId: "listMessages",
  method: "GET",
  path: `${CHANNELS}/{chn}/messages`,
  function: "message",
  summary:
    "Messages, newest first: the latest, or those before, after or around a seq; or those that were changed since a time, as they are now. historyDays where the plan hides older ones.",
  rules: ["MSG-2", "MSG-4", "MSG-5", "SEAT-7"],
  query: z
    .strictObject({
      ...pageQuery,
      before: seqText.min(1).optional(),
      after: seqText.min(0).optional(),
      around: seqText.min(1).optional(),
      changedSince: momentSchema.optional(),
    })
    .refine(
      ({ before, after, around, changedSince }) =>
        [before, after, around, changedSince].filter((end) => end !== undefined).length <= 1,
      { message: "Only one of before, after, around and changedSince", path: ["before"] },
    ),
  answers: { 200: messagePage },
  refusals: ["invalid-cursor", "not-channel-member"],
});

export const postMessageRoute = route({
  operationId: "postMessage",
  method: "POST",
  path: `${CHANNELS}/{chn}/messages`,
  function: "message",
  summary:
    "Post a message; 200 when the nonce was known. The nonce makes it idempotent, an Idempotency-Key is not needed.",
  rules: ["MSG-1", "MSG-2", "MSG-3", "MSG-4", "MSG-8", "MSG-10", "MSG-14"],
  body: z.strictObject(newMessageFields),
  answers: { 200: postedShape, 201: postedShape },
  refusals: [
    "message-empty",
    "message-too-long",
    "message-not-text",
    "not-channel-member",
    "channel-archived",
    "message-deleted",
    "mail-card-not-direct",
  ],
});

export const getMessageRoute = route({
  operationId: "getMessage",
  method: "GET",
  path: `${CHANNELS}/{chn}/messages/{seq}`,
  function: "message",
  summary: "One message.",
  rules: ["MSG-4"],
  answers: { 200: messageShape },
  refusals: ["not-channel-member"],
});

export const deleteMessageRoute = route({
  operationId: "deleteMessage",
  method: "DELETE",
  path: `${CHANNELS}/{chn}/messages/{seq}`,
  function: "message",
  summary:
    "Delete one's own message, or as a channel or chat admin somebody else's; a marker stays in its place.",
  rules: ["MSG-6", "GST-15", "CH-7"],
  answers: { 204: null },
  refusals: [
    "guest-restricted",
    "not-channel-member",
    "not-channel-admin",
    "not-in-conversations",
    "channel-archived",
  ],
});

export const pinMessageRoute = route({
  operationId: "pinMessage",
  method: "PUT",
  path: `${CHANNELS}/{chn}/messages/{seq}/pin`,
  function: "message",
  summary: "Pin a message; one that is pinned already stays as it is.",
  rules: ["MSG-7", "GST-1", "CH-7"],
  answers: { 200: messageShape },
  refusals: ["message-deleted", "not-channel-member", "channel-archived"],
});

export const unpinMessageRoute = route({
  operationId: "unpinMessage",
  method: "DELETE",
  path: `${CHANNELS}/{chn}/messages/{seq}/pin`,
  function: "message",
  summary: "Take the pin off a message, if it has one.",
  rules: ["MSG-7", "GST-1", "CH-7"],
  answers: { 204: null },
  refusals: ["message-deleted", "not-channel-member", "channel-archived"],
});

export const listPinsRoute = route({
  operationId: "listPins",
  method: "GET",
  path: `${CHANNELS}/{chn}/pins`,
  function: "message",
  summary: "The channel's pinned messages, the newest pin first.",
  rules: ["MSG-7"],
  query: z.strictObject(pageQuery),
  answers: { 200: listOf(messageShape) },
  refusals: ["invalid-cursor", "not-channel-member"],
});

export const createSocketTicketRoute = route({
  operationId: "createSocketTicket",
  method: "POST",
  path: "/v1/organizations/{org}/socket-tickets",
  function: "message",
  summary:
    "A one-time ticket (60 s) to open the WebSocket. Every call makes a new one: a ticket is a secret and is not kept for an Idempotency-Key.",
  rules: ["MSG-4"],
  body: nothing.optional(),
  answers: { 201: ticketShape },
});

/** Every route of this function. */
export const messageRoutes = [
  listMessagesRoute,
  postMessageRoute,
  getMessageRoute,
  deleteMessageRoute,
  pinMessageRoute,
  unpinMessageRoute,
  listPinsRoute,
  createSocketTicketRoute,
  ...changeRoutes,
  ...threadRoutes,
] as const;
