import { beforeAll, expect } from "vitest";
import type { LocalStack } from "../../infra/local/contracts.ts";
import { sharedStack } from "../local/shared-stack.ts";
import { inLanes } from "../support/act.ts";
import { PATIENCE_MS } from "../support/e2e-stack.ts";
import { type Person, person } from "../support/person.ts";
import { line, message, newRoom, newTalkers, openChat, say, type Talkers, use } from "./support/chat-page.ts";
import { browserTest, isBrowserThere, useBrowser } from "./support/chromium.ts";
import { inspect } from "./support/inspect.ts";
import { openTab } from "./support/tab.ts";

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

browserTest(
  "MSG-4, MSG-6, MSG-9 side by side: what one writes, edits, reacts and deletes the other sees",
  async () => {
    const { org, ada, ben } = talkers;
    const room = await newRoom(org, "side-by-side", ada, ben);
    const adas = await openChat(visit(ada, room));
    const bens = await openChat(visit(ben, room));
    await say(adas, "Hello **Ben**, see `docs`");
    await message(bens, "Hello Ben").locator("strong", { hasText: "Ben" }).last().waitFor();

    await bens.locator("#write").pressSequentially("Hi");
    await adas.locator(".typing", { hasText: "Ben Babbage is typing" }).waitFor();
    await bens.locator("#write").press("Enter");
    await message(adas, "Hi").waitFor();

    await adas.locator("#write").press("ArrowUp");
    const editor = adas.getByLabel("Edit the message");
    await editor.fill("Hello **Benjamin**");
    await editor.press("Enter");
    await message(bens, "Hello Benjamin").getByRole("button", { name: "edited" }).click();
    await bens.getByRole("dialog").getByText("docs").waitFor();
    await bens.keyboard.press("Escape");

    await use(message(bens, "Hello Benjamin"), "React");
    await bens.getByRole("dialog").getByRole("button", { name: "🎉" }).click();
    const chip = message(adas, "Hello Benjamin").getByRole("button", { name: "🎉 1" });
    await chip.click();
    await message(bens, "Hello Benjamin").getByRole("button", { name: "🎉 2" }).waitFor();
    expect(await chip.count()).toBe(0);

    await use(message(bens, "Hello Benjamin"), "Pin");
    await message(adas, "Hello Benjamin").getByText("pinned").waitFor();
    await adas.locator("#channel-acts-summary").click();
    await adas.getByRole("button", { name: "Pinned messages" }).click();
    await adas.locator("#side").getByText("Hello **Benjamin**").waitFor();
    await adas.keyboard.press("Escape");

    await use(message(bens, /^BB.*Hi/su), "Delete");
    await bens.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await message(adas, "This message was deleted.").waitFor();
    await inspect(adas, "chat-talk");
  },
);

browserTest(
  "MSG-8 a thread: replied to beside the channel, followed, unread in the list of threads",
  async () => {
    const { org, ada, ben } = talkers;
    const room = await newRoom(org, "shipping", ada, ben);
    const root = await ada.client.postMessage(org.id, room, { text: "When do we ship?" });
    const adas = await openChat(visit(ada, talkers.lobby));
    const bens = await openChat(visit(ben, room));
    await use(message(bens, "When do we ship?"), "Reply in thread");
    await bens.locator("#write-reply").fill("On Friday");
    await bens.locator("#write-reply").press("Enter");
    await bens.locator("#side .message", { hasText: "On Friday" }).waitFor();
    await message(bens, "On Friday").getByText("Reply to Ada Lovelace: When do we ship?").waitFor();

    await line(adas, room).locator(".count").waitFor();
    await adas.getByRole("button", { name: "Threads", exact: true }).click();
    await adas.locator("#side .entry", { hasText: "When do we ship?" }).locator(".count").waitFor();
    await adas.locator("#side .entry").click();
    await adas.locator("#side .message", { hasText: "On Friday" }).waitFor();
    await adas.locator("#messages").getByRole("button", { name: "1 reply" }).waitFor();
    await inspect(adas, "chat-thread");
    await adas.getByRole("button", { name: "Unfollow" }).click();
    await adas.getByRole("button", { name: "Follow", exact: true }).waitFor();
    const { following } = await ada.client.getThread(org.id, room, root.seq);
    expect(following).toBe(false);
  },
);

browserTest(
  "MSG-11 unread and mentions are counted live, marked by a line, and read by looking",
  async () => {
    const { org, ada, ben } = talkers;
    const [room, other] = [await newRoom(org, "counted", ada, ben), await newRoom(org, "elsewhere", ada)];
    const handle = (await ada.client.getMember(org.id, ada.userId)).handle;
    const adas = await openChat(visit(ada, other));
    await line(adas, room).waitFor();
    await ben.client.postMessage(org.id, room, { text: "One" });
    await ben.client.postMessage(org.id, room, { text: `Two for @${handle}` });
    await line(adas, room).locator(".count.loud", { hasText: "1" }).waitFor();
    expect(await line(adas, room).textContent()).toContain("1 mention");
    expect(await adas.title()).toMatch(/^\(\d+\)/u);
    await line(adas, room).click();
    await adas.locator(".line.unread").waitFor();
    await message(adas, "Two for").waitFor();
    await line(adas, room).locator(".count").waitFor({ state: "detached" });
    await expect
      .poll(async () =>
        (await ada.client.listUnread(org.id)).items.find(({ channelId }) => channelId === room),
      )
      .toMatchObject({ unread: 0, mentions: 0 });

    // Where one was, and what one was writing, is there again after a reload.
    await adas.locator("#write").fill("half a sent");
    await line(adas, other).click();
    await adas.getByRole("heading", { name: "elsewhere" }).waitFor();
    expect(await adas.locator("#write").inputValue()).toBe("");
    await line(adas, room).click();
    await adas.reload();
    await message(adas, "Two for").waitFor();
    expect(await adas.locator("#write").inputValue()).toBe("half a sent");
  },
);

browserTest(
  "MSG-3 without a connection posts wait, outlive a reload, and are there once when it is back",
  async () => {
    const { org, ada, ben } = talkers;
    const room = await newRoom(org, "offline", ada, ben);
    const bens = await openChat(visit(ben, room));
    const sockets: { close: () => Promise<void> }[] = [];
    const adas = await openChat(visit(ada, room), {}, (page) =>
      page.routeWebSocket(/.*/u, (socket) => {
        socket.connectToServer();
        sockets.push(socket);
      }),
    );
    await say(adas, "Before");
    await message(bens, "Before").waitFor();
    await adas.route("**/socket-tickets", (route) => route.abort());
    await sockets.at(-1)?.close();
    await adas.locator("#connection", { hasText: "Reconnecting" }).waitFor();
    await say(adas, "First while away");
    await say(adas, "Second while away");
    await message(adas, "Second while away").getByText("Waiting for the connection").waitFor();
    await inspect(adas, "chat-offline");
    await adas.reload();
    await message(adas, "Second while away").getByText("Waiting for the connection").waitFor();
    expect(await message(bens, "while away").count()).toBe(0);
    await adas.unroute("**/socket-tickets");
    await message(bens, "Second while away").waitFor();
    const { items } = await ben.client.listMessages(org.id, room);
    const texts = items.map(({ text }) => text).filter((text) => text.includes("while away"));
    expect(texts).toEqual(["Second while away", "First while away"]);
    await adas.locator(".unsent").first().waitFor({ state: "detached" });
  },
);

browserTest("MSG-5 older messages come as one goes up, by keyboard, too", async () => {
  const { org, ada } = talkers;
  const room = await newRoom(org, "long", ada);
  const numbers = Array.from({ length: 60 }, (_, index) => `Number ${index + 1}.`);
  await inLanes(numbers, 6, async (text) => {
    await ada.client.postMessage(org.id, room, { text });
  });
  const { items } = await ada.client.listMessages(org.id, room, { limit: 60 });
  const [oldest = "", newest = ""] = [items.at(-1)?.text, items[0]?.text];
  const page = await openChat(visit(ada, room));
  await message(page, newest).waitFor();
  expect(await message(page, oldest).count()).toBe(0);
  await page.locator("#messages li[tabindex='0']").focus();
  await page.keyboard.press("Home");
  await message(page, oldest).waitFor({ state: "attached" });
  await page.getByText("This is where it begins.").waitFor({ state: "attached" });
  const shown = await page.locator("#messages .message .text").allTextContents();
  expect(shown).toEqual(items.map(({ text }) => text).reverse());
});

browserTest("MSG-1 what people write, and what they are called, is shown as text and never run", async () => {
  const { org, ada, ben } = talkers;
  const evil = `<img src=x onerror="document.title='run'"><script>document.title='run'</script>`;
  const { id: room } = await ada.client.createChannel(org.id, {
    name: evil.slice(0, 60),
    type: "private",
    header: evil,
  });
  await ada.client.addToChannel(org.id, room, { userIds: [ben.userId] });
  await ben.client.changeMe({ firstName: "<b>Ben</b>" });
  const { seq } = await ben.client.postMessage(org.id, room, {
    text: `${evil} [click](javascript:alert(1))`,
  });
  await ben.client.react(org.id, room, seq, ":b-b:");
  const page = await openChat(visit(ada, room));
  await message(page, "<img src=x onerror").waitFor();
  await message(page, "<b>Ben</b>").waitFor();
  await message(page, "[click](javascript:alert(1))").waitFor();
  await page.locator("#members").click();
  await page.locator("#side .person", { hasText: "<b>Ben</b>" }).waitFor();
  expect(await page.locator("#room :is(img, script, b)").count()).toBe(0);
  expect(await page.locator("#messages a").evaluateAll((links) => links.map(String))).toEqual([]);
  expect(await page.title()).not.toBe("run");
  await ben.client.changeMe({ firstName: "Ben" });
});

browserTest(
  "ORG-8, GST-7 one signs in, chooses among what one is a member and a guest of, and reads a choice",
  async () => {
    const { org, gil } = talkers;
    await gil.client.createOrganization({ name: "Difference Works" });
    const { page } = await openTab(browser(), stack.httpUrl, { locale: "fr-CH" });
    await page.goto(`${stack.httpUrl}/chat?org=../me`);
    await page.getByRole("heading", { name: "Discussions" }).waitFor();
    await inspect(page, "chat-sign-in-fr");
    await page.locator("#view button.primary").click();
    await page.locator("input[type=email]").fill(gil.email);
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("heading", { name: "Choisir une organisation" }).waitFor();
    await page.getByRole("button", { name: "Lighthouse Ltd Invité" }).click();
    await page.locator("#write").waitFor();
    expect(page.url()).toContain(`org=${org.id}`);
    await page.locator("#more-summary").click();
    await page.getByLabel("Langue").selectOption("it");
    await page.getByRole("navigation", { name: "Canali" }).waitFor();
    expect(await page.evaluate("document.documentElement.lang")).toBe("it");
  },
);

browserTest(
  "ORG-10 whoever is removed reads that the session is over, and keeps what was being written",
  async () => {
    const { org, ada } = talkers;
    const eve = await person(stack, "eve");
    const { results } = await ada.client.invite(org.id, {
      kind: "member",
      invitees: [{ email: eve.email }],
      delivery: "link",
    });
    const token = results[0]?.link?.split("#")[1] ?? "";
    await eve.client.acceptInvitation({
      token,
      profile: { firstName: "Eve", lastName: "Moore" },
      termsVersion: "1",
    });
    const page = await openChat(visit(eve, org.general));
    await say(page, "I am here");
    await message(page, "I am here").waitFor();
    await ada.client.removeMember(org.id, eve.userId);
    await page.locator("#connection", { hasText: "Your session has ended." }).waitFor();
    await say(page, "Too late");
    await page.locator("#notes", { hasText: "Your session has ended." }).waitFor();
    expect(await page.locator("#write").inputValue()).toBe("Too late");
  },
);
