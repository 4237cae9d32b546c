import type { WebSocket } from "ws";
import { perContext } from "../http-gateway/per-context.ts";

/** What is known about a client from its handshake on. */
export type Peer = {
  connectionId: string;
  /** Stack time, like every time here. */
  connectedAt: number;
  sourceIp: string;
  userAgent: string;
  host: string;
  /** What the authorizer said of this person; goes with every event of the connection. */
  authorizer?: Record<string, string>;
};

export type Connection = {
  peer: Peer;
  socket: WebSocket;
  lastActiveAt: number;
  isOver: boolean;
  /** Frames that a `reorder` fault keeps back until another one has gone. */
  held: Buffer[];
};

/** The open connections of a stack, by id. */
export const connectionsOf = perContext(() => new Map<string, Connection>());
