import { logger } from "../shell/logger.ts";
import { answerFrame } from "./answer-frame.ts";
import { type ConnectDeps, connect, disconnect } from "./connect.ts";
import type { FrameDeps } from "./deps.ts";
import { socketEvent, textOf } from "./socket-event.ts";

type Result = { statusCode: number; body?: string };

/** The Lambda handler of the WebSocket: `$connect`, `$disconnect`, and every frame, known or not. */
export function socketHandler(deps: FrameDeps & ConnectDeps) {
  return async (raw: unknown): Promise<Result> => {
    const event = socketEvent.parse(raw);
    const { eventType, connectionId, requestId, authorizer, identity } = event.requestContext;
    const connection = { ...authorizer, connectionId };
    logger.resetKeys();
    logger.appendKeys({ requestId, connectionId });
    switch (eventType) {
      case "CONNECT":
        return { statusCode: await connect(deps, connection) };
      case "DISCONNECT":
        await disconnect(deps, connection);
        return { statusCode: 200 };
      case "MESSAGE": {
        const sender = { ...connection, requestId, sourceIp: identity?.sourceIp ?? "" };
        return { statusCode: 200, body: await answerFrame(deps, textOf(event), sender) };
      }
    }
  };
}
