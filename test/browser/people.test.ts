import type { Page, WebSocketRoute } from "playwright-core";
import { beforeAll, expect } from "vitest";
import type { LocalStack } from "../../infra/local/contracts.ts";
import { sharedStack } from "../local/shared-stack.ts";
import { act, makeGuest, newChannel } from "../support/act.ts";
import { PATIENCE_MS } from "../support/e2e-stack.ts";
import {
  accept,
  inviteAndAccept,
  inviteByLink,
  newOrganization,
  secretOf,
  type Workplace,
} from "../support/organization.ts";
import { newAddress, type Person, person } from "../support/person.ts";
import { advance } from "../support/stack-control.ts";
import { browserTest, isBrowserThere, useBrowser } from "./support/chromium.ts";
import { inspect } from "./support/inspect.ts";
import { openTab } from "./support/tab.ts";

const browser = useBrowser();
let stack: LocalStack;
let ada: Person;
beforeAll(async () => {
  if (!isBrowserThere) return;
  stack = await sharedStack();
  ada = await person(stack, "ada", { name: "Ada Lovelace" });
}, PATIENCE_MS);

const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).click();

/** Opens the page of an organization and signs in by the issuer's page. */
async function openPeople(who: Person, org: Workplace, locale = "en-GB"): Promise<Page> {
  const { page } = await openTab(browser(), stack.httpUrl, { locale });
  await signInToPeople(page, who, org);
  return page;
}

async function signInToPeople(page: Page, who: Person, { id }: Workplace): Promise<void> {
  await page.goto(`${stack.httpUrl}/people?org=${id}`);
  await page.locator("#view button.primary").click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.getByLabel("Mail address").fill(who.email);
  await press(page, "Continue");
  await page.getByRole("heading", { name: "Lighthouse Ltd", level: 1 }).waitFor();
}

const figure = (page: Page, id: string, text: string) =>
  page.locator(`#figure-${id} strong`, { hasText: new RegExp(`^${text}$`, "u") }).waitFor();
const row = (page: Page, text: string) => page.locator(".rows > li", { hasText: text });
/** Opens the actions of a row and takes one. */
async function choose(page: Page, whose: string, name: string): Promise<void> {
  const actions = row(page, whose).locator("details", { hasText: "Actions" });
  if ((await actions.getAttribute("open")) === null) await actions.locator("summary").click();
  await actions.getByRole("button", { name }).click();
}
const showTab = (page: Page, name: RegExp) => page.getByRole("tab", { name }).click();

browserTest(
  "SEAT-10 the figures equal the usage and move live when somebody accepts in another browser",
  async () => {
    const own = await newOrganization(ada, { seats: 4, guests: 5 });
    const page = await openPeople(ada, own);
    await figure(page, "members", "1");
    await figure(page, "seats", "1 / 4");
    await figure(page, "guests", "0 / 5");
    const email = newAddress("ben");
    const { secret } = await inviteByLink(ada, own.id, email);
    await figure(page, "seats", "2 / 4");
    await page.locator("#figure-seats", { hasText: "1 taken, 1 reserved" }).waitFor();

    const { page: theirs } = await openTab(browser(), stack.httpUrl);
    await theirs.goto(`${stack.httpUrl}/invite#${secret}`);
    await press(theirs, "Sign in to answer");
    await press(theirs, "Continue");
    await press(theirs, "Accept");
    await theirs.getByLabel("First name").fill("Benjamin");
    await theirs.getByLabel("Last name").fill("Babbage");
    await theirs.getByLabel("I accept the terms").check();
    await press(theirs, "Join");

    await row(page, email).locator("strong", { hasText: "Benjamin Babbage" }).waitFor();
    await figure(page, "members", "2");
    await page.locator("#figure-seats", { hasText: "2 taken, 0 reserved" }).waitFor();
    const usage = await act(ada, "GET", `/v1/organizations/${own.id}/usage`);
    expect(usage).toMatchObject({ members: 2, pendingMembers: 0, seats: { held: 2, reserved: 0, limit: 4 } });
    await inspect(page, "people-members");
  },
);

browserTest(
  "INV-10 inviting several at once: checked, sent, an answer for each; the bad one stays",
  async () => {
    const own = await newOrganization(ada, { seats: 10, guests: 5 });
    const page = await openPeople(ada, own);
    const [ben, gil] = [newAddress("ben"), newAddress("gil")];
    await press(page, "Invite people");
    const box = page.getByLabel("Mail addresses");
    await box.fill(`"Ben Babbage" <${ben}>\nnot an address\n${gil}, ${ben}`);
    await page.getByText("4 addresses (1 does not look like one)").waitFor();
    await press(page, "Check only");
    await page.getByText("2 of 4 would be invited.").waitFor();
    await page.getByText("That takes seats: 2, guest places: 0, mails: 2.").waitFor();
    const usage = await act(ada, "GET", `/v1/organizations/${own.id}/usage`);
    expect(usage["pendingMembers"]).toBe(0);
    await press(page, "Send invitations");
    await page.getByRole("heading", { name: "Results" }).waitFor();
    expect(await page.locator(".results .badge").allTextContents()).toEqual([
      "Invited",
      "Not a mail address",
      "Invited",
      "Already invited",
    ]);
    expect(await box.inputValue()).toBe("not an address");
    await inspect(page, "people-invite-sent");
    await page.keyboard.press("Escape");
    expect(await page.evaluate("document.activeElement?.id")).toBe("invite");

    // A request takes a hundred; more are several, which are counted together.
    const checks: number[] = [];
    page.on("request", (request) => {
      if (request.method() !== "POST" || !request.url().endsWith("/invitations")) return;
      checks.push(request.postDataJSON().invitees.length);
    });
    await press(page, "Invite people");
    await box.fill(Array.from({ length: 101 }, (_, index) => `many.${index}@example.com`).join("\n"));
    await press(page, "Check only");
    // 10 seats, one held and two reserved.
    await page.getByText("7 of 101 would be invited.").waitFor();
    await page.getByText("That takes seats: 7, guest places: 0, mails: 7.").waitFor();
    expect(checks).toEqual([100, 1]);
    await press(page, "Close");

    await showTab(page, /^Invitations/u);
    await row(page, ben).getByText("Sent", { exact: true }).waitFor();
    await row(page, ben).getByText("Ben Babbage").waitFor();
  },
);

browserTest("INV-10 a busy service is asked again, in the dialog that says so and stays open", async () => {
  const own = await newOrganization(ada);
  const page = await openPeople(ada, own);
  const keys: (string | undefined)[] = [];
  const problem = { status: 503, headers: { "retry-after": "1" }, json: { status: 503, code: "busy" } };
  await page.route("**/invitations", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    keys.push(route.request().headers()["idempotency-key"]);
    if (keys.length % 2 === 1) await route.fulfill(problem);
    else await route.continue();
  });
  await press(page, "Invite people");
  const ben = newAddress("ben");
  await page.getByLabel("Mail addresses").fill(ben);
  await press(page, "Check only");
  await page.getByRole("dialog").getByText("The service is busy. Trying again").waitFor();
  await inspect(page, "people-invite-busy");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.getByText("1 of 1 would be invited.").waitFor();
  await press(page, "Send invitations");
  await page.getByText("1 of 1 invited.").waitFor();
  // A dry run leaves nothing behind, not even a key; the real request is the same one twice.
  expect(keys.slice(0, 2)).toEqual([undefined, undefined]);
  expect(keys[2]).toBe(keys[3]);
  expect(keys).toHaveLength(4);

  // Without a network it gives up in the end, says so, and what was typed is still there.
  await page.unroute("**/invitations");
  await page.route("**/invitations", (route) => route.abort());
  const gil = newAddress("gil");
  await page.getByLabel("Mail addresses").fill(gil);
  await press(page, "Send invitations");
  await page.locator("dialog .notice", { hasText: "cannot be reached" }).waitFor({ timeout: 30_000 });
  expect(await page.getByLabel("Mail addresses").inputValue()).toBe(gil);
  await inspect(page, "people-invite-offline");
});

browserTest("INV-9, INV-11, INV-8 a bounce is shown live; sent again, a new link, withdrawn", async () => {
  const own = await newOrganization(ada);
  const page = await openPeople(ada, own);
  await showTab(page, /^Invitations/u);
  await act(ada, "POST", `/v1/organizations/${own.id}/groups`, { name: "Pilots" });
  const [bad, good] = ["bounce+people@simulator.amazonses.com", newAddress("gil")];
  await ada.client.invite(own.id, { kind: "member", invitees: [{ email: bad }, { email: good }] });
  await row(page, bad).getByText("! Bounced").waitFor();
  await row(page, good).getByText("Sent", { exact: true }).waitFor();
  await page.getByLabel("Show").selectOption("undelivered");
  await row(page, good).waitFor({ state: "detached" });
  await page.getByLabel("Show").selectOption("pending");

  await choose(page, good, "Send again");
  await row(page, good).getByText("INV-9").waitFor();
  await inspect(page, "people-pending-refused");
  await advance(stack, 61);
  await choose(page, good, "Send again");
  await row(page, good).getByText("Sent again; the earlier link no longer works.").waitFor();
  expect(await page.evaluate("document.activeElement?.textContent")).toContain(`Actions ${good}`);

  await advance(stack, 61);
  await choose(page, bad, "New link");
  await page.getByRole("dialog").getByRole("button", { name: "New link" }).click();
  const link = await row(page, bad).getByLabel("Invitation link").inputValue();
  expect(link).toContain(`${stack.httpUrl}/invite#`);
  await row(page, bad).getByText("Link only").waitFor();
  await inspect(page, "people-new-link");

  await choose(page, good, "Change");
  await page.getByLabel("First name").fill("Gilberte");
  await page.getByLabel("Role in chat").selectOption("admin");
  await page.getByRole("group", { name: "Rights" }).getByLabel("Mail").check();
  await page.getByLabel("Pilots").check();
  await inspect(page, "people-edit");
  await press(page, "Save");
  await row(page, good).getByText("Gilberte").waitFor();
  await row(page, good).getByText("User and Chat admin").waitFor();
  const { items } = await act(ada, "GET", `/v1/organizations/${own.id}/invitations?email=${good}`);
  expect(items).toMatchObject([
    { chatRole: "admin", rights: { mail: true }, groupIds: [expect.any(String)] },
  ]);

  await choose(page, good, "Withdraw");
  await page.getByRole("dialog").getByRole("button", { name: "Withdraw" }).click();
  await row(page, good).waitFor({ state: "detached" });
});

browserTest("ORG-6, ORG-7 roles are changed by menus; a refusal names its rule at the row", async () => {
  const own = await newOrganization(ada);
  const ben = await inviteAndAccept(stack, ada, own.id, "ben");
  const page = await openPeople(ada, own);
  const orgRole = row(page, ada.email).getByRole("combobox", { name: /organization/u });
  await orgRole.selectOption("user");
  await row(page, ada.email).getByText("ORG-6").waitFor();
  expect(await orgRole.inputValue()).toBe("legal_representative");
  await inspect(page, "people-role-refused");

  await row(page, ben.email).getByRole("combobox", { name: /chat/u }).selectOption("admin");
  await row(page, ben.email).locator("summary", { hasText: "None" }).click();
  await row(page, ben.email).getByLabel("Mail", { exact: true }).check();
  await row(page, ben.email).locator("summary", { hasText: "Mail" }).waitFor();
  const member = await act(ada, "GET", `/v1/organizations/${own.id}/members/${ben.userId}`);
  expect(member).toMatchObject({ chatRole: "admin", rights: { mail: true, suite: false } });

  await page.getByLabel("Search").fill(ben.email.slice(0, 5));
  await row(page, ada.email).waitFor({ state: "detached" });

  await choose(page, ben.email, "Deactivate");
  await page.getByRole("dialog").getByRole("button", { name: "Deactivate" }).click();
  await row(page, ben.email).getByText("Deactivated", { exact: true }).waitFor();
  await choose(page, ben.email, "Reactivate");
  await row(page, ben.email).getByText("Active", { exact: true }).waitFor();
});

browserTest("GINV-10, GINV-11 guests: their channels and end; a guest becomes a member", async () => {
  const own = await newOrganization(ada);
  const channel = await newChannel(ada, own.id, "launch");
  const gul = await person(stack, "gul");
  await makeGuest(ada, own.id, gul, { channelIds: [channel] });
  const page = await openPeople(ada, own);
  await page.getByRole("tab", { name: /^Members/u }).press("End");
  await row(page, gul.email).getByText("#launch").waitFor();
  await choose(page, gul.email, "Set an end");
  await page.getByLabel("Last day").fill("2030-05-31");
  await press(page, "Save");
  await row(page, gul.email).getByText("31 May 2030").waitFor();
  await inspect(page, "people-guests");
  await choose(page, gul.email, "Make a member");
  await page.getByRole("dialog").getByRole("button", { name: "Make a member" }).click();
  await row(page, gul.email).waitFor({ state: "detached" });
  await page.getByRole("tab", { name: /^Guests/u }).press("Home");
  await row(page, gul.email).waitFor();
});

browserTest("GST-17 who may not manage sees what they may, with the reasons, in their language", async () => {
  const own = await newOrganization(ada);
  const ben = await inviteAndAccept(stack, ada, own.id, "ben");
  const page = await openPeople(ben, own, "de-CH");
  await row(page, ada.email).waitFor();
  expect(await page.getByRole("button", { name: "Personen einladen" }).isDisabled()).toBe(true);
  await page.locator("#invite-reason", { hasText: "RGT-1" }).waitFor();
  expect(await row(page, ada.email).getByRole("combobox").first().isDisabled()).toBe(true);
  await page.locator("#reasons", { hasText: "ORG-7" }).waitFor();
  await page.locator("#invite-reason", { hasText: "nur, wer Chat-Admin ist" }).waitFor();
  await inspect(page, "people-plain-user-de");
  await showTab(page, /^Einladungen/u);
  await page.locator("#panel", { hasText: "MINV-4" }).waitFor();
});

browserTest(
  "RGT-2 a chat admin without an org role invites a guest by link, and may change no role",
  async () => {
    const own = await newOrganization(ada);
    const ben = await inviteAndAccept(stack, ada, own.id, "ben", { chatRole: "admin" });
    await newChannel(ada, own.id, "launch", "public");
    const page = await openPeople(ben, own);
    await figure(page, "members", "2");
    await row(page, ada.email).waitFor();
    expect(await row(page, ada.email).getByRole("combobox").first().isDisabled()).toBe(true);
    await press(page, "Invite people");
    await page.getByLabel("Guests, in chosen channels only").check();
    const gul = newAddress("gul");
    await page.getByLabel("Mail addresses").fill(gul);
    await page.getByText("Message and further options").click();
    await page.getByLabel("Delivery").selectOption("link");
    await press(page, "Send invitations");
    await page.locator("dialog .notice", { hasText: "GINV-2" }).waitFor();
    expect(await page.getByLabel("Mail addresses").inputValue()).toBe(gul);
    await page.getByLabel("Find channels").fill("lau");
    await page.getByLabel("#General").waitFor({ state: "detached" });
    await page.getByLabel("#launch").check();
    await press(page, "Send invitations");
    const link = await page.getByRole("dialog").getByLabel("Invitation link").inputValue();
    await inspect(page, "people-guest-link");
    await accept(await person(stack, gul), secretOf(link));
    await press(page, "Close");
    await showTab(page, /^Guests/u);
    await row(page, gul).getByText("#launch").waitFor();
  },
);

browserTest("ORG-10 whoever is removed is told at once that the session is over", async () => {
  const own = await newOrganization(ada);
  const ben = await inviteAndAccept(stack, ada, own.id, "ben");
  const page = await openPeople(ben, own);
  await row(page, ada.email).waitFor();
  await act(ada, "DELETE", `/v1/organizations/${own.id}/members/${ben.userId}`);
  await page.locator("#connection", { hasText: "your session has ended" }).waitFor();
});

browserTest(
  "MSG-4 a connection that breaks is opened again, and what happened meanwhile is read",
  async () => {
    const own = await newOrganization(ada);
    const { page } = await openTab(browser(), stack.httpUrl);
    const sockets: WebSocketRoute[] = [];
    await page.routeWebSocket(/.*/u, (socket) => {
      socket.connectToServer();
      sockets.push(socket);
    });
    await signInToPeople(page, ada, own);
    await figure(page, "members", "1");
    await page.route("**/socket-tickets", (route) => route.abort());
    await sockets.at(-1)?.close();
    await page.locator("#connection", { hasText: "Reconnecting" }).waitFor();
    const ben = await inviteAndAccept(stack, ada, own.id, "ben");
    expect(await row(page, ben.email).count()).toBe(0);
    await page.unroute("**/socket-tickets");
    await row(page, ben.email).waitFor();
    await figure(page, "members", "2");
    await page.locator("#connection", { hasText: "Reconnecting" }).waitFor({ state: "detached" });
  },
);

browserTest(
  "ORG-8 whoever belongs to several organizations chooses one, and changes to another",
  async () => {
    const own = await person(stack, "olga");
    const first = await own.client.createOrganization({ name: "Difference Works" });
    await own.client.createOrganization({ name: "Analytical Engines" });
    const { page } = await openTab(browser(), stack.httpUrl);
    // What is no organization gets into no request.
    await page.goto(`${stack.httpUrl}/people?org=../me`);
    await inspect(page, "people-sign-in");
    await press(page, "Sign in");
    await page.getByLabel("Mail address").fill(own.email);
    await press(page, "Continue");
    await page.getByRole("heading", { name: "Choose an organization" }).waitFor();
    await inspect(page, "people-choose");
    await press(page, "Difference Works");
    await page.getByRole("heading", { name: "Difference Works", level: 1 }).waitFor();
    expect(page.url()).toContain(`org=${first.id}`);
    await page.reload();
    await page.getByRole("heading", { name: "Difference Works", level: 1 }).waitFor();
    await press(page, "Organizations");
    await press(page, "Analytical Engines");
    await page.getByRole("heading", { name: "Analytical Engines", level: 1 }).waitFor();
  },
);
