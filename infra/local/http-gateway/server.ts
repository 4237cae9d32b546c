import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { HttpServer, LocalContext, LocalRoute } from "../contracts.ts";
import { attachSocketGateway } from "../socket-gateway/attach.ts";
import { handleApiRequest } from "./handle-api-request.ts";
import { requestPath } from "./request-path.ts";
import { createRouteTable } from "./route-table.ts";
import { isLocalPath, serveLocal } from "./serve-local.ts";

type Options = { context: LocalContext; localRoutes: LocalRoute[]; port: number };

/** The one port of the stack: local paths, the HTTP API on every other path, and the WebSocket API. */
export async function startHttpServer({ context, localRoutes, port }: Options): Promise<HttpServer> {
  const apiRoutes = createRouteTable(context.model.httpApi.routes);
  const ownRoutes = createRouteTable(localRoutes);
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const location = requestPath(request);
    if (isLocalPath(location.path)) await serveLocal(request, response, location, ownRoutes, context);
    else await handleApiRequest(request, response, location, apiRoutes, context);
  };
  // Larger than the gateway's own limit, so that the gateway's answer is heard and not Node's.
  const server = createServer({ maxHeaderSize: 64 * 1024, keepAliveTimeout: 65_000 }, (request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  const sockets = attachSocketGateway({ server, context });
  await listen(server, port);
  return {
    server,
    port: portOf(server),
    async close() {
      await sockets.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return address !== null && typeof address === "object" ? address.port : 0;
}
