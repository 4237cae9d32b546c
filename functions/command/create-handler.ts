import { messageDeps } from "../message/message-deps.ts";
import { httpHandler } from "../shell/http-handler.ts";
import type { Table } from "../table/table.ts";
import { commandDeps } from "./command-deps.ts";
import { commandFrameHandler, isFrame } from "./command-frame.ts";
import { commandUseCases } from "./use-cases.ts";

/** The Lambda handler of slash commands: requests come from the HTTP API, and frames `command` from the WebSocket's. */
export function commandHandler(table: Table) {
  const post = messageDeps(table);
  const answerRequest = httpHandler(commandUseCases(table, post));
  const answerFrame = commandFrameHandler(commandDeps(table, post), Date.now);
  type Parameter = Parameters<typeof answerRequest>;
  return async (event: Parameter[0], context: Parameter[1]) =>
    isFrame(event) ? await answerFrame(event) : await answerRequest(event, context);
}
