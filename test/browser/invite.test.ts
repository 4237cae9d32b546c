import type { Page } from "playwright-core";
import { beforeAll, expect } from "vitest";
import type { LocalStack } from "../../infra/local/contracts.ts";
import { sharedStack } from "../local/shared-stack.ts";
import { act, inviteGuests, newChannel } from "../support/act.ts";
import { PATIENCE_MS } from "../support/e2e-stack.ts";
import { mailTo, secretIn } from "../support/mailbox.ts";
import { accept, inviteByLink, newOrganization, secretOf, type Workplace } from "../support/organization.ts";
import { newAddress, type Person, person } from "../support/person.ts";
import { advance, DAY_SECONDS, setFaults } from "../support/stack-control.ts";
import { browserTest, isBrowserThere, useBrowser } from "./support/chromium.ts";
import { inspect } from "./support/inspect.ts";
import { openTab, type Tab } from "./support/tab.ts";

const browser = useBrowser();
let stack: LocalStack;
let ada: Person;
let org: Workplace;
beforeAll(async () => {
  if (!isBrowserThere) return;
  stack = await sharedStack();
  ada = await person(stack, "ada", { name: "Ada Lovelace" });
  org = await newOrganization(ada);
}, PATIENCE_MS);

type As = { email?: string; isVerified?: boolean; hasSecondFactor?: boolean };

/** Opens an invitation's link in a new tab; the secret is to be in no address that the tab asks for. */
async function openLink(secret: string, options: { locale?: string } = {}): Promise<Tab> {
  const tab = await openTab(browser(), stack.httpUrl, options);
  tab.page.on("request", (request) => {
    if (request.url().includes(secret)) tab.problems.push(`the secret in ${request.url()}`);
  });
  await tab.page.goto(`${stack.httpUrl}/invite#${secret}`);
  await tab.page.locator("#view[aria-busy=false] h1").waitFor();
  expect(tab.page.url()).toBe(`${stack.httpUrl}/invite`);
  return tab;
}

/** On the issuer's page: signs in, with the address that the page suggests unless another one is given. */
async function signIn(page: Page, { email, isVerified = true, hasSecondFactor = false }: As = {}) {
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  if (email !== undefined) await page.getByLabel("Mail address").fill(email);
  await page.getByLabel("The address is verified").setChecked(isVerified);
  await page.getByLabel("A second factor was used").setChecked(hasSecondFactor);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(`${stack.httpUrl}/invite`);
}

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const sees = (page: Page, name: string) => page.getByRole("heading", { name, level: 1 }).waitFor();

/** Opens the link and signs in as the address that it is for. */
async function openSignedIn(secret: string, as: As = {}): Promise<Page> {
  const { page } = await openLink(secret);
  await press(page, "Sign in to answer");
  await signIn(page, as);
  await page.getByText("You are signed in as").waitFor();
  return page;
}

/** Fills in the form as a newcomer does, and joins. */
async function register(page: Page): Promise<void> {
  await page.getByLabel("First name").fill("Gil");
  await page.getByLabel("Last name").fill("Blas");
  await page.getByLabel("I accept the terms").check();
  await press(page, "Join");
}

async function newcomer(terms: Parameters<typeof inviteByLink>[3] = {}) {
  const email = newAddress("gil");
  return { email, ...(await inviteByLink(ada, org.id, email, terms)) };
}

browserTest("MINV-5 a member: invite → mail → page → sign-in → registration → accepted", async () => {
  const email = newAddress("ben");
  await ada.client.invite(org.id, {
    kind: "member",
    invitees: [{ email, firstName: "Ben" }],
    message: "Glad to have you.",
  });
  const { page } = await openLink(secretIn(await mailTo(stack, email)));
  await sees(page, "Join Lighthouse Ltd");
  await page.getByText("Glad to have you.").waitFor();
  await press(page, "Sign in to answer");
  expect(await page.getByLabel("Mail address").inputValue()).toBe(email);
  await signIn(page);
  await press(page, "Accept");
  await sees(page, "A few details first");
  await page.getByLabel("First name").fill("Benjamin");
  await page.getByLabel("Last name").fill("Babbage");
  await page.getByLabel("I accept the terms").check();
  await page.getByLabel("Last name").press("Enter");
  await sees(page, "Welcome to Lighthouse Ltd");
  await inspect(page, "stack-accepted-member");
  const { items } = await ada.client.listMembers(org.id);
  expect(items.find((member) => member.email === email)).toMatchObject({
    firstName: "Benjamin",
    lastName: "Babbage",
  });
});

browserTest("GINV-3 a guest, in French: link → page → sign-in → registration → accepted", async () => {
  const email = newAddress("gul");
  const channel = await newChannel(ada, org.id, "launch", "public");
  const [invited] = await inviteGuests(ada, org.id, [email], { channelIds: [channel] });
  const { page } = await openLink(invited?.secret ?? "", { locale: "fr-FR" });
  await page.getByText("#launch").waitFor();
  await press(page, "Se connecter pour répondre");
  await signIn(page);
  await press(page, "Accepter");
  await page.getByLabel("Prénom").fill("Gül");
  await page.getByLabel("Nom", { exact: true }).fill("Baba");
  await page.getByLabel("J’accepte").check();
  await inspect(page, "stack-registration-fr");
  await press(page, "Rejoindre");
  await sees(page, "Bienvenue chez Lighthouse Ltd");
  await page.getByText("#launch").waitFor();
  const toChat = page.getByRole("link", { name: "Ouvrir Vestibule" });
  expect(await toChat.getAttribute("href")).toBe(`chat?org=${org.id}#${channel}`);
  await inspect(page, "stack-accepted-guest-fr");
});

browserTest(
  "SHR-4, SHR-7, SHR-9 a share by link: second factor, registration with telephone, attached, accepted",
  async () => {
    const { id } = await act(ada, "POST", `/v1/organizations/${org.id}/mail-addresses`, {
      address: newAddress("support"),
    });
    const shares = `/v1/organizations/${org.id}/mail-addresses/${id}/shares`;
    const { link } = await act(ada, "POST", shares, {});
    const secret = secretOf(String(link));
    const own = await person(stack, "olga");
    await own.client.createOrganization({ name: "Difference Works" });
    const page = await openSignedIn(secret, { email: own.email });
    await sees(page, "Use a mail address of Lighthouse Ltd");
    await press(page, "Accept");
    await sees(page, "A second factor is needed");
    await press(page, "Sign in with a second factor");
    await signIn(page, { email: own.email, hasSecondFactor: true });
    await page.getByLabel("Difference Works").check();
    await press(page, "Accept");
    await sees(page, "A few details first");
    await page.getByLabel("Phone number").fill("+41 79 123 45 67");
    await register(page);
    await sees(page, "The address is yours to use");
    await inspect(page, "stack-accepted-share");
    const { items } = await act(ada, "GET", shares);
    expect(items).toMatchObject([{ kind: "holder", email: own.email }]);
  },
);

browserTest(
  "INV-6 signed in without a link: what waits for the address, and accepted from there",
  async () => {
    const { email } = await newcomer();
    const { page } = await openTab(browser(), stack.httpUrl);
    await page.goto(`${stack.httpUrl}/invite`);
    await press(page, "Sign in");
    await signIn(page, { email });
    await press(page, "View: Join Lighthouse Ltd");
    await press(page, "Accept");
    await register(page);
    await sees(page, "Welcome to Lighthouse Ltd");
  },
);

/** A picture of one pixel. */
const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

browserTest(
  "BRD-1 an organization's logo and colours, from our own origin, on a link that is over, too",
  async () => {
    const branded = await newOrganization(ada);
    const path = `/v1/organizations/${branded.id}`;
    const brand = { isOn: true, buttonColor: "#7a1f5c", textColor: "#ffffff" };
    await act(ada, "PATCH", path, { settings: { brand } });
    await act(ada, "PUT", `${path}/brand/logo`, { type: "image/png", data: PIXEL });
    const { secret, id } = await inviteByLink(ada, branded.id, newAddress("gil"));
    const { page } = await openLink(secret);
    const logo = page.getByRole("img", { name: "Lighthouse Ltd" });
    await logo.waitFor();
    expect(await page.evaluate("document.querySelector('img').naturalWidth")).toBe(1);
    await act(ada, "DELETE", `${path}/invitations/${id}`);
    const { page: later } = await openLink(secret);
    await sees(later, "This invitation was withdrawn");
    await later.getByRole("img", { name: "Lighthouse Ltd" }).waitFor();
  },
);

browserTest("MINV-3, INV-6 the wrong account: told so, switched, accepted", async () => {
  const { secret, email } = await newcomer();
  const other = newAddress("other");
  const page = await openSignedIn(secret, { email: other });
  await press(page, "Accept");
  await sees(page, "This invitation is for another address");
  await page.getByText(other).waitFor();
  await inspect(page, "stack-wrong-account");
  await press(page, "Use another account");
  expect(await page.getByLabel("Mail address").inputValue()).toBe(email);
  await signIn(page);
  await page.getByText(`You are signed in as ${email}`).waitFor();
  await press(page, "Accept");
  await sees(page, "A few details first");
});

browserTest("INV-6 an address that is not verified: told so, verified, accepted", async () => {
  const { secret } = await newcomer();
  const page = await openSignedIn(secret, { isVerified: false });
  await press(page, "Accept");
  await sees(page, "Your address is not verified yet");
  await press(page, "Sign in again");
  await signIn(page);
  await press(page, "Accept");
  await sees(page, "A few details first");
});

browserTest("turning back at the sign-in page leads back to the open invitation", async () => {
  const { secret } = await newcomer();
  const { page } = await openLink(secret);
  await press(page, "Sign in to answer");
  await press(page, "Cancel");
  await page.getByText("You did not sign in. The invitation is still open.").waitFor();
  await inspect(page, "stack-sign-in-cancelled");
});

browserTest("INV-15 unknown, withdrawn, used and declined links say what happened", async () => {
  const { page: unknown } = await openLink("org_x.inv_y.not-a-secret");
  await sees(unknown, "This link is not known");

  const revoked = await newcomer();
  await act(ada, "DELETE", `/v1/organizations/${org.id}/invitations/${revoked.id}`);
  const { page } = await openLink(revoked.secret);
  await sees(page, "This invitation was withdrawn");
  await page.getByText("Ada Lovelace").waitFor();

  const used = await newcomer();
  await accept(await person(stack, used.email), used.secret);
  await page.goto(`${stack.httpUrl}/invite#${used.secret}`);
  await sees(page, "This invitation was already accepted");

  const declined = await newcomer();
  await page.goto(`${stack.httpUrl}/invite#${declined.secret}`);
  await press(page, "Sign in to answer");
  await signIn(page);
  await press(page, "Decline");
  await press(page, "Decline for good");
  await sees(page, "You declined the invitation");
  const { page: again } = await openLink(declined.secret);
  await sees(again, "This invitation was declined");
});

browserTest("INV-14 withdrawn between opening and accepting", async () => {
  const { secret, id } = await newcomer();
  const page = await openSignedIn(secret);
  await act(ada, "DELETE", `/v1/organizations/${org.id}/invitations/${id}`);
  await press(page, "Accept");
  await sees(page, "This invitation was withdrawn");
});

browserTest("SEAT-5 no seat left: told so, and accepted once there is one", async () => {
  const full = await newOrganization(ada, { seats: 2 });
  const email = newAddress("gil");
  const { secret } = await inviteByLink(ada, full.id, email);
  await act(ada, "PATCH", `/v1/organizations/${full.id}`, { limits: { seats: 1 } });
  const page = await openSignedIn(secret);
  await press(page, "Accept");
  await register(page);
  await sees(page, "No free seat at the moment");
  await act(ada, "PATCH", `/v1/organizations/${full.id}`, { limits: { seats: 2 } });
  await press(page, "Try again");
  await sees(page, "Welcome to Lighthouse Ltd");
});

browserTest("GINV-8 the channel is gone: told so, and accepted once it is back", async () => {
  const email = newAddress("gil");
  const channel = await newChannel(ada, org.id, "press", "public");
  const [invited] = await inviteGuests(ada, org.id, [email], { channelIds: [channel] });
  const page = await openSignedIn(invited?.secret ?? "");
  await act(ada, "POST", `/v1/organizations/${org.id}/channels/${channel}/archive`);
  await press(page, "Accept");
  await register(page);
  await sees(page, "The channels are no longer open");
  await act(ada, "POST", `/v1/organizations/${org.id}/channels/${channel}/restore`);
  await press(page, "Try again");
  await sees(page, "Welcome to Lighthouse Ltd");
});

browserTest("a service that is down for a moment: told so, and opened when it is back", async () => {
  const { secret } = await newcomer();
  await setFaults(stack, { target: "dynamodb", effect: "throttle" });
  const { page } = await openLink(secret);
  await sees(page, "The service is busy");
  await setFaults(stack);
  await press(page, "Try again");
  await sees(page, "Join Lighthouse Ltd");
});

browserTest("INV-2 a link past its date says so, and whom to ask", async () => {
  const { secret } = await newcomer();
  await advance(stack, 8 * DAY_SECONDS);
  const { page } = await openLink(secret);
  await sees(page, "This invitation has expired");
  await page.getByText("Ask Ada Lovelace").waitFor();
});
