import { problemFrom } from "@vestibule/client/problem";
import { openSession, type SessionOptions } from "@vestibule/client/session";
import type { PendingPost } from "@vestibule/client/session/outbox";
import type { Message } from "@vestibule/client/types";
import { expect, onTestFinished, test, vi } from "vitest";
import { createFakeService, refusal } from "./fake-service.ts";

const ME = "usr_1";
const left: PendingPost = { text: "left", nonce: "n1", channelId: "chn_1" };
const LARGE = "\u20ac".repeat(12_000);

const refused = (status: number, code: string, data?: object) =>
  problemFrom(status, refusal(status, code, data));

/** A session that is just beginning, and a store that is still being read. */
function setup() {
  const service = createFakeService();
  const stored = service.channel("chn_1", [ME]);
  const read = Promise.withResolvers<PendingPost[]>();
  const saved: (readonly PendingPost[])[] = [];
  const store = { load: () => read.promise, save: (posts: readonly PendingPost[]) => void saved.push(posts) };
  const api = service.api(ME);
  const options: SessionOptions = { environment: service.environment(), store };
  const session = openSession(api, "org_1", options);
  onTestFinished(() => session.close());
  return { service, stored, session, read, saved, api };
}

test("MSG-3 what a store has is not written over before it is read", async () => {
  const { service, stored, session, read, saved } = setup();
  const posted = session.post("chn_1", { text: "new" });
  expect(saved).toEqual([]);
  read.resolve([left]);
  await service.time.advance(0);
  expect(saved[0]?.map(({ text }) => text).sort()).toEqual(["left", "new"]);
  await service.time.advance(5_000);
  await posted;
  expect(stored.written.map(({ text }) => text).sort()).toEqual(["left", "new"]);
  expect(saved.at(-1)).toEqual([]);
});

test("MSG-3 a session that is closed before its store is read leaves it what was written meanwhile", async () => {
  const { service, session, read, saved } = setup();
  const posted = session.post("chn_1", { text: "new", nonce: "n2" });
  session.close();
  await expect(posted).rejects.toThrow("closed");
  read.resolve([left]);
  await service.time.settle();
  expect(saved).toEqual([[left, { text: "new", nonce: "n2", channelId: "chn_1" }]]);
});

test("MSG-3 a store that cannot be read keeps nobody from posting", async () => {
  const { service, session, read } = setup();
  read.reject(new Error("no storage"));
  const posted = session.post("chn_1", { text: "new" });
  await service.time.advance(5_000);
  expect((await posted).message.text).toBe("new");
});

test("MSG-3 what answers in the service's place refuses no post", async () => {
  const { service, session, api } = setup();
  vi.spyOn(api, "postMessage").mockRejectedValueOnce(new SyntaxError("<html>"));
  const posted = session.post("chn_1", { text: LARGE });
  await service.time.advance(10_000);
  expect((await posted).message.text).toBe(LARGE);
});

test("MSG-3 whoever is signed out has the session ended, and what waits kept for the next one", async () => {
  const { service, session, api, read, saved } = setup();
  read.resolve([]);
  const posting = vi.spyOn(api, "postMessage").mockRejectedValue(refused(401, "unauthenticated"));
  const posted = expect(session.post("chn_1", { text: LARGE })).rejects.toMatchObject({ status: 401 });
  await service.time.advance(5_000);
  await posted;
  expect(session.state()).toMatchObject({ kind: "ended", problem: { status: 401 } });
  expect(saved.at(-1)).toMatchObject([{ text: LARGE }]);
  expect(posting).toHaveBeenCalledTimes(4);
});

test("MSG-3 a post whose event comes before its acknowledgement is shown once", async () => {
  const { service, stored, session, read, api } = setup();
  read.resolve([]);
  const channel = session.channel("chn_1");
  await service.time.advance(1_000);
  const answer = Promise.withResolvers<Message>();
  vi.spyOn(api, "postMessage").mockReturnValueOnce(answer.promise);
  const posted = channel.post({ text: LARGE, nonce: "n3" });
  await service.time.settle();
  expect(channel.view()).toMatchObject({ messages: [], pending: [{ nonce: "n3" }] });
  const { message } = stored.post(ME, LARGE, "n3");
  const own = { ...message, nonce: "n3" };
  service.tellPerson(ME, stored.postedEvent(own));
  await service.time.advance(50);
  expect(channel.view()).toMatchObject({ messages: [{ nonce: "n3" }], pending: [] });
  answer.resolve(own);
  await posted;
  expect(channel.view()).toMatchObject({ messages: [{ nonce: "n3" }], pending: [] });
});

test("a channel that is forgotten while it is asked for is asked for no more", async () => {
  const { service, session, api } = setup();
  await service.time.advance(1_000);
  const answer = Promise.withResolvers<never>();
  const reading = vi.spyOn(api, "listMessages").mockReturnValueOnce(answer.promise);
  session.channel("chn_1");
  await service.time.advance(1_000);
  expect(reading).toHaveBeenCalledTimes(1);
  session.forget("chn_1");
  answer.reject(refused(503, "busy"));
  await service.time.advance(60_000);
  expect(reading).toHaveBeenCalledTimes(1);
});

test("MSG-4 a token that has run out takes nothing away from what is shown", async () => {
  const { service, stored, session, api } = setup();
  stored.post(ME, "one", "n1");
  const channel = session.channel("chn_1");
  await service.time.advance(1_000);
  vi.spyOn(api, "getMessage").mockRejectedValue(refused(401, "unauthenticated"));
  service.tellPerson(ME, { type: "message.edited", channelId: "chn_1", seq: 1, tooLarge: true });
  await service.time.advance(5_000);
  expect(channel.view()).toMatchObject({ messages: [{ text: "one" }], problem: undefined });
});

test("MSG-11 counts that the service is too busy to tell are not asked for before it says so", async () => {
  const { service, session, api } = setup();
  const asking = vi.spyOn(api, "listUnread");
  asking.mockRejectedValueOnce(refused(429, "too-many", { retryAfterSeconds: 60 }));
  await service.time.advance(50_000);
  expect(asking).toHaveBeenCalledTimes(1);
  await service.time.advance(60_000);
  expect(asking).toHaveBeenCalledTimes(2);
  expect(session.state().kind).toBe("connected");
});
