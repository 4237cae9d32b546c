import { beforeAll, describe, expect, test } from "vitest";
import type { LocalStack } from "../../../infra/local/contracts.ts";
import { PATIENCE_MS } from "../../support/e2e-stack.ts";
import { connect } from "../../support/live-connection.ts";
import { sessionOf } from "../../support/live-session.ts";
import { type Office, openOffice } from "../../support/office.ts";
import { inviteAndAccept } from "../../support/organization.ts";
import type { Person } from "../../support/person.ts";
import { refusalOf } from "../../support/problem.ts";
import { quietStream } from "../../support/quiet-stream.ts";
import { advance } from "../../support/stack-control.ts";
import { until } from "../../support/until.ts";
import { sharedStack } from "../shared-stack.ts";

let stack: LocalStack;
let office: Office;
beforeAll(async () => {
  stack = await sharedStack();
  office = await openOffice(stack);
}, PATIENCE_MS);

const statusOf = async (by: Person, of: Person) =>
  (await by.client.listStatuses(office.org, [of.userId])).items[0];

/** A time so far ahead on the stack's clock. */
const inSeconds = (seconds: number) => new Date(stack.context.clock.now() + seconds * 1000).toISOString();

describe("PRS-1 presence", () => {
  test("follows the connections, live to those who watch; a manual one stays until they are back online", async () => {
    const { org, ada, bea } = office;
    const watcher = await sessionOf(ada, org);
    watcher.watch([bea.userId]);
    const isShown = (presence: string) =>
      until(`${presence}`, () => watcher.statusOf(bea.userId)?.presence === presence);
    await isShown("offline");
    const [first, second] = [await connect(bea, org), await connect(bea, org)];
    await isShown("online");
    await first.close();
    await quietStream(stack);
    expect(watcher.statusOf(bea.userId)?.presence).toBe("online");
    expect(await second.ask("status", { presence: "away" })).toMatchObject({
      ok: true,
      status: { presence: "away" },
    });
    await isShown("away");
    await second.close();
    expect(await statusOf(ada, bea)).toMatchObject({ presence: "away" });
    await bea.client.setStatus(org, { presence: "online" });
    await isShown("offline");
    watcher.close();
  });

  test("DND with an end is over by itself", async () => {
    const { org, ada, bea } = office;
    const end = inSeconds(1_800);
    expect(await bea.client.setStatus(org, { presence: "dnd", until: end })).toMatchObject({ until: end });
    expect(await statusOf(ada, bea)).toMatchObject({ presence: "dnd", until: end });
    await advance(stack, 1_801);
    expect(await statusOf(ada, bea)).toEqual({ userId: bea.userId, presence: "offline" });
    expect(
      await refusalOf(bea.client.setStatus(org, { presence: "away", until: inSeconds(60) })),
    ).toMatchObject({
      status: 400,
      code: "status-invalid",
    });
  });
});

test("PRS-2 a custom status is told to those who watch, and never shown after its end", async () => {
  const { org, ada, bea } = office;
  const watcher = await sessionOf(ada, org);
  watcher.watch([bea.userId]);
  const custom = { emoji: "🍽️", text: "Lunch", until: inSeconds(3_600) };
  await bea.client.setStatus(org, { custom });
  await until("the status", () => watcher.statusOf(bea.userId)?.custom?.text === "Lunch");
  watcher.close();
  expect(await statusOf(ada, bea)).toMatchObject({ custom });
  await advance(stack, 3_601);
  expect(await statusOf(ada, bea)).not.toHaveProperty("custom");
  expect(await refusalOf(bea.client.setStatus(org, { custom: { text: "x".repeat(101) } }))).toMatchObject({
    status: 400,
    rule: "PRS-2",
  });
});

test("PRS-3 GST-5 GST-16 guests set their own, and see that of those they share a channel with, of nobody else", async () => {
  const { org, ada, bea, gil } = office;
  const hidden = await inviteAndAccept(stack, ada, org, "hidden");
  const guest = await connect(gil, org);
  const both = [hidden.userId, bea.userId];
  expect((await gil.client.listStatuses(org, both)).items.map(({ userId }) => userId)).toEqual([bea.userId]);
  const { statuses } = await guest.ask("status", { watch: both });
  expect(statuses).toMatchObject([{ userId: bea.userId }]);
  await hidden.client.setStatus(org, { presence: "away" });
  await bea.client.setStatus(org, { presence: "away" });
  const away = ({ statuses: told }: { [name: string]: unknown }) => JSON.stringify(told).includes("away");
  expect(await guest.event("status.changed", away)).toMatchObject({ statuses: [{ userId: bea.userId }] });
  await quietStream(stack);
  expect(JSON.stringify(guest.events)).not.toContain(hidden.userId);
  await gil.client.setStatus(org, { custom: { emoji: "🧳" } });
  expect(await statusOf(hidden, gil)).toMatchObject({ custom: { emoji: "🧳" } });
  await bea.client.setStatus(org, { presence: "online" });
  await guest.close();
});

describe("what costs nothing when nobody looks", () => {
  test("typing: no write, no message to anybody; who looks at the channel is told, others are not", async () => {
    const { org, ada, bea, cyn } = office;
    const channel = await office.room(bea, cyn);
    const [typist, looker, other] = [
      await connect(ada, org),
      await connect(bea, org),
      await connect(cyn, org),
    ];
    await quietStream(stack);
    const { meter } = stack.context;
    meter.reset();
    for (let count = 0; count < 5; count += 1)
      expect(await typist.ask("typing", { channelId: channel })).toMatchObject({ ok: true });
    await quietStream(stack);
    const { totals, socketMessages } = meter.read();
    // Five frames and their replies: what is billed of what nobody is told.
    expect({ writeUnits: totals.writeUnits, socketMessages }).toEqual({ writeUnits: 0, socketMessages: 10 });
    expect(await looker.ask("look", { channelId: channel })).toMatchObject({ ok: true });
    // Of Ada it is told again after a while; of Cyn it is the first word.
    expect(await other.ask("typing", { channelId: channel })).toMatchObject({ ok: true });
    expect(await looker.event("typing")).toMatchObject({ channelId: channel, userId: cyn.userId });
    await quietStream(stack);
    const heard = [typist, other].flatMap(({ events }) => events).filter(({ type }) => type === "typing");
    expect(heard).toEqual([]);
    await Promise.all([typist, looker, other].map((one) => one.close()));
  });

  test("status: what is set is stored, and told to nobody unless they watch", async () => {
    const { org, ada, bea } = office;
    const other = await connect(ada, org);
    await quietStream(stack);
    const { meter } = stack.context;
    meter.reset();
    await bea.client.setStatus(org, { custom: { emoji: "🔕" } });
    await quietStream(stack);
    expect(meter.read().socketMessages).toBe(0);
    expect(other.events.filter(({ type }) => type === "status.changed")).toEqual([]);
    await bea.client.setStatus(org, { custom: null });
    await other.close();
  });
});

describe("MSG-11 what is unread", () => {
  const unreadOf = async (who: Person, channel: string) =>
    (await who.client.listUnread(office.org, { limit: 200 })).items.find(
      ({ channelId }) => channelId === channel,
    );

  test("is counted in one call, and told live to one's other devices when a mark moves, by socket or HTTP", async () => {
    const { org, ada, bea, handleOf } = office;
    const channel = await office.room(bea);
    const [phone, laptop] = [await connect(bea, org), await sessionOf(bea, org)];
    await laptop.sees(channel, "the channel", () => true);
    const handle = await handleOf(bea);
    // What was said before she was added is not unread.
    const { lastSeq: before = 0, unread: come = 0 } = (await unreadOf(bea, channel)) ?? {};
    for (const text of ["one", `two @${handle}`, "three"])
      await ada.client.postMessage(org, channel, { text });
    await until("the counts", () => {
      const { unread, mentions } = laptop.counts(channel);
      return unread === 3 + come && mentions === 1;
    });
    expect(await unreadOf(bea, channel)).toMatchObject({ unread: 3 + come, mentions: 1 });
    expect(await phone.ask("read", { channelId: channel, seq: before + 2 })).toMatchObject({ ok: true });
    await until("the mark of the other device", () => {
      const { unread, mentions, lastReadSeq } = laptop.counts(channel);
      return unread === 1 && mentions === 0 && lastReadSeq === before + 2;
    });
    await bea.client.changeMyChannel(org, channel, { lastReadSeq: before + 3 });
    expect(await phone.event("unread.changed", ({ unread }) => unread === 0)).toMatchObject({
      channelId: channel,
      mentions: 0,
      lastReadSeq: before + 3,
    });
    expect(await unreadOf(bea, channel)).toMatchObject({ unread: 0, mentions: 0 });
    laptop.close();
    await phone.close();
  });
});

describe("PRS-4 CH-11 MSG-10 who is notified", () => {
  test("by the channel's level, mute and DND; the messages and counts are theirs all the same", async () => {
    const { org, ada, bea, handleOf } = office;
    const channel = await office.room(bea);
    const handle = await handleOf(bea);
    const reader = await connect(bea, org);
    const reasons: unknown[] = [];
    /** What a message and a mention are notified as, in this order. */
    const notified = async () => {
      const plain = await ada.client.postMessage(org, channel, { text: "for everybody" });
      const named = await ada.client.postMessage(org, channel, { text: `for @${handle}` });
      await quietStream(stack);
      const of = ({ seq }: { seq: number }) =>
        reader.events.find((event) => event.type === "notification" && event.seq === seq)?.["reason"];
      return [of(plain), of(named)];
    };
    const set = (change: object) => bea.client.changeMyChannel(org, channel, change);
    reasons.push(await notified());
    await set({ level: "all" });
    reasons.push(await notified());
    await set({ muted: true });
    reasons.push(await notified());
    await set({ muted: false, level: "none" });
    reasons.push(await notified());
    await set({ level: "all" });
    await bea.client.setStatus(org, { presence: "dnd" });
    reasons.push(await notified());
    await bea.client.setStatus(org, { presence: "online" });
    reasons.push(await notified());
    expect(reasons).toEqual([
      [undefined, "mention"],
      ["message", "mention"],
      [undefined, undefined],
      [undefined, undefined],
      [undefined, undefined],
      ["message", "mention"],
    ]);
    const { items } = await bea.client.listUnread(org, { limit: 200 });
    expect(items.find(({ channelId }) => channelId === channel)).toMatchObject({ mentions: 6 });
    const heard = reader.events.filter(
      ({ type, channelId, message }) =>
        type === "message.posted" && channelId === channel && message?.author.userId === ada.userId,
    );
    expect(heard.filter(({ message }) => message?.author.kind === "member")).toHaveLength(12);
    const direct = await office.direct(ada, bea);
    const { seq } = await ada.client.postMessage(org, direct, { text: "to you" });
    expect(
      await reader.event("notification", (event) => event.channelId === direct && event.seq === seq),
    ).toMatchObject({ reason: "direct" });
    await reader.close();
  });
});
