import { COMMAND_NAMES } from "@vestibule/domain/commands";
import { beforeAll, describe, expect, test } from "vitest";
import type { LocalStack } from "../../../infra/local/contracts.ts";
import { PATIENCE_MS } from "../../support/e2e-stack.ts";
import { connect, isOf } from "../../support/live-connection.ts";
import { type Office, openOffice } from "../../support/office.ts";
import type { Person } from "../../support/person.ts";
import { refusalOf } from "../../support/problem.ts";
import { quietStream } from "../../support/quiet-stream.ts";
import { storedItems } from "../../support/stored-items.ts";
import { writtenBy } from "../../support/written.ts";
import { sharedStack } from "../shared-stack.ts";

let stack: LocalStack;
let office: Office;
beforeAll(async () => {
  stack = await sharedStack();
  office = await openOffice(stack);
}, PATIENCE_MS);

const say = (by: Person, channel: string, text: string) =>
  by.client.runCommand(office.org, channel, { text, utcOffsetMinutes: 60 });

const meIn = async (by: Person, channel: string) => (await by.client.getChannel(office.org, channel)).me;

describe("MSG-13 each command does what its route does", () => {
  test("/me, /topic and /rename: posted and told to all", async () => {
    const { org, ada, bea } = office;
    const channel = await office.room(bea);
    const reader = await connect(bea, org);
    const { message } = await say(ada, channel, "/me waves");
    expect(await reader.event("message.posted", isOf(message))).toMatchObject({
      message: { text: "/me waves", author: { userId: ada.userId } },
    });
    await say(ada, channel, "/topic What we do **today**");
    await say(ada, channel, "/rename Today");
    await reader.event("channel.updated", ({ channel: told }) => Object(told).name === "Today");
    expect(await bea.client.getChannel(org, channel)).toMatchObject({
      name: "Today",
      header: "What we do **today**",
    });
    await reader.close();
  });

  test("/invite @x, /kick @x and /leave: in, out, and out by oneself", async () => {
    const { org, ada, bea, cyn, handleOf } = office;
    const channel = await office.room(bea);
    const [cyns, beas] = [await handleOf(cyn), await handleOf(bea)];
    expect((await say(ada, channel, `/invite @${cyns} @${beas} @nobody`)).results).toEqual([
      { handle: cyns, status: "added" },
      { handle: beas, status: "already-member" },
      { handle: "nobody", status: "not-found" },
    ]);
    expect((await meIn(cyn, channel)).member).toBe(true);
    await say(ada, channel, `/kick @${cyns}`);
    expect(await refusalOf(cyn.client.getChannel(org, channel))).toMatchObject({ status: 404 });
    await say(bea, channel, "/leave");
    expect(await refusalOf(bea.client.getChannel(org, channel))).toMatchObject({ status: 404 });
  });

  test("/mute and /fav, and what takes them back", async () => {
    const { bea } = office;
    const channel = await office.room(bea);
    await say(bea, channel, "/mute");
    await say(bea, channel, "/fav");
    expect(await meIn(bea, channel)).toMatchObject({ muted: true, favourite: true });
    await say(bea, channel, "/mute off");
    await say(bea, channel, "/fav off");
    expect(await meIn(bea, channel)).toMatchObject({ muted: false, favourite: false });
  });

  test("PRS-1 PRS-2 /away, /dnd [until], /online and /status …", async () => {
    const { org, ada, bea } = office;
    const channel = await office.room(bea);
    const shown = async () => (await ada.client.listStatuses(org, [bea.userId])).items[0];
    await say(bea, channel, "/away");
    expect(await shown()).toMatchObject({ presence: "away" });
    const { status } = await say(bea, channel, "/dnd 2099-12-24 18:30");
    expect(status).toMatchObject({ presence: "dnd", until: "2099-12-24T17:30:00.000Z" });
    expect(await shown()).toMatchObject({ presence: "dnd", until: "2099-12-24T17:30:00.000Z" });
    await say(bea, channel, "/status 🌴 On holiday");
    await say(bea, channel, "/online");
    expect(await shown()).toMatchObject({
      presence: "offline",
      custom: { emoji: "🌴", text: "On holiday" },
    });
    await say(bea, channel, "/status");
    expect(await shown()).not.toHaveProperty("custom");
  });

  test("CH-3 /msg @x opens the conversation and writes in it; /help lists what one may use", async () => {
    const { org, bea, cyn, gil, handleOf } = office;
    const channel = await office.room(bea, cyn, gil);
    const reader = await connect(cyn, org);
    const { channel: opened, message } = await say(
      bea,
      channel,
      `/msg @${await handleOf(cyn)} Are you there?`,
    );
    expect(await reader.event("message.posted", isOf(message))).toMatchObject({
      channelId: opened?.id,
      message: { text: "Are you there?" },
    });
    const members = (await say(bea, channel, "/help")).text ?? "";
    const guests = (await say(gil, channel, "/help")).text ?? "";
    for (const name of ["me", "msg", "leave"])
      expect(
        [members, guests].every((text) => text.includes(`/${name} `) || text.includes(`/${name}\``)),
      ).toBe(true);
    expect(members).toContain("/invite");
    expect(guests).not.toContain("/invite");
    await reader.close();
  });
});

test("MSG-13 GST-2 completion lists every command, and which of them one may use here", async () => {
  const { org, ada, bea, gil } = office;
  const channel = await office.room(bea, gil);
  const listed = async (who: Person) => (await who.client.listCommands(org, channel)).items;
  expect((await listed(ada)).map(({ name }) => name)).toEqual([...COMMAND_NAMES]);
  expect((await listed(ada)).every(({ allowed }) => allowed)).toBe(true);
  const notForGuests = (await listed(gil)).filter(({ allowed }) => !allowed);
  expect(notForGuests.map(({ name }) => name)).toEqual(["topic", "rename", "invite", "kick"]);
  expect(notForGuests.every(({ rule, code }) => rule === "GST-2" && code === "guest-restricted")).toBe(true);
});

test("MSG-13 GST-2 GST-12 a refused command is answered to its author alone, and has written nothing, by HTTP and by frame", async () => {
  const { org, bea, gil } = office;
  const channel = await office.room(bea, gil);
  const [reader, guest] = [await connect(bea, org), await connect(gil, org)];
  await quietStream(stack);
  const kept = async () =>
    [...(await storedItems(stack, `O#${org}`))].filter(([key]) => !/#(?:LIVE|TICKETS) \/ /u.test(key));
  const before = await kept();
  const written = writtenBy(stack, "command");
  const told = [reader, guest].map(({ events }) => events.length);
  for (const text of ["/invite @bea", "/kick @bea", "/rename Ours", "/topic Ours"]) {
    expect(await refusalOf(say(gil, channel, text))).toMatchObject({ status: 403, rule: "GST-2" });
    const reply = await guest.ask("command", { channelId: channel, text, nonce: text });
    expect(reply).toMatchObject({
      ok: false,
      problem: { status: 403, code: "guest-restricted", rule: "GST-2" },
    });
  }
  for (const [text, code] of [
    ["/nothing", "unknown-command"],
    ["/kick", "command-arguments"],
    ["no slash", "unknown-command"],
  ] as const)
    expect(await refusalOf(say(bea, channel, text))).toMatchObject({ status: 400, code });
  await quietStream(stack);
  expect(writtenBy(stack, "command") - written).toBe(0);
  expect(await kept()).toEqual(before);
  expect([reader, guest].map(({ events }) => events.length)).toEqual(told);
  await Promise.all([reader.close(), guest.close()]);
});

test("MSG-3 MSG-13 a command is carried out once for its nonce, by whichever way it is sent again, and at once", async () => {
  const { org, ada, bea, cyn, handleOf } = office;
  const channel = await office.room(bea, cyn);
  const connection = await connect(ada, org);
  const sent = { text: `/kick @${await handleOf(cyn)}`, nonce: "once" };
  const first = await ada.client.runCommand(org, channel, sent);
  const again = await connection.ask("command", { channelId: channel, ...sent });
  expect(again).toMatchObject({ ok: true, command: first.command, text: first.text });
  const waving = { text: "/me waves", nonce: "wave" };
  const posted = await Promise.all([1, 2, 3].map(() => ada.client.runCommand(org, channel, waving)));
  expect(new Set(posted.map(({ message }) => message?.seq)).size).toBe(1);
  const { items } = await ada.client.listMessages(org, channel);
  expect(items.filter(({ system }) => system?.kind === "left" || system?.kind === "removed")).toHaveLength(1);
  await connection.close();
});

test("MSG-1 MSG-13 a posted text that begins with a slash stays a message", async () => {
  const { org, ada, bea } = office;
  const channel = await office.room(bea);
  const { seq } = await ada.client.postMessage(org, channel, { text: "/leave" });
  expect(await bea.client.getMessage(org, channel, seq)).toMatchObject({ text: "/leave" });
  expect((await meIn(ada, channel)).member).toBe(true);
});
