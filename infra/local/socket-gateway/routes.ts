import type { LocalRoute } from "../contracts.ts";
import { handleConnectionsCall } from "./connections-api.ts";

const path = "/_connections/{stage}/@connections/{connectionId}";

/** The management side of the WebSocket API, where `CONNECTIONS_URL` points to. */
export const localRoutes: LocalRoute[] = ["POST", "GET", "DELETE"].map((method) => ({
  method,
  path,
  handle: handleConnectionsCall,
}));
