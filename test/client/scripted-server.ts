import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export type Received = { method: string; url: string; headers: IncomingHttpHeaders; body: unknown };
export type Scripted = { status: number; body?: unknown; headers?: Record<string, string> } | "hang up";

/** A server that gives the scripted answers in turn, the last one again and again, and keeps what it received. */
export async function scriptedServer(...answers: [Scripted, ...Scripted[]]) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const { method = "", url = "", headers } = request;
    received.push({ method, url, headers, body: text === "" ? undefined : JSON.parse(text) });
    const answer = answers[Math.min(received.length, answers.length) - 1] ?? answers[0];
    if (answer === "hang up") {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers });
    response.end(answer.body === undefined ? "" : JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}`, received };
}
