import { logger } from "../shell/logger.ts";
import { answerFrame, type FrameDeps } from "./answer-frame.ts";
import { type ConnectDeps, connect, disconnect } from "./connect.ts";
import { type SocketEvent, socketEvent } from "./socket-event.ts";

type Result = { statusCode: number; body?: string };

function textOf({ body, isBase64Encoded }: SocketEvent): string | undefined {
  return isBase64Encoded === true && body !== undefined ? Buffer.from(body, "base64").toString("utf8") : body;
}

/** The Lambda handler of the WebSocket: `$connect`, `$disconnect`, and every frame, known or not. */
export function socketHandler(deps: FrameDeps & ConnectDeps) {
  return async (raw: unknown): Promise<Result> => {
    const event = socketEvent.parse(raw);
    const { eventType, connectionId, requestId, authorizer } = event.requestContext;
    const connection = { ...authorizer, connectionId };
    logger.resetKeys();
    logger.appendKeys({ requestId, connectionId });
    switch (eventType) {
      case "CONNECT":
        return { statusCode: await connect(deps, connection) };
      case "DISCONNECT":
        await disconnect(deps, connection);
        return { statusCode: 200 };
      case "MESSAGE":
        return {
          statusCode: 200,
          body: await answerFrame(deps, textOf(event), { ...connection, requestId }),
        };
    }
  };
}
