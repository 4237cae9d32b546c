import { beforeAll, describe, expect, test } from "vitest";
import type { LocalStack } from "../../../infra/local/contracts.ts";
import { addPeople, ask } from "../../support/act.ts";
import { PATIENCE_MS } from "../../support/e2e-stack.ts";
import { connect, isOf } from "../../support/live-connection.ts";
import { sessionOf } from "../../support/live-session.ts";
import { type Office, openOffice } from "../../support/office.ts";
import { inviteAndAccept } from "../../support/organization.ts";
import { type Person, person } from "../../support/person.ts";
import { expectProblem, refusalOf } from "../../support/problem.ts";
import { quietStream } from "../../support/quiet-stream.ts";
import { sharedStack } from "../shared-stack.ts";

let stack: LocalStack;
let office: Office;
beforeAll(async () => {
  stack = await sharedStack();
  office = await openOffice(stack);
}, PATIENCE_MS);

/** A channel of Ada's with these people, and the beginning of a thread by Bea. */
async function begun(...people: Person[]) {
  const channel = await office.room(office.bea, ...people);
  const { seq: root } = await office.bea.client.postMessage(office.org, channel, { text: "the root" });
  return { channel, root };
}

describe("MSG-8 threads", () => {
  test("a reply names its root, whichever message it answers; six at once are six in the figures and in the list", async () => {
    const { org, ada, bea, cyn, gil } = office;
    const { channel, root } = await begun(cyn, gil);
    const reader = await sessionOf(ada, org);
    await reader.sees(channel, "the root", ({ messages }) => messages.some(({ seq }) => seq === root));
    const reply = (who: Person, text: string, replyTo: number) =>
      who.client.postMessage(org, channel, { text, replyTo });
    const first = await reply(gil, "a guest's", root);
    expect(await reply(cyn, "to the reply", first.seq)).toMatchObject({ replyTo: root });
    await Promise.all([ada, bea, cyn, gil].map((who, index) => reply(who, `at once ${index}`, root)));
    const view = await reader.sees(channel, "six replies", ({ messages }) =>
      messages.some(({ seq, thread }) => seq === root && thread?.replies === 6),
    );
    const figures = view.messages.find(({ seq }) => seq === root)?.thread;
    expect([...(figures?.userIds ?? [])].sort()).toEqual(
      [ada, bea, cyn, gil].map(({ userId }) => userId).sort(),
    );
    const thread = await bea.client.getThread(org, channel, first.seq);
    const seqs = thread.items.map(({ seq }) => seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    expect(seqs).toHaveLength(7);
    expect(thread.items.slice(1).every(({ replyTo }) => replyTo === root)).toBe(true);
    await reader.channel(channel).loadThread(root);
    expect(
      reader
        .channel(channel)
        .thread(root)
        .map(({ seq }) => seq),
    ).toEqual(seqs);
    reader.close();
  });

  test("whoever wrote in it follows it, and lists it with what is unread, until they follow it no more", async () => {
    const { org, bea, cyn } = office;
    const { channel, root } = await begun(cyn);
    const listed = async (who: Person) =>
      (await who.client.listThreads(org)).items.find((one) => one.channelId === channel);
    expect(await listed(bea)).toBeUndefined();
    const { seq } = await cyn.client.postMessage(org, channel, { text: "a reply", replyTo: root });
    expect(await listed(bea)).toMatchObject({ root: { seq: root }, unread: 1 });
    expect(await listed(cyn)).toMatchObject({ unread: 0 });
    await bea.client.followThread(org, channel, root, { lastReadSeq: seq });
    expect(await listed(bea)).toMatchObject({ unread: 0 });
    expect((await cyn.client.getThread(org, channel, root)).following).toBe(true);
    await cyn.client.unfollowThread(org, channel, root);
    await bea.client.postMessage(org, channel, { text: "another", replyTo: root });
    expect(await listed(cyn)).toBeUndefined();
    // Who unfollowed it is not made to follow it again by writing in it.
    await cyn.client.postMessage(org, channel, { text: "yet another", replyTo: root });
    expect(await listed(cyn)).toBeUndefined();
  });

  test("PRS-4 a follower is notified of a reply, others in the channel are not", async () => {
    const { org, ada, bea, cyn } = office;
    const { channel, root } = await begun(cyn);
    const [follower, other] = [await connect(bea, org), await connect(ada, org)];
    const { seq } = await cyn.client.postMessage(org, channel, { text: "a reply", replyTo: root });
    expect(await follower.event("notification", (event) => event.seq === seq)).toMatchObject({
      channelId: channel,
      reason: "thread",
    });
    await other.event("message.posted", (event) => event.seq === seq);
    await quietStream(stack);
    expect(other.events.filter(({ type }) => type === "notification")).toEqual([]);
    await Promise.all([follower.close(), other.close()]);
  });

  test("GST-9 GINV-9 whoever is removed from the channel has no thread of it any more, live or listed", async () => {
    const { org, ada, bea, gil } = office;
    const { channel, root } = await begun(gil);
    await gil.client.postMessage(org, channel, { text: "a guest's", replyTo: root });
    const gone = await connect(gil, org);
    await ada.client.removeFromChannel(org, channel, gil.userId);
    const after = await bea.client.postMessage(org, channel, { text: "among us", replyTo: root });
    await quietStream(stack);
    expect((await gil.client.listThreads(org)).items.filter((one) => one.channelId === channel)).toEqual([]);
    expect(await refusalOf(gil.client.getThread(org, channel, root))).toMatchObject({ status: 404 });
    expect(await refusalOf(gil.client.followThread(org, channel, root))).toMatchObject({ status: 404 });
    const told = gone.events.filter(({ channelId, seq }) => channelId === channel && seq === after.seq);
    expect(told).toEqual([]);
    const heard = gone.events.filter(({ type, seq }) => type === "message.thread" && seq === root);
    expect(heard.every(({ thread }) => Object(thread).replies === 1)).toBe(true);
    await gone.close();
  });
});

describe("MSG-10 mentions", () => {
  /** How many mentions somebody has in a channel. */
  const counted = async (who: Person, channel: string) =>
    (await who.client.listUnread(office.org, { limit: 200 })).items.find(
      ({ channelId }) => channelId === channel,
    )?.mentions;

  test("MSG-11 @person, @group and @channel are counted for those in the channel, until they have read", async () => {
    const { org, ada, bea, cyn, gil, handleOf } = office;
    const channel = await office.room(bea, cyn, gil);
    const group = await ada.client.createGroup(org, { name: "Night watch" });
    await ada.client.addToGroup(org, group.id, cyn.userId);
    const said = (text: string) => bea.client.postMessage(org, channel, { text });
    const named = await said(`@${await handleOf(cyn)} please`);
    expect(named.mentions).toEqual({ userIds: [cyn.userId], groupIds: [], channel: false });
    expect(named).not.toHaveProperty("notInChannel");
    const grouped = await said("@night-watch please");
    expect(grouped.mentions).toMatchObject({ groupIds: [group.id] });
    const all = await said("@channel please");
    expect(all.mentions).toMatchObject({ channel: true });
    await said("`@channel` is no mention");
    for (const [who, count] of [
      [cyn, 3],
      [gil, 1],
      [ada, 1],
    ] as const)
      expect(await counted(who, channel), who.email).toBe(count);
    await cyn.client.changeMyChannel(org, channel, { lastReadSeq: grouped.seq });
    expect(await counted(cyn, channel)).toBe(1);
    await cyn.client.changeMyChannel(org, channel, { lastReadSeq: all.seq });
    expect(await counted(cyn, channel)).toBe(0);
  });

  test("who is not in the channel is told to the author alone, who may add them where they may add people", async () => {
    const { org, bea, cyn, handleOf } = office;
    const channel = await office.room(bea);
    const reader = await connect(bea, org);
    const handle = await handleOf(cyn);
    const posted = await bea.client.postMessage(org, channel, { text: `ask @${handle}` });
    expect(posted.notInChannel).toMatchObject([{ userId: cyn.userId, handle, mayAdd: true }]);
    expect(posted.mentions?.userIds ?? []).toEqual([]);
    expect(await refusalOf(cyn.client.getMessage(org, channel, posted.seq))).toMatchObject({ status: 404 });
    const told = await reader.event("message.posted", isOf(posted));
    expect(JSON.stringify(told)).not.toContain(cyn.userId);
    await addPeople(bea, org, channel, cyn);
    const again = await bea.client.postMessage(org, channel, { text: `now @${handle}` });
    expect(again).toMatchObject({ mentions: { userIds: [cyn.userId] } });
    expect(again).not.toHaveProperty("notInChannel");
    expect(await counted(cyn, channel)).toBe(1);
    await reader.close();
  });

  test("MSG-6 PRS-4 an edit counts and notifies whom it mentions first, and takes back whom it mentions no more", async () => {
    const { org, bea, cyn, handleOf } = office;
    const channel = await office.room(bea, cyn);
    const reader = await connect(cyn, org);
    const { seq } = await bea.client.postMessage(org, channel, { text: "for nobody" });
    await bea.client.editMessage(org, channel, seq, `for @${await handleOf(cyn)}`);
    expect(await reader.event("notification", (event) => event.seq === seq)).toMatchObject({
      channelId: channel,
      reason: "mention",
    });
    expect(await counted(cyn, channel)).toBe(1);
    await bea.client.editMessage(org, channel, seq, "for nobody again");
    expect(await counted(cyn, channel)).toBe(0);
    await reader.close();
  });

  test("GST-12 GST-16 a guest is told of those they may know of, may add nobody, and learns of no one else", async () => {
    const { org, bea, cyn, gil, handleOf } = office;
    const channel = await office.room(bea, gil);
    const hidden = await inviteAndAccept(stack, office.ada, org, "hidden");
    const [known, unknown] = [await handleOf(cyn), await handleOf(hidden)];
    const said = await gil.client.postMessage(org, channel, { text: `@${known} @${unknown} @nobody` });
    expect(said.notInChannel).toMatchObject([{ userId: cyn.userId, mayAdd: false }]);
    expect(JSON.stringify(said)).not.toContain(hidden.userId);
  });
});

describe("MSG-14 replying by chat to a mail", () => {
  const card = (email: string) => ({
    subject: "Your order",
    sentAt: "2026-11-20T08:15:00.000Z",
    from: { name: "Cyn", email },
  });

  test("one-to-one with the mail's sender: the message carries the card", async () => {
    const { org, bea, cyn } = office;
    const channel = await office.direct(bea, cyn);
    const reader = await connect(cyn, org);
    const mailCard = card(cyn.email);
    const { seq } = await bea.client.postMessage(org, channel, { text: "By chat", mailCard });
    expect(await reader.event("message.posted", (event) => event.seq === seq)).toMatchObject({
      message: { text: "By chat", mailCard },
    });
    await reader.close();
  });

  test("a group conversation, a channel, and anybody else than its sender refuse it, and nothing is posted", async () => {
    const { org, base, ada, bea, cyn, gil } = office;
    const stranger = await person(stack, "stranger");
    const group = await office.direct(bea, ada, cyn);
    const room = await office.room(bea, cyn);
    for (const [channel, email] of [
      [group, cyn.email],
      [room, cyn.email],
      [await office.direct(bea, cyn), ada.email],
      [await office.direct(bea, gil), stranger.email],
    ] as const) {
      const before = (await bea.client.getChannel(org, channel)).lastSeq;
      const body = { text: "By chat", nonce: crypto.randomUUID(), mailCard: card(email) };
      const answer = await ask(bea, "POST", `${base}/channels/${channel}/messages`, body);
      expectProblem(answer, 409, "mail-card-not-direct");
      expect((await bea.client.getChannel(org, channel)).lastSeq).toBe(before);
    }
  });
});
