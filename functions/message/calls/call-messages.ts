import { permit } from "@vestibule/domain/permissions";
import type { Answer, Request } from "../../shell/route.ts";
import type { Table } from "../../table/table.ts";
import { type PostDeps, servePost } from "../post-message.ts";
import { readThread } from "../read-thread.ts";
import { type CallRequest, callActor, callInChannel } from "./call-in-channel.ts";
import type { listCallMessagesRoute, postCallMessageRoute } from "./contract.ts";

/** Where a call's chat is: in the thread of its message (CALL-6). */
async function threadOf(table: Table, request: CallRequest) {
  const { call } = await callInChannel(table, request, (facts) => permit("call.join", callActor(facts)));
  return { params: { org: request.params.org, chn: call.channelId }, seq: call.seq };
}

/** CALL-6: what is written in the conversation appears in the meeting, to those who may read there. */
export async function listCallMessages(
  table: Table,
  request: Request<typeof listCallMessagesRoute>,
): Promise<Answer> {
  const { params, seq } = await threadOf(table, request);
  return await readThread(table, { ...request, params: { ...params, seq: String(seq) }, body: undefined });
}

/** CALL-6: what is written in the meeting appears in the conversation, for those who may post there. */
export async function postCallMessage(
  deps: { readonly table: Table; readonly posting: PostDeps },
  request: Request<typeof postCallMessageRoute>,
): Promise<Answer> {
  const { params, seq } = await threadOf(deps.table, request);
  return await servePost(deps.posting, { ...request, params, body: { ...request.body, replyTo: seq } });
}
