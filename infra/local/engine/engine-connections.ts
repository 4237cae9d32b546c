import { connect, type Socket } from "node:net";
import { createAnswerReader } from "./answer-reader.ts";

/** A call to DynamoDB, with what the engine reads of its headers. */
export type EngineCall = {
  /** `DynamoDB_20120810.PutItem` */
  target: string;
  authorization: string | undefined;
  /** `x-amz-date`, which belongs to a signature. */
  date: string | undefined;
  body: Buffer;
};

export type EngineAnswer = { status: number; headers: Record<string, string>; body: Buffer };

export type EngineConnections = {
  ask(call: EngineCall): Promise<EngineAnswer>;
  stop(): void;
};

type Waiting = { resolve(answer: EngineAnswer): void; reject(error: Error): void };

/**
 * Connections to the engine, as many as calls are under way, used again and again. They speak just so much HTTP as the
 * engine does: with `node:http` every call cost three times as much, and calls to the engine are most of what a stack does.
 */
export function createEngineConnections(endpoint: string): EngineConnections {
  const { hostname, port, host } = new URL(endpoint);
  const idle: Connection[] = [];
  const all = new Set<Connection>();
  let isStopped = false;
  const open = () => {
    if (isStopped) throw new Error("the connections to the engine are closed");
    const connection = createConnection(
      connect({ host: hostname, port: Number(port || 80), noDelay: true }),
      host,
    );
    all.add(connection);
    connection.onClose(() => {
      all.delete(connection);
      const position = idle.indexOf(connection);
      if (position >= 0) idle.splice(position, 1);
    });
    return connection;
  };
  return {
    async ask(call) {
      const connection = idle.pop() ?? open();
      const answer = await connection.ask(call);
      if (all.has(connection)) idle.push(connection);
      return answer;
    },
    stop() {
      isStopped = true;
      for (const connection of all) connection.end();
    },
  };
}

type Connection = {
  ask(call: EngineCall): Promise<EngineAnswer>;
  onClose(listener: () => void): void;
  end(): void;
};

/** One connection: one call at a time. */
function createConnection(socket: Socket, host: string): Connection {
  let waiting: Waiting | undefined;
  const settle = () => {
    const settled = waiting;
    waiting = undefined;
    return settled;
  };
  const fail = (error: Error) => {
    settle()?.reject(error);
    socket.destroy();
  };
  const read = createAnswerReader();
  socket.on("data", (chunk) => {
    try {
      const answer = read(chunk);
      if (answer) settle()?.resolve(answer);
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    }
  });
  socket.on("error", fail);
  socket.on("close", () => settle()?.reject(new Error("the engine broke the connection off")));
  return {
    ask(call) {
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.cork();
        socket.write(headOf(call, host), "latin1");
        socket.write(call.body);
        socket.uncork();
      });
    },
    onClose: (listener) => socket.on("close", listener),
    end: () => socket.destroy(),
  };
}

function headOf({ target, authorization, date, body }: EngineCall, host: string): string {
  const signature = authorization === undefined ? "" : `authorization: ${authorization}\r\n`;
  const time = date === undefined ? "" : `x-amz-date: ${date}\r\n`;
  return `POST / HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/x-amz-json-1.0\r\nx-amz-target: ${target}\r\n${signature}${time}content-length: ${body.length}\r\n\r\n`;
}
