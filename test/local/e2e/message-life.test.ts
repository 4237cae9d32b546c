import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { LocalStack } from "../../../infra/local/contracts.ts";
import { ask } from "../../support/act.ts";
import { PATIENCE_MS } from "../../support/e2e-stack.ts";
import { connect } from "../../support/live-connection.ts";
import { sessionOf } from "../../support/live-session.ts";
import { type Office, openOffice } from "../../support/office.ts";
import { type Person, person } from "../../support/person.ts";
import { expectProblem, refusalOf } from "../../support/problem.ts";
import { quietStream } from "../../support/quiet-stream.ts";
import { advance, DAY_SECONDS, setFaults } from "../../support/stack-control.ts";
import { storedItems } from "../../support/stored-items.ts";
import { until } from "../../support/until.ts";
import { sharedStack } from "../shared-stack.ts";

let stack: LocalStack;
let office: Office;
beforeAll(async () => {
  stack = await sharedStack();
  office = await openOffice(stack);
}, PATIENCE_MS);
afterEach(() => setFaults(stack));

/** A channel with everybody in it, and one message of Bea's. */
async function spoken() {
  const { org, bea, cyn, gil } = office;
  const channel = await office.room(bea, cyn, gil);
  const { seq } = await bea.client.postMessage(org, channel, { text: "as it was" });
  return { channel, seq };
}

const at = (channel: string, seq: number, rest = "") =>
  `${office.base}/channels/${channel}/messages/${seq}${rest}`;

describe("MSG-6 edits", () => {
  test("everybody sees a message as it is now, and what it was before; its author alone edits, guests their own", async () => {
    const { org, ada, bea, gil } = office;
    const { channel, seq } = await spoken();
    const reader = await sessionOf(gil, org);
    await reader.sees(channel, "the message", ({ messages }) => messages.some((one) => one.seq === seq));
    await bea.client.editMessage(org, channel, seq, "as it should be");
    const edited = await bea.client.editMessage(org, channel, seq, "as it is");
    expect(edited).toMatchObject({ text: "as it is", edits: 2, editedAt: expect.any(String) });
    const view = await reader.sees(channel, "both edits", ({ messages }) =>
      messages.some((one) => one.seq === seq && one.edits === 2),
    );
    expect(view.messages.find((one) => one.seq === seq)).toMatchObject({ text: "as it is" });
    const former = (await gil.client.listEdits(org, channel, seq)).items;
    expect(former.map(({ text }) => text)).toEqual(["as it should be", "as it was"]);
    expect(await refusalOf(ada.client.editMessage(org, channel, seq, "not mine"))).toMatchObject({
      status: 403,
      code: "not-own-message",
      rule: "MSG-6",
    });
    const own = await gil.client.postMessage(org, channel, { text: "a guest's" });
    expect(await gil.client.editMessage(org, channel, own.seq, "a guest's own")).toMatchObject({ edits: 1 });
    reader.close();
  });
});

describe("MSG-6 deletions", () => {
  test("leave a marker without text, former texts or reactions, live and for whoever comes back; it takes nothing more", async () => {
    const { org, ada, bea, cyn } = office;
    const { channel, seq } = await spoken();
    await bea.client.editMessage(org, channel, seq, "edited");
    await cyn.client.react(org, channel, seq, "👍");
    const reader = await sessionOf(cyn, org);
    await reader.sees(channel, "the reaction", ({ messages }) =>
      messages.some(({ reactions }) => reactions.length === 1),
    );
    await bea.client.deleteMessage(org, channel, seq);
    await reader.sees(channel, "the marker", ({ messages }) =>
      messages.some((one) => one.seq === seq && one.deleted === true && one.text === ""),
    );
    const marker = await ada.client.getMessage(org, channel, seq);
    expect(marker).toMatchObject({ deleted: true, text: "", reactions: [] });
    expect((await cyn.client.listEdits(org, channel, seq)).items).toEqual([]);
    for (const [method, rest, body] of [
      ["PATCH", "", { text: "again" }],
      ["PUT", "/reactions/%F0%9F%91%8D", undefined],
      ["PUT", "/pin", undefined],
      ["DELETE", "/pin", undefined],
    ] as const) {
      expectProblem(await ask(bea, method, at(channel, seq, rest), body), 409, "message-deleted");
    }
    const reply = { text: "late", nonce: "late", replyTo: seq };
    const path = `${office.base}/channels/${channel}/messages`;
    expectProblem(await ask(cyn, "POST", path, reply), 409, "message-deleted");
    expect((await ask(bea, "DELETE", at(channel, seq))).status).toBe(204);
    reader.close();
  });

  test("GST-15 GST-17 a member deletes their own, a channel admin anybody's, a guest none", async () => {
    const { org, ada, bea, cyn, gil } = office;
    const { channel, seq } = await spoken();
    const guests = await gil.client.postMessage(org, channel, { text: "a guest's" });
    expectProblem(await ask(cyn, "DELETE", at(channel, seq)), 403);
    expect((await ask(gil, "DELETE", at(channel, guests.seq))).body).toMatchObject({
      status: 403,
      rule: "GST-15",
      detail: expect.stringMatching(/\S/u),
    });
    await ada.client.deleteMessage(org, channel, guests.seq);
    await bea.client.deleteMessage(org, channel, seq);
    expect(await bea.client.getMessage(org, channel, guests.seq)).toMatchObject({ deleted: true });
  });

  test("an edit and a deletion at the same time: the deletion stands, and no former text is left", async () => {
    const { org, base, ada, bea } = office;
    const { channel } = await spoken();
    for (let round = 0; round < 5; round += 1) {
      const { seq } = await bea.client.postMessage(org, channel, { text: "to be deleted" });
      const [edited, deleted] = await Promise.all([
        ask(bea, "PATCH", at(channel, seq), { text: "edited" }),
        ask(ada, "DELETE", at(channel, seq)),
      ]);
      expect(deleted.status).toBe(204);
      if (edited.status !== 200) expectProblem(edited, 409, "message-deleted");
      expect(await bea.client.getMessage(org, channel, seq)).toMatchObject({ deleted: true, text: "" });
      expect((await ask(ada, "GET", `${base}/channels/${channel}/messages/${seq}/edits`)).body).toMatchObject(
        { items: [] },
      );
    }
  });
});

test("MSG-7 GST-1 any reader pins and unpins, guests included; all are told, and the list follows", async () => {
  const { org, bea, gil } = office;
  const { channel, seq } = await spoken();
  const reader = await connect(bea, org);
  await gil.client.pinMessage(org, channel, seq);
  expect(await reader.event("message.pinned", (event) => event.seq === seq)).toMatchObject({
    channelId: channel,
    pinnedBy: gil.userId,
  });
  expect((await bea.client.listPins(org, channel)).items).toMatchObject([{ seq, pinned: true }]);
  await bea.client.unpinMessage(org, channel, seq);
  await reader.event("message.unpinned", (event) => event.seq === seq);
  expect((await gil.client.listPins(org, channel)).items).toEqual([]);
  await reader.close();
});

describe("MSG-9 reactions", () => {
  test("by two at once, live to everybody, once per person and emoji, and taken back", async () => {
    const { org, ada, bea, gil } = office;
    const { channel, seq } = await spoken();
    const reader = await sessionOf(ada, org);
    await reader.sees(channel, "the message", ({ messages }) => messages.length > 0);
    const twice = (who: Person) => [1, 2].map(() => who.client.react(org, channel, seq, "🎉"));
    await Promise.all([...twice(bea), ...twice(gil)]);
    await gil.client.react(org, channel, seq, ":wave:");
    const view = await reader.sees(channel, "three reactions", ({ messages }) =>
      messages.some(({ reactions }) => reactions.reduce((sum, { count }) => sum + count, 0) === 3),
    );
    const shown = view.messages.find((one) => one.seq === seq)?.reactions ?? [];
    expect(shown).toMatchObject([
      { emoji: "🎉", count: 2 },
      { emoji: ":wave:", count: 1, userIds: [gil.userId] },
    ]);
    const listed = (await bea.client.listReactions(org, channel, seq, { emoji: "🎉" })).items;
    expect(listed.map(({ userId }) => userId).sort()).toEqual([bea.userId, gil.userId].sort());
    for (let count = 0; count < 2; count += 1) await gil.client.unreact(org, channel, seq, "🎉");
    await reader.sees(channel, "one taken back", ({ messages }) =>
      messages.some(({ reactions }) => reactions.some(({ emoji, count }) => emoji === "🎉" && count === 1)),
    );
    expect((await ada.client.getMessage(org, channel, seq)).reactions).toMatchObject([
      { emoji: "🎉", count: 1, userIds: [bea.userId] },
      { emoji: ":wave:", count: 1 },
    ]);
    reader.close();
  });

  test("one who reacts and takes it back at the same time leaves a count that equals the list", async () => {
    const { org, ada, bea, cyn } = office;
    const { channel, seq } = await spoken();
    const acts = [ada, bea, cyn].flatMap(({ client }) => [
      client.react(org, channel, seq, "👍"),
      client.unreact(org, channel, seq, "👍"),
      client.react(org, channel, seq, "👍"),
    ]);
    await Promise.allSettled(acts);
    const [shown] = (await ada.client.getMessage(org, channel, seq)).reactions;
    const listed = (await ada.client.listReactions(org, channel, seq)).items;
    expect(listed.map(({ userId }) => userId).sort()).toEqual([...(shown?.userIds ?? [])].sort());
    expect(shown?.count ?? 0).toBe(listed.length);
  });
});

describe("MSG-4 whoever was away", () => {
  test("asks for many channels at once: what was posted, and what was changed since", async () => {
    const { org, ada, bea, cyn } = office;
    const places = await Promise.all(Array.from({ length: 4 }, () => spoken()));
    const first = await connect(cyn, org);
    const asked = Object.fromEntries(places.map(({ channel, seq }) => [channel, seq]));
    const { asOf } = await first.ask("resume", { channels: asked });
    first.cut();
    const [edited, deleted, reacted, posted] = places;
    if (edited === undefined || deleted === undefined || reacted === undefined || posted === undefined)
      throw new Error("four channels");
    await bea.client.editMessage(org, edited.channel, edited.seq, "edited");
    await ada.client.deleteMessage(org, deleted.channel, deleted.seq);
    await ada.client.react(org, reacted.channel, reacted.seq, "👀");
    await bea.client.postMessage(org, posted.channel, { text: "new" });
    const again = await connect(cyn, org);
    const reply = await again.ask("resume", { channels: asked, since: asOf });
    expect(reply).toMatchObject({
      ok: true,
      asOf: expect.any(String),
      channels: {
        [edited.channel]: { messages: [], changed: [{ seq: edited.seq, text: "edited", edits: 1 }] },
        [deleted.channel]: { messages: [], changed: [{ seq: deleted.seq, deleted: true, text: "" }] },
        [reacted.channel]: { messages: [], changed: [{ reactions: [{ emoji: "👀", count: 1 }] }] },
        [posted.channel]: { messages: [{ text: "new" }], changed: [] },
      },
    });
    const { items } = await cyn.client.listMessages(org, edited.channel, { changedSince: String(asOf) });
    expect(items).toMatchObject([{ seq: edited.seq, text: "edited" }]);
    await again.close();
  });

  test("a session that loses every frame for a while shows the same as one that lost none", async () => {
    const { org, ada, bea, cyn } = office;
    const { channel, seq } = await spoken();
    const [steady, lossy] = [await sessionOf(ada, org), await sessionOf(cyn, org)];
    for (const session of [steady, lossy])
      await session.sees(channel, "the message", ({ messages }) => messages.some((one) => one.seq === seq));
    await setFaults(stack, { target: "connections", match: { userId: cyn.userId }, effect: "drop" });
    const { seq: next } = await bea.client.postMessage(org, channel, { text: "unheard" });
    await bea.client.editMessage(org, channel, seq, "unheard edit");
    await ada.client.react(org, channel, next, "👍");
    await quietStream(stack);
    await setFaults(stack);
    lossy.refresh();
    const isWhole = ({ messages }: { messages: readonly { text: string; reactions: unknown[] }[] }) =>
      messages.some(({ text }) => text === "unheard edit") &&
      messages.some(({ text, reactions }) => text === "unheard" && reactions.length === 1);
    const [whole, healed] = [
      await steady.sees(channel, "all of it", isWhole),
      await lossy.sees(channel, "all of it", isWhole),
    ];
    const bare = (view: typeof whole) => view.messages.map(({ nonce: _own, ...message }) => message);
    expect(bare(healed)).toEqual(bare(whole));
    steady.close();
    lossy.close();
  });
});

test("SEAT-7 MSG-5 what is older than the plan shows is in no answer, and what is older than it keeps is deleted by the sweep", async () => {
  const keeper = await person(stack, "keeper");
  const { client } = keeper;
  const { id: org } = await client.createOrganization({ name: "Lighthouse Ltd", plan: "essential" });
  const { items: channels } = await client.listChannels(org);
  const channel = channels.find(({ general }) => general)?.id ?? "";
  const old = await client.postMessage(org, channel, { text: "old" });
  await client.postMessage(org, channel, { text: "an old reply", replyTo: old.seq });
  await client.editMessage(org, channel, old.seq, "old and edited");
  await client.react(org, channel, old.seq, "👍");
  await client.pinMessage(org, channel, old.seq);
  await advance(stack, 91 * DAY_SECONDS);
  const young = await client.postMessage(org, channel, { text: "young" });
  const page = await client.listMessages(org, channel);
  expect(page).toMatchObject({ historyDays: 90, items: [{ seq: young.seq, text: "young" }] });
  expect((await client.listPins(org, channel)).items).toEqual([]);
  expect((await client.listThreads(org)).items).toEqual([]);
  const live = await connect(keeper, org);
  const { channels: resumed } = await live.ask("resume", {
    channels: { [channel]: 0 },
    since: old.createdAt,
  });
  expect(JSON.stringify(resumed)).not.toContain("old");
  await live.close();
  for (const act of [
    () => client.getMessage(org, channel, old.seq),
    () => client.getThread(org, channel, old.seq),
    () => client.editMessage(org, channel, old.seq, "again"),
    () => client.react(org, channel, old.seq, "👎"),
    () => client.postMessage(org, channel, { text: "late", replyTo: old.seq }),
  ])
    expect(await refusalOf(act())).toMatchObject({ status: 404 });

  await advance(stack, 275 * DAY_SECONDS);
  await ask(keeper, "POST", "/local/schedules/sweep/run");
  const kept = async () =>
    [...(await storedItems(stack, `O#${org}#CHANNEL#${channel}`))].map(([, item]) => item);
  await until("the old ones deleted", async () => !(await kept()).some((item) => item.includes("old")));
  const left = await kept();
  expect(left.some((item) => item.includes("young"))).toBe(true);
  expect(left.filter((item) => item.includes("👍"))).toEqual([]);
  expect(await client.postMessage(org, channel, { text: "next" })).toMatchObject({ seq: young.seq + 1 });
  const { items } = await client.listMessages(org, channel);
  expect(items.map(({ text }) => text)).toEqual(["next"]);
});
