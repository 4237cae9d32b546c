import { CALL_STATES, PARTICIPANT_STATES } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { nothing, pageQuery } from "../../contract/fields.ts";
import { newMessageFields } from "../../contract/message.ts";
import { route } from "../../shell/route.ts";
import { postMessageRoute } from "../contract.ts";
import { readThreadRoute } from "../threads-contract.ts";

const CALLS = "/v1/organizations/{org}/channels/{chn}/calls";
const CALL = "/v1/organizations/{org}/calls/{call}" as const;

/** A call as those in its channel see it; `seq` is that of the message that tells of it. */
export const callShape = z.object({
  id: z.string(),
  channelId: z.string(),
  url: z.string(),
  startedBy: z.string(),
  startedAt: z.string(),
  endedAt: z.string().optional(),
  state: z.enum(CALL_STATES),
  participants: z.array(
    z.object({ userId: z.string(), name: z.string(), state: z.enum(PARTICIPANT_STATES) }),
  ),
  seq: z.number(),
  /** CALL-4: more than 7 people are in the channel. */
  warning: z.literal("many-people").optional(),
});

export type CallShape = z.infer<typeof callShape>;

export const startCallRoute = route({
  operationId: "startCall",
  method: "POST",
  path: CALLS,
  function: "message",
  summary:
    "Start a call: a conference link and a message in the channel. Conversations ring for a minute, channels notify; of more than 7 people it warns. 409 names the call that runs already.",
  rules: ["CALL-1", "CALL-2", "CALL-3", "CALL-4", "CALL-5", "PRS-4", "BOT-2"],
  isIdempotent: true,
  body: nothing.optional(),
  answers: { 201: callShape },
  refusals: ["call-running", "not-channel-member", "bot-one-to-one", "channel-archived"],
});

export const getCallRoute = route({
  operationId: "getCall",
  method: "GET",
  path: CALL,
  function: "message",
  summary: "One call: how it stands, and who accepted, declined or missed it.",
  rules: ["CALL-3"],
  answers: { 200: callShape },
  refusals: ["not-channel-member"],
});

export const acceptCallRoute = route({
  operationId: "acceptCall",
  method: "POST",
  path: `${CALL}/accept`,
  function: "message",
  summary: "Come into a call; who is in it already stays.",
  rules: ["CALL-1", "CALL-3", "CALL-5"],
  body: nothing.optional(),
  answers: { 200: callShape },
  refusals: ["call-over", "not-channel-member", "channel-archived"],
});

export const declineCallRoute = route({
  operationId: "declineCall",
  method: "POST",
  path: `${CALL}/decline`,
  function: "message",
  summary: "Decline a call; one that is over stays as it is.",
  rules: ["CALL-3"],
  body: nothing.optional(),
  answers: { 200: callShape },
  refusals: ["not-channel-member"],
});

export const leaveCallRoute = route({
  operationId: "leaveCall",
  method: "POST",
  path: `${CALL}/leave`,
  function: "message",
  summary: "Leave a call; the last one ends it.",
  rules: ["CALL-3", "CALL-5"],
  body: nothing.optional(),
  answers: { 200: callShape },
  refusals: ["not-channel-member"],
});

export const endCallRoute = route({
  operationId: "endCall",
  method: "POST",
  path: `${CALL}/end`,
  function: "message",
  summary: "End a call for everybody: its starter, channel admins, chat admins in the channel.",
  rules: ["CALL-1", "CALL-3", "CALL-5"],
  body: nothing.optional(),
  answers: { 200: callShape },
  refusals: ["not-call-manager", "not-channel-member"],
});

export const listCallMessagesRoute = route({
  operationId: "listCallMessages",
  method: "GET",
  path: `${CALL}/messages`,
  function: "message",
  summary:
    "The call's chat, which is its message's thread: the message first, then what was written in the meeting or in the conversation, oldest first.",
  rules: ["CALL-6"],
  query: z.strictObject(pageQuery),
  answers: readThreadRoute.answers,
  refusals: ["invalid-cursor", "not-channel-member"],
});

export const postCallMessageRoute = route({
  operationId: "postCallMessage",
  method: "POST",
  path: `${CALL}/messages`,
  function: "message",
  summary:
    "Write in the call's chat, which is its message's thread; 200 when the nonce was known. The nonce makes it idempotent, an Idempotency-Key is not needed.",
  rules: ["CALL-6", "MSG-1", "MSG-3"],
  body: z.strictObject({ text: newMessageFields.text, nonce: newMessageFields.nonce }),
  answers: postMessageRoute.answers,
  refusals: [
    "message-empty",
    "message-too-long",
    "message-not-text",
    "message-deleted",
    "not-channel-member",
    "channel-archived",
  ],
});

/** Every route about calls. */
export const callRoutes = [
  startCallRoute,
  getCallRoute,
  acceptCallRoute,
  declineCallRoute,
  leaveCallRoute,
  endCallRoute,
  listCallMessagesRoute,
  postCallMessageRoute,
] as const;
