import * as z from "zod";
import { listOf, pageQuery } from "../contract/fields.ts";
import { messageShape } from "../contract/message.ts";
import { route } from "../shell/route.ts";

const MESSAGE = "/v1/organizations/{org}/channels/{chn}/messages/{seq}";

export const readThreadRoute = route({
  operationId: "readThread",
  method: "GET",
  path: `${MESSAGE}/thread`,
  function: "message",
  summary: "The thread that a message is in: its first message, then the replies, oldest first.",
  rules: ["MSG-8"],
  query: z.strictObject(pageQuery),
  answers: { 200: listOf(messageShape).extend({ following: z.boolean() }) },
  refusals: ["invalid-cursor", "not-channel-member"],
});

export const followThreadRoute = route({
  operationId: "followThread",
  method: "PUT",
  path: `${MESSAGE}/follow`,
  function: "message",
  summary: "Follow the thread that a message is in, and note how far one has read it.",
  rules: ["MSG-8"],
  body: z.strictObject({ lastReadSeq: z.number().int().min(1).max(999_999_999_999).optional() }).optional(),
  answers: { 204: null },
  refusals: ["not-channel-member"],
});

export const unfollowThreadRoute = route({
  operationId: "unfollowThread",
  method: "DELETE",
  path: `${MESSAGE}/follow`,
  function: "message",
  summary: "Follow the thread that a message is in no more, whatever one writes in it.",
  rules: ["MSG-8"],
  answers: { 204: null },
  refusals: ["not-channel-member"],
});

const followedThread = z.object({
  channelId: z.string(),
  root: messageShape,
  lastReplyAt: z.string(),
  /** Replies of others that one has not read: neither by the thread's mark nor by the channel's. At most 100 are counted. */
  unread: z.number(),
});

export const listThreadsRoute = route({
  operationId: "listThreads",
  method: "GET",
  path: "/v1/organizations/{org}/threads",
  function: "message",
  summary: "The threads that one follows, the newest reply first; 200 at most.",
  rules: ["MSG-8", "GST-9"],
  query: z.strictObject({ limit: pageQuery.limit }),
  answers: { 200: listOf(followedThread) },
});

/** Threads and who follows them. */
export const threadRoutes = [
  readThreadRoute,
  followThreadRoute,
  unfollowThreadRoute,
  listThreadsRoute,
] as const;
