import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import { logger } from "../shell/logger.ts";

/** What became of a frame. `failed` is left to the client, who fetches what is missing by `seq`. */
export type Sent = "sent" | "gone" | "throttled" | "failed";

/** The open connections, as the relay uses them. */
export type Connections = {
  send(connectionId: string, frame: string): Promise<Sent>;
  close(connectionId: string): Promise<void>;
};

const TOO_MANY_REQUESTS = 429;

function statusOf(error: Error): unknown {
  const metadata = "$metadata" in error ? error.$metadata : undefined;
  return typeof metadata === "object" && metadata !== null && "httpStatusCode" in metadata
    ? metadata.httpStatusCode
    : undefined;
}

function outcomeOf(error: unknown): Sent {
  if (error instanceof GoneException) return "gone";
  if (!(error instanceof Error)) throw error;
  if (statusOf(error) === TOO_MANY_REQUESTS) return "throttled";
  // The name alone: messages of the SDK may carry an address.
  logger.warn("frame not delivered", { error: error.name });
  return "failed";
}

/** The connections of the deployed socket API, behind a client with `send`. */
export function connectionsThrough(client: Pick<ApiGatewayManagementApiClient, "send">): Connections {
  return {
    async send(connectionId, frame) {
      try {
        await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: frame }));
        return "sent";
      } catch (error) {
        return outcomeOf(error);
      }
    },
    async close(connectionId) {
      try {
        await client.send(new DeleteConnectionCommand({ ConnectionId: connectionId }));
      } catch (error) {
        outcomeOf(error);
      }
    },
  };
}

/** The socket API's management side at `CONNECTIONS_URL`: one attempt, as a retry is the relay's own business. */
export function openConnections(url: string): Connections {
  const client = new ApiGatewayManagementApiClient({
    endpoint: url,
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 500, requestTimeout: 2_000, throwOnRequestTimeout: true },
  });
  return connectionsThrough(client);
}
