import * as z from "zod";
import { listOf, pageQuery } from "../contract/fields.ts";
import { messageShape, newMessageFields, postedShape } from "../contract/message.ts";
import { route } from "../shell/route.ts";

const MESSAGE = "/v1/organizations/{org}/channels/{chn}/messages/{seq}";

export const editMessageRoute = route({
  operationId: "editMessage",
  method: "PATCH",
  path: MESSAGE,
  function: "message",
  summary: "Give one's own message another text; the former one is kept.",
  rules: ["MSG-1", "MSG-6", "MSG-10", "CH-7"],
  body: z.strictObject({ text: newMessageFields.text }),
  answers: { 200: postedShape },
  refusals: [
    "message-empty",
    "message-too-long",
    "message-not-text",
    "not-own-message",
    "message-deleted",
    "too-many-edits",
    "not-channel-member",
    "channel-archived",
  ],
});

export const listEditsRoute = route({
  operationId: "listEdits",
  method: "GET",
  path: `${MESSAGE}/edits`,
  function: "message",
  summary: "A message's former texts, newest first, each with when it was written.",
  rules: ["MSG-6"],
  query: z.strictObject(pageQuery),
  answers: { 200: listOf(z.object({ text: z.string(), at: z.string() })) },
  refusals: ["invalid-cursor", "not-channel-member"],
});

export const reactRoute = route({
  operationId: "react",
  method: "PUT",
  path: `${MESSAGE}/reactions/{emoji}`,
  function: "message",
  summary: "React to a message with an emoji, or the name of one (:wave:); one's own that is there stays.",
  rules: ["MSG-9", "CH-7"],
  answers: { 200: messageShape },
  refusals: [
    "emoji-invalid",
    "too-many-reactions",
    "message-deleted",
    "not-channel-member",
    "channel-archived",
  ],
});

export const unreactRoute = route({
  operationId: "unreact",
  method: "DELETE",
  path: `${MESSAGE}/reactions/{emoji}`,
  function: "message",
  summary: "Take one's reaction back, if there is one.",
  rules: ["MSG-9", "CH-7"],
  answers: { 204: null },
  refusals: ["emoji-invalid", "not-channel-member", "channel-archived"],
});

export const listReactionsRoute = route({
  operationId: "listReactions",
  method: "GET",
  path: `${MESSAGE}/reactions`,
  function: "message",
  summary:
    "Everybody who reacted to a message, with one emoji or any; on the message are the first of each, 50 at most and 500 in all.",
  rules: ["MSG-9"],
  query: z.strictObject({ ...pageQuery, emoji: z.string().max(400).optional() }),
  answers: { 200: listOf(z.object({ emoji: z.string(), userId: z.string(), at: z.string() })) },
  refusals: ["emoji-invalid", "invalid-cursor", "not-channel-member"],
});

/** What is done to a message after it was posted, pins apart. */
export const changeRoutes = [
  editMessageRoute,
  listEditsRoute,
  reactRoute,
  unreactRoute,
  listReactionsRoute,
] as const;
