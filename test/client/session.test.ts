import { openSession, type SessionOptions } from "@vestibule/client/session";
import type { PendingPost } from "@vestibule/client/session/outbox";
import { expect, onTestFinished, test } from "vitest";
import { createFakeService, refusal } from "./session/fake-service.ts";

const ME = "usr_1";
const OTHER = "usr_2";
const MINUTE = 60_000;

/** A channel with two people in it, and the session of one of them, connected. */
async function setup(options: SessionOptions = {}) {
  const service = createFakeService();
  const stored = service.channel("chn_1", [ME, OTHER]);
  for (const text of ["one", "two", "three"]) service.postAs(stored, OTHER, text);
  const session = openSession(service.api(ME), "org_1", { environment: service.environment(), ...options });
  onTestFinished(() => session.close());
  const channel = session.channel("chn_1");
  await service.time.advance(1_000);
  const texts = () => channel.view().messages.map(({ text }) => text);
  const sent = (action: string) => service.frames.filter((frame) => frame.action === action);
  return { service, stored, session, channel, texts, sent };
}

test("MSG-4 MSG-11 a channel that is opened is loaded, and what comes is told once for all of one frame", async () => {
  const { service, stored, channel, session, texts } = await setup();
  expect(session.state()).toEqual({ kind: "connected" });
  expect(texts()).toEqual(["one", "two", "three"]);
  expect(channel.view()).toMatchObject({ isLoaded: true, hasOlder: false, unread: 3, problem: undefined });
  let tellings = 0;
  const stop = channel.subscribe(() => {
    tellings += 1;
  });
  const before = channel.view();
  expect(channel.view()).toBe(before);
  service.postAs(stored, OTHER, "four");
  await service.time.advance(1_000);
  expect(texts()).toEqual(["one", "two", "three", "four"]);
  expect(tellings).toBe(1);
  expect(channel.view()).not.toBe(before);
  stop();
  service.postAs(stored, OTHER, "five");
  await service.time.advance(1_000);
  expect(tellings).toBe(1);
});

test("MSG-2 what comes ahead of a hole is shown when the hole is closed", async () => {
  const { service, stored, texts, sent } = await setup();
  const before = sent("resume").length;
  service.setFaults({ drop: 1 });
  service.postAs(stored, OTHER, "lost");
  service.setFaults({});
  service.postAs(stored, OTHER, "came");
  await service.time.advance(10);
  expect(texts()).not.toContain("came");
  await service.time.advance(1_000);
  expect(texts().slice(-2)).toEqual(["lost", "came"]);
  expect(sent("resume")).toHaveLength(before + 1);
});

test("MSG-2 MSG-4 what is asked for begins right behind what is shown, never further on", async () => {
  const { service, stored, session, texts, sent } = await setup();
  const isHeldAgainstView = async (events: () => void) => {
    service.setFaults({ drop: 1 });
    events();
    service.setFaults({});
    const before = sent("resume").length;
    const shown = texts().length;
    session.look("chn_1");
    await service.time.advance(2_000);
    expect(sent("resume")[before]?.["channels"]).toEqual({ chn_1: shown });
    expect(texts()).toHaveLength(stored.head());
  };
  // After a page, after an answer with messages, after one without, and after an event: each time the next is lost.
  await isHeldAgainstView(() => service.postAs(stored, OTHER, "four"));
  await isHeldAgainstView(() => service.postAs(stored, OTHER, "five"));
  await isHeldAgainstView(() => undefined);
  await isHeldAgainstView(() => service.postAs(stored, OTHER, "six"));
  service.postAs(stored, OTHER, "seven");
  await service.time.advance(1_000);
  await isHeldAgainstView(() => service.postAs(stored, OTHER, "eight"));
});

test("MSG-2 a hole whose message is still on its way is asked for again, not with every message that comes", async () => {
  const { service, stored, texts, sent } = await setup();
  service.setFaults({ drop: 1 });
  const { seq } = service.postAs(stored, OTHER, "on its way");
  stored.held.add(seq);
  service.setFaults({});
  const before = sent("resume").length;
  for (let count = 0; count < 50; count += 1) {
    service.postAs(stored, OTHER, `after ${count}`);
    await service.time.advance(50);
  }
  expect(texts()).toHaveLength(3);
  expect(sent("resume").length - before).toBeLessThan(12);
  stored.held.clear();
  await service.time.advance(30_000);
  expect(texts()).toHaveLength(54);
});

test("an end that was heard of and does not come is not asked for for ever", async () => {
  const { service, sent } = await setup();
  service.tellPerson(ME, { type: "notification", channelId: "chn_1", seq: 9, reason: "message" });
  await service.time.advance(5 * MINUTE);
  const tries = sent("resume").length;
  expect(tries).toBeLessThan(15);
  await service.time.advance(10 * MINUTE);
  expect(sent("resume")).toHaveLength(tries);
});

test("MSG-4 what is told again after it was changed does not bring the former state back", async () => {
  const { service, stored, channel } = await setup();
  const message = service.postAs(stored, OTHER, "new");
  await service.time.advance(1_000);
  service.tell(stored.react(message.seq, "👍", OTHER, true));
  service.tell(stored.pin(message.seq, true));
  await service.time.advance(1_000);
  service.tell(stored.postedEvent(message));
  await service.time.advance(1_000);
  expect(channel.view().messages.at(-1)).toEqual(stored.get(message.seq));
  service.tell(stored.remove(message.seq));
  await service.time.advance(1_000);
  service.tell({ type: "message.pinned", channelId: "chn_1", seq: message.seq, pinnedBy: OTHER });
  service.tell({ type: "message.edited", channelId: "chn_1", seq: message.seq, message });
  await service.time.advance(1_000);
  expect(channel.view().messages.at(-1)).toEqual(stored.get(message.seq));
});

test("MSG-7 an event that comes minutes late, after the later one, is put right", async () => {
  const { service, stored, session, channel } = await setup();
  const late = stored.pin(1, true);
  service.tell(stored.pin(1, false));
  session.look("chn_1");
  await service.time.advance(5 * MINUTE);
  expect(channel.view().messages).toEqual(stored.all());
  service.tell(late);
  await service.time.advance(3 * MINUTE);
  expect(channel.view().messages).toEqual(stored.all());
});

test("MSG-6 an edit that was too large for a frame is fetched", async () => {
  const { service, stored, channel } = await setup();
  stored.edit(1, "very long");
  service.tell({ type: "message.edited", channelId: "chn_1", seq: 1, tooLarge: true });
  await service.time.advance(1_000);
  expect(channel.view().messages[0]?.text).toBe("very long");
});

test("CH-11 a mark that the service refuses is taken back", async () => {
  const { service, channel, stored } = await setup();
  service.setFaults({ drop: 1 });
  service.exclude("chn_1", ME);
  channel.read();
  expect(channel.view().unread).toBe(0);
  await service.time.advance(5_000);
  service.setFaults({});
  service.admit("chn_1", ME);
  await service.time.advance(5_000);
  expect(channel.view()).toMatchObject({ unread: stored.head(), lastReadSeq: 0 });
});

test("MSG-6 MSG-7 MSG-8 MSG-9 changes are seen, and the same one twice does no harm", async () => {
  const { service, stored, channel } = await setup();
  service.setFaults({ duplicate: 1 });
  service.tell(stored.edit(1, "one, edited"));
  service.tell(stored.react(1, "👍", OTHER, true));
  service.tell(stored.pin(2, true));
  service.tell(stored.remove(3));
  service.postAs(stored, OTHER, "a reply", 1);
  await service.time.advance(1_000);
  expect(channel.view().messages).toEqual(stored.all());
  expect(channel.view().messages[0]).toMatchObject({ text: "one, edited", thread: { replies: 1 } });
  expect(channel.thread(1).map(({ seq }) => seq)).toEqual([1, 4]);
  expect(channel.pins().map(({ seq }) => seq)).toEqual([2]);
});

test("MSG-1 MSG-3 a text that is too large for a frame goes by HTTP, over failures too, and is there once", async () => {
  const { service, channel, sent, texts } = await setup();
  const large = "字".repeat(16_000);
  service.setFaults({ refusePost: 1 });
  const posted = channel.post({ text: large });
  const next = channel.post({ text: "after it" });
  await service.time.advance(5_000);
  service.setFaults({});
  await service.time.advance(60_000);
  expect((await posted).message.text).toBe(large);
  expect((await next).message.seq).toBe(5);
  expect(texts().slice(3)).toEqual([large, "after it"]);
  expect(sent("post")).toHaveLength(1);
});

test("MSG-3 a post whose reply was lost after it was stored is the same message, over the next connection", async () => {
  const { service, stored, channel, texts } = await setup();
  service.setFaults({ loseReply: 1 });
  const posted = channel.post({ text: "mine" });
  expect(channel.view().pending).toMatchObject([{ text: "mine", channelId: "chn_1" }]);
  await service.time.advance(100);
  expect(stored.head()).toBe(4);
  service.setFaults({});
  service.disconnect(ME);
  await service.time.advance(5_000);
  await expect(posted).resolves.toMatchObject({ message: { seq: 4, text: "mine" }, duplicate: true });
  expect(stored.head()).toBe(4);
  expect(texts()).toEqual(["one", "two", "three", "mine"]);
  expect(channel.view().pending).toEqual([]);
});

test("MSG-3 posts of one channel stand in the order in which they were written, although the first is refused for now", async () => {
  const { service, stored, channel, sent } = await setup();
  service.setFaults({ refusePost: 1 });
  const both = Promise.all([channel.post({ text: "a" }), channel.post({ text: "b" })]);
  await service.time.advance(3_000);
  expect(new Set(sent("post").map(({ text }) => text))).toEqual(new Set(["a"]));
  service.setFaults({});
  await service.time.advance(60_000);
  await both;
  expect(stored.all().map(({ text }) => text)).toEqual(["one", "two", "three", "a", "b"]);
});

test("MSG-1 a post that is refused for good is told to its author, and holds nothing up", async () => {
  const { service, channel, texts } = await setup();
  const refused = expect(channel.post({ text: "" })).rejects.toMatchObject({ code: "message-empty" });
  const posted = channel.post({ text: "next" });
  await service.time.advance(1_000);
  await refused;
  await posted;
  expect(texts().at(-1)).toBe("next");
});

test("a post that is written while there is no connection goes out with the next one; a store keeps it until then", async () => {
  const saved: (readonly PendingPost[])[] = [];
  const store = {
    load: async () => [],
    save: (posts: readonly PendingPost[]) => void saved.push([...posts]),
  };
  const { service, channel, session } = await setup({ store });
  service.disconnect(ME);
  const posted = channel.post({ text: "later", nonce: "n" });
  expect(session.state()).toEqual({ kind: "connecting" });
  expect(saved.at(-1)).toEqual([{ text: "later", nonce: "n", channelId: "chn_1" }]);
  await service.time.advance(5_000);
  await posted;
  expect(saved.at(-1)).toEqual([]);
});

test("MSG-3 a post that no connection is to be had for goes by HTTP after a while, as the same message", async () => {
  const { service, stored, channel, sent } = await setup({ httpAfterMs: 5_000 });
  service.setFaults({ refuseHandshake: 1 });
  service.disconnect(ME);
  const posts = ["one more", "and another"].map((text) => channel.post({ text }));
  await service.time.advance(4_000);
  expect(service.byHttp).toEqual([]);
  await service.time.advance(2_000);
  const [first, second] = await Promise.all(posts);
  expect(first?.message).toMatchObject({ seq: 4, text: "one more" });
  expect(second?.message.seq).toBe(5);
  // The next one does not wait again, and its lost answer is made up for by the connection that comes back.
  service.setFaults({ refuseHandshake: 1, loseReply: 1 });
  const third = channel.post({ text: "a third" });
  await service.time.advance(1_000);
  expect(channel.view().pending).toHaveLength(1);
  service.setFaults({});
  await service.time.advance(60_000);
  expect((await third).message.seq).toBe(6);
  expect(stored.written.filter(({ text }) => text === "a third")).toHaveLength(1);
  expect(channel.view().messages).toEqual(stored.all().map((message) => expect.objectContaining(message)));
  expect(sent("post").map(({ nonce }) => nonce)).not.toContain(service.byHttp[0]?.["nonce"]);
});

test("MSG-3 what could go neither way for long goes at once when the net is there again", async () => {
  const { service, session, channel, sent } = await setup({ httpAfterMs: 1_000 });
  service.setFaults({ refuseHandshake: 1, loseReply: 1 });
  service.disconnect(ME);
  const posted = channel.post({ text: "kept", nonce: "n" });
  await service.time.advance(10 * MINUTE);
  expect(service.byHttp.length).toBeGreaterThan(10);
  service.setFaults({});
  session.refresh();
  await service.time.advance(200);
  expect((await posted).message.seq).toBe(4);
  expect(sent("post")).toMatchObject([{ nonce: "n" }]);
});

test("a post that waits for a connection goes over it when it comes in time", async () => {
  const { service, channel } = await setup();
  service.disconnect(ME);
  const posted = channel.post({ text: "soon" });
  await service.time.advance(9_000);
  await posted;
  await service.time.advance(60_000);
  expect(service.byHttp).toEqual([]);
});

test("what a former session could not get acknowledged is posted by the next one", async () => {
  const store = {
    load: async () => [{ text: "left", nonce: "n", channelId: "chn_1" }],
    save: () => undefined,
  };
  const { texts } = await setup({ store });
  expect(texts().at(-1)).toBe("left");
});

test("MSG-4 after a disconnection what was missed is asked for, messages and changes", async () => {
  const { service, stored, channel, session, sent } = await setup();
  service.disconnect(ME);
  service.postAs(stored, OTHER, "four");
  service.tell(stored.edit(1, "one, edited"));
  service.tell(stored.pin(2, true));
  await service.time.advance(5_000);
  expect(session.state()).toEqual({ kind: "connected" });
  expect(sent("resume").at(-1)).toMatchObject({ channels: { chn_1: 3 }, since: expect.any(String) });
  await service.time.advance(60_000);
  session.refresh();
  await service.time.advance(1_000);
  expect(channel.view().messages).toEqual(stored.all());
});

test("MSG-4 many channels are resumed together, 100 in a frame", async () => {
  const { service, session, sent } = await setup();
  for (let count = 2; count <= 250; count += 1) {
    service.channel(`chn_${count}`, [ME]);
    session.channel(`chn_${count}`);
  }
  await service.time.advance(5_000);
  const before = sent("resume").length;
  service.disconnect(ME);
  await service.time.advance(5_000);
  const sizes = sent("resume")
    .slice(before)
    .map(({ channels }) => Object.keys(channels as object).length);
  expect(sizes).toEqual([100, 100, 50]);
});

test("who was away for more than is worth asking for begins with the latest page", async () => {
  const { service, stored, channel } = await setup();
  service.disconnect(ME);
  service.setFaults({ refuseTicket: 1 });
  for (let count = 0; count < 1_500; count += 1) service.postAs(stored, OTHER, String(count));
  service.setFaults({});
  await service.time.advance(60_000);
  const { messages, hasOlder } = channel.view();
  expect(messages).toHaveLength(50);
  expect(messages.at(-1)?.seq).toBe(1_503);
  expect(hasOlder).toBe(true);
  const older = channel.loadOlder();
  await service.time.advance(1_000);
  await older;
  expect(channel.view().messages).toHaveLength(100);
});

/** A channel of many messages, all of them shown, that is changed while its reader is away. */
async function manyChanged(count: number) {
  const { service, stored, channel } = await setup();
  for (let posted = 3; posted < count; posted += 1) service.postAs(stored, OTHER, String(posted));
  await service.time.advance(1_000);
  service.setFaults({ refuseHandshake: 1 });
  service.disconnect(ME);
  for (let seq = 1; seq <= count; seq += 1) stored.pin(seq, true);
  await service.time.advance(3_000);
  service.setFaults({});
  const pages: unknown[] = [];
  const { changedPage } = stored;
  stored.changedPage = (query) => {
    pages.push(query.cursor);
    return changedPage(query);
  };
  await service.time.advance(60_000);
  return { stored, shown: () => channel.view().messages, pages };
}

test("MSG-4 changes that one answer has no room for are read on page by page, and what is shown stays", async () => {
  const { stored, shown, pages } = await manyChanged(450);
  expect(shown()).toHaveLength(450);
  expect(shown()).toEqual(stored.all());
  expect(pages).toEqual([undefined, "200", "400"]);
});

test("more changes than are worth reading begin with the latest page again", async () => {
  const { stored, shown, pages } = await manyChanged(2_100);
  expect(shown().length).toBeLessThan(100);
  expect(shown()).toEqual(stored.all().slice(-shown().length));
  expect(pages.length).toBeLessThan(30);
});

test("a connection is replaced before its two hours are over, and the former one closed after that", async () => {
  const { service, session } = await setup();
  let fewest = 1;
  let most = 1;
  for (let minute = 0; minute < 116 * 12; minute += 1) {
    await service.time.advance(5_000);
    const open = service.connectionsOf(ME).length;
    fewest = Math.min(fewest, open);
    most = Math.max(most, open);
  }
  expect(fewest).toBe(1);
  expect(session.state()).toEqual({ kind: "connected" });
  expect(service.connectionsOf(ME)).toHaveLength(1);
  expect(most).toBeLessThanOrEqual(2);
  expect(service.frames.filter(({ action }) => action === "ping").length).toBeGreaterThan(20);
});

test("a ticket that is refused for now is asked for again, not before the service says so", async () => {
  const { service, session } = await setup();
  service.refusedTickets.push(refusal(503, "busy"), refusal(429, "too-many", { retryAfterSeconds: 20 }));
  service.disconnect(ME);
  await service.time.advance(15_000);
  expect(session.state()).toEqual({ kind: "connecting" });
  await service.time.advance(30_000);
  expect(session.state()).toEqual({ kind: "connected" });
});

test("ORG-10 a ticket that is refused for good ends the session, and what was to be posted", async () => {
  const { service, session, channel } = await setup();
  service.refusedTickets.push(refusal(404, "not-found"));
  service.disconnect(ME);
  const lost = expect(channel.post({ text: "x" })).rejects.toMatchObject({ status: 404 });
  await service.time.advance(MINUTE);
  await lost;
  expect(session.state()).toMatchObject({ kind: "ended", problem: { status: 404 } });
});

test("ORG-10 a session that is revoked is over: it does not come back", async () => {
  const { service, session, channel } = await setup();
  service.tellPerson(ME, { type: "session.revoked" });
  await service.time.advance(MINUTE);
  expect(session.state()).toEqual({ kind: "ended" });
  expect(service.connectionsOf(ME)).toEqual([]);
  await expect(channel.post({ text: "x" })).rejects.toThrow("closed");
});

test("a connection that does not answer any more is given up", async () => {
  const { service, session, channel } = await setup();
  const [dead] = service.connectionsOf(ME);
  if (dead !== undefined) dead.listener = { onOpen() {}, onMessage() {}, onClose: dead.listener.onClose };
  const posted = channel.post({ text: "x" });
  await service.time.advance(20_000);
  await expect(posted).resolves.toMatchObject({ duplicate: true });
  expect(session.state()).toEqual({ kind: "connected" });
});

test("GST-9 CH-5 a channel that is not to be seen any more is not kept, and comes back with its membership", async () => {
  const { service, stored, channel } = await setup();
  service.exclude("chn_1", ME);
  await service.time.advance(2_000);
  expect(channel.view()).toMatchObject({ messages: [], problem: { status: 404 }, unread: 0 });
  service.postAs(stored, OTHER, "meanwhile");
  service.admit("chn_1", ME);
  await service.time.advance(2_000);
  expect(channel.view().messages).toEqual(stored.all());
  expect(channel.view().problem).toBeUndefined();
});

test("CH-11 MSG-11 a read mark is told until the service knows it, and never moves back", async () => {
  const { service, stored, channel, session } = await setup();
  service.disconnect(ME);
  channel.read();
  expect(channel.view()).toMatchObject({ unread: 0, lastReadSeq: 3 });
  channel.read(1);
  await service.time.advance(5_000);
  expect(stored.marks.get(ME)).toBe(3);
  expect(session.counts("chn_1")).toMatchObject({ unread: 0, lastReadSeq: 3 });
  service.postAs(stored, OTHER, "four");
  await service.time.advance(1_000);
  expect(session.counts("chn_1")).toMatchObject({ unread: 1, lastSeq: 4 });
});

test("MSG-10 MSG-11 who is mentioned counts it once, whatever tells of it, until it is read", async () => {
  const { service, stored, session, channel } = await setup();
  const { message } = stored.post(OTHER, "@me", "n");
  const mentions = { userIds: [ME], groupIds: [], channel: false };
  service.setFaults({ duplicate: 1 });
  service.tell({ ...stored.postedEvent(message), message: { ...message, mentions } });
  service.tellPerson(ME, { type: "notification", channelId: "chn_1", seq: 4, reason: "mention" });
  await service.time.advance(1_000);
  expect(session.counts("chn_1")).toMatchObject({ unread: 4, mentions: 1 });
  channel.read();
  expect(session.counts("chn_1")).toMatchObject({ unread: 0, mentions: 0 });
});

test("who types is shown for a while, or until the message is there; one's own is told every few seconds only", async () => {
  const { service, stored, channel, sent } = await setup();
  service.tell({ type: "typing", channelId: "chn_1", userId: OTHER, name: "Grace" });
  service.tell({ type: "typing", channelId: "chn_1", userId: ME, name: "Me" });
  await service.time.advance(1_000);
  expect(channel.view().typing).toEqual([{ userId: OTHER, name: "Grace" }]);
  service.postAs(stored, OTHER, "there");
  await service.time.advance(1_000);
  expect(channel.view().typing).toEqual([]);
  service.tell({ type: "typing", channelId: "chn_1", userId: OTHER, name: "Grace" });
  await service.time.advance(10_000);
  expect(channel.view().typing).toEqual([]);
  for (let key = 0; key < 20; key += 1) {
    channel.typing();
    await service.time.advance(250);
  }
  expect(sent("typing")).toHaveLength(2);
});

test("what is looked at is asked for every minute, so that an event that never came is made up for", async () => {
  const { service, stored, session, channel, sent } = await setup();
  session.look("chn_1");
  await service.time.advance(1_000);
  expect(sent("look")).toMatchObject([{ channelId: "chn_1" }]);
  service.setFaults({ drop: 1 });
  service.postAs(stored, OTHER, "four");
  service.tell(stored.edit(1, "edited"));
  service.setFaults({});
  await service.time.advance(2 * MINUTE);
  expect(channel.view().messages).toEqual(stored.all());
  service.disconnect(ME);
  await service.time.advance(5_000);
  expect(sent("look")).toHaveLength(2);
  session.look(null);
  await service.time.advance(1_000);
  expect(sent("look").at(-1)).toMatchObject({ channelId: null });
});

test("a session that is over asks for nothing any more, whatever is looked at", async () => {
  const { service, session } = await setup();
  session.close();
  await service.time.advance(MINUTE);
  session.look("chn_1");
  session.watch([OTHER]);
  session.channel("chn_1").read();
  session.refresh();
  expect(service.time.waiting()).toBe(0);
});

test("PRS-2 PRS-3 those who are watched are told again on each connection; a text is not shown past its end", async () => {
  const { service, session, sent } = await setup();
  const until = new Date(service.time.now() + 30_000).toISOString();
  service.statuses.set(OTHER, {
    userId: OTHER,
    presence: "online",
    custom: { emoji: "🍵", text: "tea", until },
  });
  session.watch([OTHER]);
  await service.time.advance(1_000);
  expect(session.statusOf(OTHER)).toMatchObject({ presence: "online", custom: { text: "tea" } });
  service.tellPerson(ME, { type: "status.changed", statuses: [{ userId: "usr_3", presence: "away" }] });
  await service.time.advance(1_000);
  expect(session.statusOf("usr_3")).toBeUndefined();
  service.disconnect(ME);
  await service.time.advance(5_000);
  expect(sent("status")).toMatchObject([{ watch: [OTHER] }, { watch: [OTHER] }]);
  service.statuses.set(OTHER, { userId: OTHER, presence: "online" });
  await service.time.advance(30_000);
  expect(session.statusOf(OTHER)).toEqual({ userId: OTHER, presence: "online" });
});

test("who asks for older messages is told when nobody keeps up with the channel any more", async () => {
  const { service, stored, session, channel } = await setup();
  for (let count = 0; count < 60; count += 1) service.postAs(stored, OTHER, String(count));
  const asked = [channel.loadOlder(), channel.loadPins()];
  session.close();
  const outcomes = await Promise.allSettled(asked);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
});

test("MSG-7 MSG-8 a thread and pins from before what is loaded are known aside, and kept up to date", async () => {
  const { service, stored, channel } = await setup();
  service.tell(stored.pin(1, true));
  for (let count = 0; count < 100; count += 1) service.postAs(stored, OTHER, String(count), 1);
  await service.time.advance(1_000);
  const service2 = openSession(service.api(ME), "org_1", { environment: service.environment() });
  onTestFinished(() => service2.close());
  const fresh = service2.channel("chn_1");
  await service.time.advance(1_000);
  expect(fresh.view().messages).toHaveLength(50);
  const both = Promise.all([fresh.loadThread(1), fresh.loadPins()]);
  await service.time.advance(1_000);
  await both;
  expect(fresh.thread(1)).toHaveLength(101);
  expect(fresh.pins().map(({ seq }) => seq)).toEqual([1]);
  expect(fresh.view().messages).toHaveLength(50);
  service.tell(stored.edit(1, "root, edited"));
  await service.time.advance(1_000);
  expect(fresh.thread(1)[0]?.text).toBe("root, edited");
  expect(channel.view().messages[0]?.text).toBe("root, edited");
});

test("MSG-13 a command is answered to its author", async () => {
  const { service, session } = await setup();
  const answered = session.command("chn_1", "/help");
  await service.time.advance(1_000);
  await expect(answered).resolves.toEqual({ command: "/help" });
});
