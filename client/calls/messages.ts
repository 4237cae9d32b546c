import { type Connection, request } from "../request.ts";
import type * as t from "../types.ts";
import { at, atChannel, atMessage } from "./paths.ts";

/** Messages, their edits and pins, and the ticket of the live connection. */
export function messageCalls(connection: Connection) {
  return {
    listMessages: (org: string, channel: string, query?: t.MessageQuery) =>
      request<t.MessagePage>(connection, "GET", `${atChannel(org, channel)}/messages`, {
        ...(query && { query }),
      }),
    /** The nonce makes it idempotent (MSG-3): pass the same one to repeat a post on your own. */
    postMessage: (org: string, channel: string, message: t.NewMessage) =>
      request<t.PostedMessage>(connection, "POST", `${atChannel(org, channel)}/messages`, {
        body: { nonce: crypto.randomUUID(), ...message },
        repeatable: true,
      }),
    getMessage: (org: string, channel: string, seq: number) =>
      request<t.Message>(connection, "GET", atMessage(org, channel, seq)),
    /** MSG-6: one's own; the former text is kept. */
    editMessage: (org: string, channel: string, seq: number, text: string) =>
      request<t.Message>(connection, "PATCH", atMessage(org, channel, seq), { body: { text } }),
    /** MSG-6: the former texts, newest first. */
    listEdits: (org: string, channel: string, seq: number, query?: t.PageQuery) =>
      request<t.Page<t.FormerText>>(connection, "GET", `${atMessage(org, channel, seq)}/edits`, {
        ...(query && { query }),
      }),
    /** MSG-6: a marker stays in its place. */
    deleteMessage: (org: string, channel: string, seq: number) =>
      request<void>(connection, "DELETE", atMessage(org, channel, seq)),
    pinMessage: (org: string, channel: string, seq: number) =>
      request<t.Message>(connection, "PUT", `${atMessage(org, channel, seq)}/pin`),
    unpinMessage: (org: string, channel: string, seq: number) =>
      request<void>(connection, "DELETE", `${atMessage(org, channel, seq)}/pin`),
    listPins: (org: string, channel: string, query?: t.PageQuery) =>
      request<t.Page<t.Message>>(connection, "GET", `${atChannel(org, channel)}/pins`, {
        ...(query && { query }),
      }),
    /** A ticket opens one socket within 60 s; an unused one is harmless, so asking twice is too. */
    createSocketTicket: (org: string) =>
      request<t.SocketTicket>(connection, "POST", `${at(org)}/socket-tickets`, {
        body: {},
        repeatable: true,
      }),
  };
}
