import { type Connection, request } from "../request.ts";
import type * as t from "../types.ts";
import { at, atChannel } from "./paths.ts";

/** CALL-1…6: calls, one at a time in a channel, and what is written in the meeting. */
export function callCalls(connection: Connection) {
  const atCall = (org: string, call: string) => `${at(org)}/calls/${call}`;
  const act = (act: "accept" | "decline" | "leave" | "end") => (org: string, call: string) =>
    request<t.Call>(connection, "POST", `${atCall(org, call)}/${act}`, { body: {}, repeatable: true });

  return {
    /** CALL-4: where one is running, the refusal `call-running` says which. */
    startCall: (org: string, channel: string) =>
      request<t.Call>(connection, "POST", `${atChannel(org, channel)}/calls`, {
        body: {},
        creates: true,
      }),
    getCall: (org: string, call: string) => request<t.Call>(connection, "GET", atCall(org, call)),
    acceptCall: act("accept"),
    declineCall: act("decline"),
    leaveCall: act("leave"),
    /** For everybody. */
    endCall: act("end"),
    /** CALL-6: the conversation's thread of the call, read and written from within the meeting. */
    listCallMessages: (org: string, call: string, query?: t.PageQuery) =>
      request<t.Thread>(connection, "GET", `${atCall(org, call)}/messages`, {
        ...(query && { query }),
      }),
    postCallMessage: (org: string, call: string, message: Pick<t.NewMessage, "text" | "nonce">) =>
      request<t.PostedMessage>(connection, "POST", `${atCall(org, call)}/messages`, {
        body: { nonce: crypto.randomUUID(), ...message },
        repeatable: true,
      }),
  };
}
