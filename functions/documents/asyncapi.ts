import { EVENT_AUDIENCES, EVENT_TYPES } from "@vestibule/domain/live";
import * as z from "zod";
import { clientFrames, pingFrame, problemShape, replies } from "../realtime/contract.ts";
import { events } from "../realtime/event-contract.ts";

type Json = Record<string, unknown>;

function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return json;
}

const frameId = z.union([z.string(), z.number()]).nullable();

function goodReply(fields: z.ZodObject): z.ZodType {
  return z.object({ type: z.literal("reply"), id: frameId, ok: z.literal(true), ...fields.shape });
}

const refusal = z.object({
  type: z.literal("reply"),
  id: frameId,
  ok: z.literal(false),
  problem: problemShape,
});

/** Each frame a client may send, and what a good reply to it carries. */
const ACTIONS = [
  {
    name: "post",
    frame: clientFrames.post,
    reply: goodReply(replies.post),
    summary: "Post a message (MSG-1…4).",
  },
  {
    name: "read",
    frame: clientFrames.read,
    reply: goodReply(replies.read),
    summary: "Mark as read (CH-11).",
  },
  {
    name: "resume",
    frame: clientFrames.resume,
    reply: goodReply(replies.resume),
    summary:
      "Ask, per channel, for what follows a seq, and with `since` for what was changed: at most 200 messages each, then `more` or `moreChanged` (MSG-4).",
  },
  {
    name: "look",
    frame: clientFrames.look,
    reply: goodReply(replies.look),
    summary: "Say which channel is looked at: typing in it is told to this connection from then on.",
  },
  {
    name: "typing",
    frame: clientFrames.typing,
    reply: goodReply(replies.typing),
    summary: "Tell those who look at a channel that one is typing in it; once in two seconds at most.",
  },
  {
    name: "status",
    frame: clientFrames.status,
    reply: goodReply(replies.status),
    summary: "Set one's own status, watch how others are, or both (PRS-1…3, GST-16).",
  },
  {
    name: "command",
    frame: clientFrames.command,
    reply: goodReply(replies.command),
    summary: "Carry out a slash command; its author alone is answered (MSG-13).",
  },
  {
    name: "ping",
    frame: pingFrame,
    reply: goodReply(z.object({})),
    summary: "Keep the connection open; answered by the gateway itself.",
  },
] as const;

const CHANNEL = { $ref: "#/channels/live" };
const inChannel = (name: string): Json => ({ $ref: `#/channels/live/messages/${name}` });

function message(name: string, payload: Json, summary: string): [string, Json] {
  return [name, { name, summary, contentType: "application/json", payload }];
}

function eventPayload(type: (typeof EVENT_TYPES)[number]): Json {
  return schemaOf(z.object({ type: z.literal(type), ...events[type].shape }), "output");
}

function eventsPayload(): Json {
  const items = { oneOf: EVENT_TYPES.map((type) => ({ $ref: `#/components/schemas/${type}` })) };
  return {
    type: "object",
    required: ["type", "events"],
    properties: { type: { const: "events" }, events: { type: "array", minItems: 1, items } },
  };
}

function messages(): Json {
  return Object.fromEntries([
    ...ACTIONS.flatMap(({ name, frame, reply, summary }) => [
      message(name, schemaOf(frame, "input"), summary),
      message(`${name}.reply`, schemaOf(reply, "output"), `The reply to ${name}.`),
    ]),
    message(
      "refusal",
      schemaOf(refusal, "output"),
      "The reply to a frame that is malformed, unknown or refused: the same problem object as by HTTP.",
    ),
    message("events", eventsPayload(), "What has happened: one or more events, at most 32 KB a frame."),
  ]);
}

function operations(): Json {
  const received = ACTIONS.map(({ name, summary }) => [
    name,
    {
      action: "receive",
      channel: CHANNEL,
      summary,
      messages: [inChannel(name)],
      reply: { channel: CHANNEL, messages: [inChannel(`${name}.reply`), inChannel("refusal")] },
    },
  ]);
  const sent = { action: "send", channel: CHANNEL, messages: [inChannel("events")] };
  return { ...Object.fromEntries(received), events: sent };
}

/** The live half of the public contract as AsyncAPI 3.0, derived from the schemas that the functions themselves use. */
export function asyncApiDocument(): Json {
  const names = Object.keys(messages());
  return {
    asyncapi: "3.0.0",
    info: {
      title: "Vestibule live",
      version: "1",
      description:
        "Frames of the WebSocket, as this service receives and sends them. Message events carry channelId and seq; frames may repeat or reorder, so a client keeps the highest contiguous seq and asks for what is missing with resume.",
    },
    defaultContentType: "application/json",
    channels: {
      live: {
        address: "/",
        title: "One person in one organization",
        description:
          "Open the `url` of a ticket (POST /v1/organizations/{org}/socket-tickets) within 60 s; a ticket opens one connection. Refused with 401.",
        messages: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }])),
        bindings: {
          ws: {
            query: { type: "object", required: ["ticket"], properties: { ticket: { type: "string" } } },
          },
        },
      },
    },
    operations: operations(),
    components: {
      messages: messages(),
      schemas: Object.fromEntries(
        EVENT_TYPES.map((type) => [type, { ...eventPayload(type), "x-audience": EVENT_AUDIENCES[type] }]),
      ),
    },
  };
}
