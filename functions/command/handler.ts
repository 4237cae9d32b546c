import { messageDeps } from "../message/message-deps.ts";
import { readEnvironment } from "../shell/environment.ts";
import { httpHandler } from "../shell/http-handler.ts";
import { openTable } from "../table/table.ts";
import { commandDeps } from "./command-deps.ts";
import { commandFrameHandler, isFrame } from "./command-frame.ts";
import { commandUseCases } from "./use-cases.ts";

const table = openTable(readEnvironment("TABLE_NAME").TABLE_NAME);
const answerRequest = httpHandler(commandUseCases(table, messageDeps(table)));
const answerFrame = commandFrameHandler(commandDeps(table, messageDeps(table)), Date.now);

type Parameter = Parameters<typeof answerRequest>;

/** Requests come from the HTTP API, and frames `command` from the WebSocket's. */
export async function handler(event: Parameter[0], context: Parameter[1]) {
  return isFrame(event) ? await answerFrame(event) : await answerRequest(event, context);
}
