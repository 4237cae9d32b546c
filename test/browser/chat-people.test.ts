import { beforeAll, expect } from "vitest";
import type { LocalStack } from "../../infra/local/contracts.ts";
import { sharedStack } from "../local/shared-stack.ts";
import { PATIENCE_MS } from "../support/e2e-stack.ts";
import type { Person } from "../support/person.ts";
import { line, message, newRoom, newTalkers, openChat, say, type Talkers } from "./support/chat-page.ts";
import { browserTest, isBrowserThere, useBrowser } from "./support/chromium.ts";
import { inspect } from "./support/inspect.ts";

const browser = useBrowser();
let stack: LocalStack;
let talkers: Talkers;
beforeAll(async () => {
  if (!isBrowserThere) return;
  stack = await sharedStack();
  talkers = await newTalkers(stack);
}, PATIENCE_MS);

const visit = (who: Person, channelId: string) => ({
  stack,
  browser: browser(),
  who,
  org: talkers.org,
  channelId,
});

const PHONE = { viewport: { width: 360, height: 720 }, hasTouch: true, isMobile: true };

browserTest(
  "GST-2, GST-9, GST-12, GST-15 a guest is offered what guests may, and refused in their language",
  async () => {
    const { org, ada, gil, lobby } = talkers;
    await ada.client.createChannel(org.id, { name: "open-house", type: "public" });
    const page = await openChat(visit(gil, lobby), { locale: "de-CH" });
    await say(page, "Guten Tag");
    await message(page, "Guten Tag").hover();
    const acts = message(page, "Guten Tag").getByRole("group", { name: "Aktionen" }).getByRole("button");
    await acts.first().waitFor();
    expect(await acts.evaluateAll((buttons) => buttons.map(({ title }) => title))).toEqual([
      "Reagieren",
      "In der Diskussion antworten",
      "Anheften",
      "Bearbeiten",
    ]);

    // Their own channels alone, and the people in them.
    await page.getByRole("button", { name: "Kanäle und Personen finden" }).click();
    const found = page.locator("dialog .results li");
    await found.filter({ hasText: "Ada Lovelace" }).waitFor();
    const names = (await found.allTextContents()).join();
    expect(names).toContain("lobby");
    expect(names).not.toMatch(/open-house|General/u);
    await page.keyboard.press("Escape");

    await page.locator("#write").fill("/");
    const offers = page.getByRole("option");
    await offers.filter({ hasText: "/me" }).waitFor();
    expect((await offers.allTextContents()).join()).not.toMatch(/\/(?:invite|kick|topic|rename)/u);
    await page.keyboard.press("Escape");
    await say(page, "/invite @ada");
    await page.locator("#notes", { hasText: "Gäste verwenden Befehle, außer denen, die einladen" }).waitFor();
    await page.locator("#notes .rule", { hasText: "GST-2" }).waitFor();
    expect(await page.locator("#write").inputValue()).toBe("/invite @ada");

    await page.locator("#members").click();
    await page.locator("#side .person", { hasText: "Ben Babbage" }).waitFor();
    expect(await page.getByRole("button", { name: "Personen hinzufügen" }).count()).toBe(0);
    await inspect(page, "chat-guest-de");
  },
);

browserTest("CH-10, GINV-4 members see who is a guest, and who is invited and not there yet", async () => {
  const { org, ada, lobby } = talkers;
  const page = await openChat(visit(ada, lobby));
  await page.locator("#members").click();
  const people = page.locator("#side .person");
  await people.filter({ hasText: "Gil Guest" }).getByText("Guest", { exact: true }).waitFor();
  await people.filter({ hasText: "Ada Lovelace" }).getByText("Admin", { exact: true }).waitFor();
  await ada.client.invite(org.id, {
    kind: "guest",
    invitees: [{ email: "later@partner.example" }],
    channelIds: [lobby],
    delivery: "link",
  });
  await people.filter({ hasText: "later@partner.example" }).getByText("Guest, invited").waitFor();
  await inspect(page, "chat-members");
});

browserTest("MSG-10 mentioning somebody who is not here tells so, and offers to add them", async () => {
  const { org, ada, ben } = talkers;
  const room = await newRoom(org, "without-ben", ada);
  const { handle } = await ada.client.getMember(org.id, ben.userId);
  const page = await openChat(visit(ada, room));
  await say(page, `What do you think, @${handle}?`);
  await page.locator("#notes", { hasText: "Ben Babbage is not in this channel" }).waitFor();
  await page.getByRole("button", { name: "Add to the channel" }).click();
  await page.getByText("Ada Lovelace added Ben Babbage to the channel.").waitFor();
  await page.locator("#write").pressSequentially("Now @be");
  await page.getByRole("option", { name: "Ben Babbage" }).waitFor();
  await page.keyboard.press("Tab");
  expect(await page.locator("#write").inputValue()).toBe(`Now @${handle} `);
});

browserTest(
  "CALL-2, CALL-3 a call rings beside what one is doing, is declined, and ends for everybody",
  async () => {
    const { org, ada, ben, lobby } = talkers;
    const { id: direct } = await ada.client.openConversation(org.id, [ben.userId]);
    const adas = await openChat(visit(ada, direct));
    const bens = await openChat(visit(ben, lobby));
    await adas.locator("#call").click();
    const ring = bens.locator("#ringing", { hasText: "Incoming call: Ada Lovelace" });
    await ring.waitFor();
    const link = await ring.getByRole("link", { name: "Join" }).getAttribute("rel");
    expect(link).toContain("noopener");
    await ring.getByRole("button", { name: "Decline" }).click();
    await bens.locator("#ringing .ring").waitFor({ state: "detached" });
    await adas.locator("#messages .card", { hasText: "Declined: Ben Babbage" }).waitFor();
    await inspect(adas, "chat-call");
    // CALL-4: one call per channel.
    await adas.locator("#call").click();
    await adas.locator("#notes", { hasText: "There is a call here already." }).waitFor();
    await adas.getByRole("button", { name: "End for everybody" }).click();
    await adas.locator("#messages .card", { hasText: "Ended" }).waitFor();
  },
);

browserTest("PRS-1, PRS-2 one's own status is set, and shown to the others at once", async () => {
  const { org, ada, ben } = talkers;
  const { id: direct } = await ada.client.openConversation(org.id, [ben.userId]);
  const adas = await openChat(visit(ada, direct));
  const bens = await openChat(visit(ben, direct));
  await bens.locator("#own-status").click();
  const dialog = bens.getByRole("dialog");
  await dialog.getByLabel("Do not disturb", { exact: true }).check();
  await dialog.getByLabel("Do not disturb until").selectOption({ label: "In an hour" });
  await dialog.getByLabel("What are you doing?").fill("Writing <b>tests</b>");
  await inspect(bens, "chat-status");
  await dialog.getByRole("button", { name: "Save" }).click();
  await adas.locator("#title .dot.dnd").waitFor();
  await adas.locator(".title", { hasText: "Writing <b>tests</b>" }).waitFor();
  await line(adas, direct).locator(".dot.dnd").waitFor();
  await say(bens, "/online");
  await adas.locator("#title .dot.online").waitFor();
  await say(bens, "/status");
  await adas.locator(".title", { hasText: "Writing" }).waitFor({ state: "detached" });
});

browserTest("CH-3, CH-5, CH-11 a public channel is joined, made a favourite, muted and left", async () => {
  const { org, ada, ben } = talkers;
  const { id: open } = await ada.client.createChannel(org.id, { name: "town-square", type: "public" });
  const page = await openChat(visit(ben, org.general));
  await page.getByRole("button", { name: "Find channels and people" }).click();
  await page.getByLabel("Name of a channel or person").fill("town");
  await page.locator("dialog .results button", { hasText: "town-square" }).waitFor();
  await inspect(page, "chat-find");
  await page.locator("dialog .results button", { hasText: "town-square" }).click();
  await page.getByRole("heading", { name: "town-square" }).waitFor();
  await page.getByText("Ben Babbage joined the channel.").waitFor();
  const act = async (name: string) => {
    await page.locator("#channel-acts-summary").click();
    await page.locator("#channel-acts").getByRole("button", { name }).click();
  };
  await act("Make a favourite");
  await page.getByRole("list", { name: "Favourites" }).locator(`#go-${open}`).waitFor();
  await act("Mute");
  await line(page, open).getByText("muted").waitFor();
  await act("Leave");
  await page.getByRole("dialog").getByRole("button", { name: "Leave" }).click();
  await line(page, open).waitFor({ state: "detached" });
  await page.getByText("Choose a channel.").waitFor();
});

browserTest("MSG-4 on a phone there is one pane at a time, with the way back", async () => {
  const { org, ada, ben } = talkers;
  const room = await newRoom(org, "pocket", ada, ben);
  const { seq } = await ada.client.postMessage(org.id, room, { text: "One at a time" });
  await ben.client.postMessage(org.id, room, { text: "Yes", replyTo: seq });
  const page = await openChat(visit(ada, room), PHONE);
  expect(await page.locator("#sidebar").isVisible()).toBe(false);
  await page.getByRole("button", { name: "1 reply" }).tap();
  await page.locator("#side .message", { hasText: "Yes" }).waitFor();
  expect(await page.locator("#channel").isVisible()).toBe(false);
  await page.getByRole("button", { name: "Close" }).tap();
  await message(page, /^AL.*One at a time/su).waitFor();
  await page.getByRole("button", { name: "Channels" }).tap();
  expect(await page.locator("#channel").isVisible()).toBe(false);
  await line(page, room).tap();
  await message(page, /^AL.*One at a time/su).tap();
  await message(page, /^AL.*One at a time/su)
    .getByRole("button", { name: "React" })
    .tap();
  await inspect(page, "chat-phone-emoji");
});
