import type { APIGatewayRequestAuthorizerEvent } from "aws-lambda";
import { type AuthorizeDeps, authorizeSocket } from "./authorize-socket.ts";

type Event = Pick<APIGatewayRequestAuthorizerEvent, "headers" | "queryStringParameters" | "methodArn">;

function headerOf(event: Event, wanted: string): string | undefined {
  // A WebSocket handshake's header names arrive as the client wrote them.
  const found = Object.entries(event.headers ?? {}).find(([name]) => name.toLowerCase() === wanted);
  return found?.[1];
}

/** The authorizer of `$connect`. Nothing of the handshake is logged: the ticket is a secret. */
export function authorizerHandler(deps: AuthorizeDeps) {
  return async (event: Event) =>
    await authorizeSocket(deps, {
      ticket: event.queryStringParameters?.["ticket"],
      origin: headerOf(event, "origin"),
      methodArn: event.methodArn,
    });
}
