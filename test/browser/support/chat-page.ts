import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import type { LocalStack } from "../../../infra/local/contracts.ts";
import { makeGuest } from "../../support/act.ts";
import { inviteAndAccept, newOrganization, type Workplace } from "../../support/organization.ts";
import { type Person, person } from "../../support/person.ts";
import { openTab } from "./tab.ts";

/** An organization with its founder, another member and a guest of one channel, who are all in that channel. */
export type Talkers = { org: Workplace; ada: Person; ben: Person; gil: Person; lobby: string };

const NAMES = { ada: ["Ada", "Lovelace"], ben: ["Ben", "Babbage"], gil: ["Gil", "Guest"] } as const;

/** People for a file's tests; each of these makes channels of its own. */
export async function newTalkers(stack: LocalStack): Promise<Talkers> {
  const ada = await person(stack, "ada");
  const org = await newOrganization(ada);
  const ben = await inviteAndAccept(stack, ada, org.id, "ben");
  const lobby = await ada.client.createChannel(org.id, { name: "lobby", type: "private" });
  await ada.client.addToChannel(org.id, lobby.id, { userIds: [ben.userId] });
  const gil = await person(stack, "gil");
  await makeGuest(ada, org.id, gil, { channelIds: [lobby.id] });
  for (const [who, name] of [
    [ada, "ada"],
    [ben, "ben"],
    [gil, "gil"],
  ] as const) {
    const [firstName, lastName] = NAMES[name];
    await who.client.changeMe({ firstName, lastName });
  }
  return { org, ada, ben, gil, lobby: lobby.id };
}

/** A new private channel of these people; its first is its admin. */
export async function newRoom(
  org: Workplace,
  name: string,
  founder: Person,
  ...others: Person[]
): Promise<string> {
  const { id } = await founder.client.createChannel(org.id, { name, type: "private" });
  const userIds = others.map(({ userId }) => userId);
  if (userIds.length > 0) await founder.client.addToChannel(org.id, id, { userIds });
  return id;
}

type Visit = { stack: LocalStack; browser: Browser; who: Person; org: Workplace; channelId?: string };

/** Opens the page as somebody who is signed in already, in a channel. */
export async function openChat(
  { stack, browser, who, org, channelId = "" }: Visit,
  options: BrowserContextOptions = {},
  prepare: (page: Page) => Promise<unknown> = async () => undefined,
): Promise<Page> {
  const { page, context } = await openTab(browser, stack.httpUrl, options);
  const token = JSON.stringify(await who.token());
  await context.addInitScript(`sessionStorage.setItem("vestibule.id-token", ${token})`);
  await prepare(page);
  await page.goto(`${stack.httpUrl}/chat?org=${org.id}#${channelId}`);
  await page.locator("#write").waitFor();
  return page;
}

/** A message that holds a text, in the channel and not in a thread beside it. */
export function message(page: Page, text: string | RegExp): Locator {
  return page.locator("#messages .message", { hasText: text });
}

/** Writes a message and sends it. */
export async function say(page: Page, text: string): Promise<void> {
  await page.locator("#write").fill(text);
  await page.locator("#write").press("Enter");
}

/** Uses one of a message's actions. */
export async function use(item: Locator, action: string): Promise<void> {
  await item.hover();
  await item
    .getByRole("group", { name: "Actions" })
    .getByRole("button", { name: action, exact: true })
    .click();
}

/** A channel's line in the list of channels. */
export function line(page: Page, channelId: string): Locator {
  return page.locator(`#go-${channelId}`);
}
