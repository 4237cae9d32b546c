import type { AddressInfo } from "node:net";
import { createClient } from "@vestibule/client/http";
import { openSocket } from "@vestibule/client/socket";
import { expect, onTestFinished, test } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { scriptedServer } from "./scripted-server.ts";

type Frame = { action: string; id: string; [field: string]: unknown };

/** A gateway whose every frame is answered by `answer`; the client asks for its ticket first. */
async function setup(answer: (frame: Frame, socket: WebSocket) => void) {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  onTestFinished(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  server.on("connection", (socket) => {
    socket.on("message", (data) => answer(JSON.parse(String(data)), socket));
  });
  await new Promise((resolve) => server.once("listening", resolve));
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/dev?ticket=t`;
  const http = await scriptedServer({ status: 201, body: { ticket: "t", url, expiresAt: "" } });
  return { server, http, client: createClient({ baseUrl: http.baseUrl, token: () => "token" }) };
}

const reply = (socket: WebSocket, frame: object) => socket.send(JSON.stringify({ type: "reply", ...frame }));

test("replies find their frame by id, whatever order they come in", async () => {
  const held: Frame[] = [];
  const { client, http } = await setup((frame, socket) => {
    held.push(frame);
    if (held.length < 2) return;
    for (const { id, action } of held.reverse()) reply(socket, { id, ok: true, action });
  });
  const socket = await openSocket(client, "org_1");
  const [ping, read] = await Promise.all([socket.ping(), socket.read("chn_1", 4)]);
  expect(ping).toMatchObject({ action: "ping" });
  expect(read).toMatchObject({ action: "read" });
  expect(held).toContainEqual({ action: "read", id: "2", channelId: "chn_1", seq: 4 });
  expect(http.received[0]?.url).toBe("/v1/organizations/org_1/socket-tickets");
  await socket.close();
});

test("MSG-3 a post carries a nonce; a refused one is thrown as the problem it is", async () => {
  const frames: Frame[] = [];
  const { client } = await setup((frame, socket) => {
    frames.push(frame);
    const problem = {
      status: 400,
      code: "message-empty",
      detail: "A message needs some text.",
      rule: "MSG-1",
    };
    reply(socket, { id: frame.id, ok: false, problem });
  });
  const socket = await openSocket(client, "org_1");
  const refused = expect(socket.post("chn_1", { text: "" })).rejects;
  await refused.toMatchObject({ status: 400, code: "message-empty", rule: "MSG-1" });
  expect(frames[0]).toMatchObject({ action: "post", channelId: "chn_1", text: "" });
  expect(frames[0]?.["nonce"]).toMatch(/^[0-9a-f-]{36}$/u);
  await socket.close();
});

test("events of one frame are handed on together", async () => {
  const events = [{ type: "member.joined" }, { type: "usage.changed" }];
  const { client } = await setup((frame, socket) => {
    socket.send(JSON.stringify({ type: "events", events }));
    reply(socket, { id: frame.id, ok: true });
  });
  const received: unknown[] = [];
  const socket = await openSocket(client, "org_1", { onEvents: (some) => received.push(some) });
  await socket.ping();
  expect(received).toEqual([events]);
  await socket.close();
});

test("a closed connection ends what waits for a reply, and says so once", async () => {
  const closes: number[] = [];
  const { client } = await setup((_frame, socket) => socket.close(4001));
  const socket = await openSocket(client, "org_1", { onClose: (code) => closes.push(code) });
  await expect(socket.ping()).rejects.toThrow("closed before the reply");
  await expect(socket.ping()).rejects.toThrow("is closed");
  await socket.close();
  expect(closes).toEqual([4001]);
});

test("a frame without a reply is given up", async () => {
  const { client } = await setup(() => undefined);
  const socket = await openSocket(client, "org_1", { replyTimeoutMs: 30 });
  await expect(socket.ping()).rejects.toThrow("No reply to ping in time.");
  await socket.close();
});

test("a refused connection is an error, not a silent socket", async () => {
  const { client, server } = await setup(() => undefined);
  server.options.verifyClient = () => false;
  await expect(openSocket(client, "org_1")).rejects.toThrow("The connection was refused.");
});
