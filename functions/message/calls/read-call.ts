import { permit } from "@vestibule/domain/permissions";
import type { Answer } from "../../shell/route.ts";
import type { Table } from "../../table/table.ts";
import { type CallRequest, callActor, callInChannel } from "./call-in-channel.ts";
import { presentCall } from "./show-call.ts";

/** CALL-3: a call as it stands, to those in its channel. */
export async function readCall(table: Table, request: CallRequest): Promise<Answer> {
  const { call } = await callInChannel(table, request, (facts) => permit("call.join", callActor(facts)));
  return { status: 200, body: presentCall(call, request.now) };
}
