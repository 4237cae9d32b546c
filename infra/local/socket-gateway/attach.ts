import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { LocalContext, SocketGateway } from "../contracts.ts";
import { type Connection, connectionsOf, type Peer } from "./connection.ts";
import { closeConnection, endConnection } from "./end-connection.ts";
import { expireConnections } from "./expire-connections.ts";
import { watchFrames } from "./frame-watch.ts";
import { handleFrame } from "./handle-frame.ts";
import { openConnection } from "./open-connection.ts";

const frameLimitBytes = 32 * 1024;
const messageLimitBytes = 128 * 1024;
const expiryCheckMs = 5000;

/** The WebSocket API, on the same port: handshakes at `/<stage>`, frames to their routes. */
export function attachSocketGateway(options: { server: Server; context: LocalContext }): SocketGateway {
  const { server, context } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: messageLimitBytes,
    handleProtocols: () => false,
  });
  const accept = async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const peer = await openConnection(request, socket, context);
    if (!peer) return;
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      serveConnection(peer, webSocket, socket, context);
    });
  };
  // Every line, those in the middle of their handshake included: an open one would keep the server from closing.
  const lines = new Set<Duplex>();
  server.on("upgrade", (request, socket, head) => {
    lines.add(socket);
    socket.on("close", () => lines.delete(socket));
    socket.on("error", () => socket.destroy());
    accept(request, socket, head).catch((error: unknown) => {
      context.log.add({ kind: "event", text: `socket handshake failed: ${String(error)}` });
      socket.destroy();
    });
  });
  const expire = () => expireConnections(context);
  const stopListening = context.clock.onAdvance(expire);
  const timer = setInterval(expire, expiryCheckMs).unref();
  return {
    async close() {
      clearInterval(timer);
      stopListening();
      // The functions stop as well: nobody is there to hear of a disconnect.
      for (const connection of connectionsOf(context).values()) connection.isOver = true;
      for (const line of lines) line.destroy();
      sockets.close();
    },
  };
}

function serveConnection(peer: Peer, socket: WebSocket, line: Duplex, context: LocalContext): void {
  const connection: Connection = {
    peer,
    socket,
    lastActiveAt: context.clock.now(),
    isOver: false,
    held: [],
  };
  connectionsOf(context).set(peer.connectionId, connection);
  context.log.add({ kind: "event", text: `socket open ${peer.connectionId}` });
  watchFrames(line, frameLimitBytes, () => closeConnection(connection, 1009, "Message too big", context));
  socket.on("message", (data, isBinary) => {
    if (connection.isOver) return;
    // API Gateway takes no binary frames: https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-binary-media-types.html
    if (isBinary) return closeConnection(connection, 1003, "Unsupported data", context);
    const text = textOf(data);
    connection.lastActiveAt = context.clock.now();
    context.meter.recordSocketMessage(Buffer.byteLength(text));
    // Not awaited: the gateway hands on the frames of one connection side by side.
    handleFrame(connection, text, context).catch((error: unknown) => {
      context.log.add({ kind: "event", text: `socket frame failed: ${String(error)}` });
    });
  });
  socket.on("error", () => undefined);
  socket.on("close", (code, reason) => endConnection(connection, code, reason.toString(), context));
}

function textOf(data: Buffer | ArrayBuffer | Buffer[]): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return Buffer.isBuffer(data) ? data.toString() : Buffer.from(data).toString();
}
