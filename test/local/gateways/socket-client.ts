import { once } from "node:events";
import { type ClientOptions, WebSocket } from "ws";
import { type FakeFunction, type Gateway, startGateway, until } from "./fixture.ts";

/** What an authorizer answers for somebody it lets in. */
export function allow(context: Record<string, unknown> = {}): FakeFunction {
  return (event) => ({
    principalId: "usr_1",
    policyDocument: {
      Version: "2012-10-17",
      Statement: [{ Action: "execute-api:Invoke", Effect: "Allow", Resource: event.methodArn }],
    },
    context,
  });
}

/** A gateway whose authorizer lets everybody in and whose `socket` function echoes frames. */
export function startSocketGateway(functions: Record<string, FakeFunction> = {}): Promise<Gateway> {
  const socket: FakeFunction = ({ requestContext, body }) =>
    requestContext.eventType === "MESSAGE" ? { statusCode: 200, body } : { statusCode: 200 };
  return startGateway({ authorizer: allow(), socket, ...functions });
}

/** A real client, connected; it keeps what it hears. */
export async function connectClient(gateway: Gateway, query = "?ticket=t", options: ClientOptions = {}) {
  const socket = new WebSocket(gateway.context.socketUrl + query, options);
  const frames: string[] = [];
  socket.on("message", (data) => frames.push(data.toString()));
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on("close", (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  await once(socket, "open");
  const connect = gateway.invocations.findLast(({ event }) => event.requestContext?.eventType === "CONNECT");
  const connectionId: string = connect?.event.requestContext.connectionId;
  return {
    socket,
    frames,
    closed,
    connectionId,
    /** Sends and waits for the next frame. */
    async ask(frame: unknown): Promise<string> {
      const before = frames.length;
      socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
      await until(() => frames.length > before, "a frame came back");
      return frames[before] ?? "";
    },
  };
}

/** The refusal of a handshake: status and body. */
export function refusedHandshake(url: string, options: ClientOptions = {}) {
  return new Promise<{ status: number; body: Record<string, unknown> }>((resolve, reject) => {
    const socket = new WebSocket(url, options);
    socket.on("open", () => reject(new Error("connected after all")));
    socket.on("error", () => {});
    socket.on("unexpected-response", async (_request, response) => {
      const chunks = await Array.fromAsync(response);
      const status = response.statusCode ?? 0;
      resolve({ status, body: JSON.parse(Buffer.concat(chunks).toString()) });
    });
  });
}
