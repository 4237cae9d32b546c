import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import { logger } from "../shell/logger.ts";

/** What became of a frame. `again`: throttled, timed out or broken on the way, so that it may have arrived or not. */
export type Sent = "sent" | "gone" | "again" | "refused";

/** The open connections, as the relay uses them. */
export type Connections = {
  /** Given up when `signal` says so; it may have arrived all the same. */
  send(connectionId: string, frame: string, signal?: AbortSignal): Promise<Sent>;
  /** `sent` when it is closed, `gone` when it was already. */
  close(connectionId: string): Promise<Sent>;
};

const TOO_MANY_REQUESTS = 429;
const SERVER_ERROR = 500;

/** The HTTP status of an answer; `undefined` when there was none. */
function statusOf(error: Error): number | undefined {
  const metadata = "$metadata" in error ? error.$metadata : undefined;
  if (typeof metadata !== "object" || metadata === null || !("httpStatusCode" in metadata)) return undefined;
  return typeof metadata.httpStatusCode === "number" ? metadata.httpStatusCode : undefined;
}

function outcomeOf(error: unknown): Sent {
  if (error instanceof GoneException) return "gone";
  if (!(error instanceof Error)) throw error;
  const status = statusOf(error);
  if (status === undefined || status === TOO_MANY_REQUESTS || status >= SERVER_ERROR) return "again";
  // The name alone: messages of the SDK may carry an address.
  logger.warn("frame refused", { error: error.name, status });
  return "refused";
}

/** The connections of the deployed socket API, behind a client with `send`. */
export function connectionsThrough(client: Pick<ApiGatewayManagementApiClient, "send">): Connections {
  return {
    async send(connectionId, frame, signal) {
      const command = new PostToConnectionCommand({ ConnectionId: connectionId, Data: frame });
      try {
        await client.send(command, signal === undefined ? {} : { abortSignal: signal });
        return "sent";
      } catch (error) {
        return outcomeOf(error);
      }
    },
    async close(connectionId) {
      try {
        await client.send(new DeleteConnectionCommand({ ConnectionId: connectionId }));
        return "sent";
      } catch (error) {
        return outcomeOf(error);
      }
    },
  };
}

/** The socket API's management side at `CONNECTIONS_URL`: one attempt, as a retry is the relay's own business. */
export function openConnections(url: string): Connections {
  const client = new ApiGatewayManagementApiClient({
    endpoint: url,
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 500, requestTimeout: 5_000, throwOnRequestTimeout: true },
  });
  return connectionsThrough(client);
}
