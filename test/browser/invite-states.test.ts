import { expect } from "vitest";
import { browserTest, useBrowser } from "./support/chromium.ts";
import { inspect } from "./support/inspect.ts";
import { usePages } from "./support/served-pages.ts";
import { answerFor, ok, problem, type Said, signInAs } from "./support/service.ts";
import { openTab, type Tab, useTab } from "./support/tab.ts";

const browser = useBrowser();
const origin = usePages();
const sharedTab = useTab(browser, origin);

const MEMBER = {
  state: "pending",
  kind: "member",
  organization: { name: "Analytical Engines" },
  invitedBy: { name: "Ada Lovelace" },
  email: "gil@example.com",
  firstName: "Gil",
  orgRole: "user",
  chatRole: "admin",
  message: "Glad to have you.\nSee you on Monday!",
  expiresAt: "2027-03-07T10:00:00.000Z",
  requires: { profile: true, terms: "1", phone: false, mfa: false, strict: true },
};
const { orgRole: _, chatRole: __, ...REST } = MEMBER;
const GUEST = {
  ...REST,
  kind: "guest",
  channels: [
    { id: "chn_1", name: "Launch" },
    { id: "chn_2", name: "Press and public relations of the whole year" },
  ],
  guestEndsAt: "2027-06-30T22:00:00.000Z",
};
const SHARE = {
  ...REST,
  kind: "share",
  email: null,
  address: "support@analytical-engines.example.com",
  rights: ["read", "send", "manageFolders"],
  requires: { profile: true, terms: "1", phone: true, mfa: true, strict: false },
};
const BRAND = {
  ...MEMBER,
  organization: {
    name: "Analytical Engines",
    brand: { logoUrl: "/brand/org_1/logo.png", buttonColor: "#7a1f5c", textColor: "#ffffff" },
  },
};

const MISSING = {
  missing: ["profile.firstName", "profile.lastName", "profile.phone", "termsVersion"],
};

let links = 0;

/** Opens another link in a tab, as somebody or nobody, with these answers of the service. */
async function openLink({ page }: Tab, said: Record<string, Said>, as?: string) {
  const asked = await answerFor(page, said);
  if (page.url() === "about:blank") await page.goto(`${origin()}/invite`);
  await signInAs(page, as);
  links += 1;
  const secret = `the-secret-${links}`;
  const isAsked = page.waitForRequest("**/preview");
  await page.goto(`${origin()}/invite#${secret}`);
  await isAsked;
  await page.locator("#view[aria-busy=false]").waitFor();
  return { page, asked, secret, heading: () => page.locator("h1").textContent() };
}

async function openInvitation({ said, as }: { said: Record<string, Said>; as?: string }) {
  return await openLink(await sharedTab(), said, as);
}

browserTest.each([
  ["member", MEMBER, "Join Analytical Engines", ["Ada Lovelace", "gil@example.com", "user and chat admin"]],
  ["guest", GUEST, "Be a guest of Analytical Engines", ["#Launch", "30 June 2027"]],
  ["share", SHARE, "Use a mail address of Analytical Engines", ["support@", "read, send and manage folders"]],
])("INV-16 the page says what a %s is invited to", async (kind, preview, title, words) => {
  const { page, heading, asked, secret } = await openInvitation({ said: { preview: ok(preview) } });
  expect(await heading()).toBe(title);
  for (const word of words) expect(await page.locator("main").textContent()).toContain(word);
  expect(page.url()).toBe(`${origin()}/invite`);
  expect(asked).toMatchObject([{ body: { token: secret }, authorization: undefined }]);
  await inspect(page, `invited-${kind}`);
});

const OVER = { ...MEMBER, organization: { name: "Analytical Engines" } };

browserTest.each([
  [410, "invitation-expired", "This invitation has expired", "Ask Ada Lovelace"],
  [410, "invitation-revoked", "This invitation was withdrawn", "Ada Lovelace"],
  [410, "invitation-used", "This invitation was already accepted", "open Vestibule"],
  [410, "invitation-declined", "This invitation was declined", "Ada Lovelace"],
  [404, "not-found", "This link is not known", "replaces the old one"],
  [400, "invalid-request", "This link is not known", "replaces the old one"],
])("INV-15 opening a link that is over or unknown: %i %s", async (status, code, title, words) => {
  const { page, heading } = await openInvitation({ said: { preview: problem(status, code, OVER) } });
  expect(await heading()).toBe(title);
  expect(await page.locator("main").textContent()).toContain(words);
  expect(await page.locator("main button").count()).toBe(0);
  await inspect(page, `over-${code}`);
});

browserTest.each([
  [429, "rate-limited", "Too many attempts"],
  [503, "unavailable", "The service is busy"],
  [500, "internal-error", "That did not work"],
  [0, "offline", "The service cannot be reached"],
])("a service that does not answer is asked again: %i %s", async (status, code, title) => {
  const said: Record<string, Said> = { preview: status === 0 ? "offline" : problem(status, code) };
  const tab = await openInvitation({ said });
  expect(await tab.heading()).toBe(title);
  await inspect(tab.page, `try-again-${code}`);
  said["preview"] = ok(MEMBER);
  await tab.page.getByRole("button", { name: "Try again" }).click();
  await tab.page.getByRole("heading", { name: "Join Analytical Engines" }).waitFor();
});

browserTest.each([
  [403, "recipient-mismatch", "This invitation is for another address", "Use another account"],
  [403, "email-not-verified", "Your address is not verified yet", "Sign in again"],
  [403, "mfa-required", "A second factor is needed", "Sign in with a second factor"],
  [401, "unauthenticated", "Your sign-in has ended", "Sign in again"],
  [403, "member-deactivated", "Your access is deactivated", "Try again"],
  [409, "quota-exceeded", "No free seat at the moment", "Try again"],
  [409, "channel-unavailable", "The channels are no longer open", "Try again"],
  [409, "address-conflict", "This account cannot use the address", "Use another account"],
  [409, "address-is-login", "This address can no longer be shared", undefined],
  [409, "already-member", "You are already a member", undefined],
  [409, "already-guest", "You are already a guest", undefined],
  [409, "already-has-access", "You already have access", undefined],
  [410, "invitation-revoked", "This invitation was withdrawn", undefined],
  [404, "not-found", "This invitation is gone", undefined],
  [429, "mail-limit-exceeded", "Too many attempts", "Try again"],
])("INV-6, INV-15 accepting is refused: %i %s", async (status, code, title, remedy) => {
  const data = code === "quota-exceeded" ? { quota: "seats" } : {};
  const said = { preview: ok(MEMBER), accept: problem(status, code, data) };
  const { page, asked, secret } = await openInvitation({ said, as: "another@example.com" });
  await page.getByRole("button", { name: "Accept" }).click();
  await page.getByRole("heading", { name: title }).waitFor();
  expect(asked.at(-1)).toMatchObject({ body: { token: secret } });
  expect(await page.locator("main button.primary").allTextContents()).toEqual(remedy ? [remedy] : []);
  await inspect(page, `refused-${code}`);
  if (remedy === undefined) return;
  await page.getByRole("button", { name: "Back to the invitation" }).click();
  await page.getByRole("heading", { name: "Join Analytical Engines" }).waitFor();
});

browserTest("SEAT-6 a guest is told that there is no place for another guest", async () => {
  const said = { preview: ok(GUEST), accept: problem(409, "quota-exceeded", { quota: "guests" }) };
  const { page } = await openInvitation({ said, as: "gil@example.com" });
  await page.getByRole("button", { name: "Accept" }).click();
  await page.getByRole("heading", { name: "No place for another guest" }).waitFor();
});

browserTest(
  "INV-7, SHR-7 a share by keyboard alone: where it goes, registration, a refused number, accepted",
  async () => {
    const said: Record<string, Said> = {
      preview: ok(SHARE),
      organizations: ok({ items: [{ id: "org_1", name: "Difference Works" }], nextCursor: null }),
      accept: problem(409, "registration-required", MISSING),
    };
    const { page, asked, secret } = await openInvitation({ said, as: "gil@example.com" });
    expect(await page.evaluate("document.activeElement?.tagName")).toBe("H1");
    await inspect(page, "share-attach");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowDown");
    expect(await page.getByLabel("Difference Works").isChecked()).toBe(true);
    await page.getByRole("button", { name: "Accept" }).focus();
    await page.keyboard.press("Enter");

    await page.getByRole("heading", { name: "A few details first" }).waitFor();
    expect(await page.evaluate("document.activeElement?.tagName")).toBe("H1");
    await inspect(page, "registration");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Blas");
    await page.keyboard.press("Tab");
    await page.keyboard.type("+41 79 123 45 67");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    said["accept"] = problem(400, "invalid-request", { errors: [{ path: "profile.phone", message: "no" }] });
    await page.keyboard.press("Enter");
    await page.getByRole("alert").waitFor();
    expect(await page.getByLabel("Phone number").getAttribute("aria-invalid")).toBe("true");
    expect(await page.getByLabel("Last name").inputValue()).toBe("Blas");
    await inspect(page, "registration-refused");

    said["accept"] = ok({ organizationId: "org_2", userId: "usr_1", kind: "share", channelIds: [] });
    await page.getByLabel("Phone number").press("Enter");
    await page.getByRole("heading", { name: "The address is yours to use" }).waitFor();
    expect(asked.at(-1)?.body).toEqual({
      token: secret,
      profile: { firstName: "Gil", lastName: "Blas", phone: "+41 79 123 45 67", locale: "en" },
      termsVersion: "1",
      attachTo: "org_1",
    });
    await inspect(page, "accepted-share");
    // What is left in the tab can neither sign anybody in nor answer again.
    const kept = await page.evaluate<string>("JSON.stringify(sessionStorage)");
    expect(kept).not.toMatch(/the-secret|vestibule\.id-token/u);
    await page.reload();
    await page.getByRole("heading", { name: "The address is yours to use" }).waitFor();
  },
);

browserTest("SHR-7 an organization that is no longer theirs is not offered again", async () => {
  const places = { items: [{ id: "org_1", name: "Difference Works" }], nextCursor: null };
  const said: Record<string, Said> = {
    preview: ok(SHARE),
    organizations: ok(places),
    accept: problem(404, "not-found", { rule: "SHR-7" }),
  };
  const { page } = await openInvitation({ said, as: "gil@example.com" });
  await page.getByLabel("Difference Works").check();
  said["organizations"] = ok({ ...places, items: [] });
  await page.getByRole("button", { name: "Accept" }).click();
  await page.getByRole("alert").waitFor();
  expect(await page.getByLabel("Difference Works").count()).toBe(0);
});

browserTest("INV-8 declining asks once more, then it is done", async () => {
  const said = { preview: ok(GUEST), decline: ok({ state: "declined" }) };
  const { page, asked } = await openInvitation({ said, as: "gil@example.com" });
  await page.getByRole("button", { name: "Decline" }).click();
  await page.getByRole("heading", { name: "Decline this invitation?" }).waitFor();
  await inspect(page, "decline");
  await page.getByRole("button", { name: "Back" }).click();
  await page.getByRole("button", { name: "Decline" }).click();
  await page.getByRole("button", { name: "Decline for good" }).click();
  await page.getByRole("heading", { name: "You declined the invitation" }).waitFor();
  expect(asked.filter(({ path }) => path.endsWith("decline"))).toHaveLength(1);
  await inspect(page, "declined");
});

browserTest("BRD-1 the page wears the organization's logo and button, by day and by night", async () => {
  const { page } = await sharedTab();
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="220" height="60"><rect width="220" height="60" rx="8" fill="#7a1f5c"/></svg>`;
  await page.route("**/brand/**", (route) => route.fulfill({ contentType: "image/svg+xml", body: svg }));
  await openInvitation({ said: { preview: ok(BRAND) } });
  const logo = page.getByRole("img", { name: "Analytical Engines" });
  await logo.waitFor();
  const color = await page.evaluate(
    "getComputedStyle(document.querySelector('button.primary')).backgroundColor",
  );
  expect(color).toBe("rgb(122, 31, 92)");
  await inspect(page, "brand");
});

browserTest.each([
  ["fr-CH", "fr"],
  ["de-AT", "de"],
  ["it-IT", "it"],
  ["es-MX", "es"],
  ["pt-BR", "en"],
])("INV-16 a browser that asks for %s gets the page in %s", async (locale, lang) => {
  const said = { preview: ok(GUEST), accept: problem(403, "recipient-mismatch") };
  const { page } = await openLink(
    await openTab(browser(), origin(), { locale }),
    said,
    "another@example.com",
  );
  expect(await page.locator("html").getAttribute("lang")).toBe(lang);
  await inspect(page, `language-${lang}`);
  await page.locator("button.primary").click();
  await page.locator("dl").waitFor({ state: "detached" });
  await inspect(page, `language-${lang}-refused`);
});

browserTest("INV-16 another language is chosen from the menu, and what was typed stays", async () => {
  const said = { preview: ok(MEMBER), accept: problem(409, "registration-required", MISSING) };
  const { page } = await openLink(await openTab(browser(), origin()), said, "gil@example.com");
  await page.getByRole("button", { name: "Accept" }).click();
  await page.getByLabel("Last name").fill("Blas");
  await page.getByLabel("Language").selectOption("de");
  await page.locator("html[lang=de]").waitFor();
  expect(await page.locator("input[name=lastName]").inputValue()).toBe("Blas");
  expect(await page.evaluate("document.activeElement?.tagName")).toBe("SELECT");
  await page.reload();
  await page.locator("html[lang=de]").waitFor();
});

browserTest("INV-4 without a link the page says where to find it", async () => {
  const { page } = await openTab(browser(), origin());
  await page.goto(`${origin()}/invite`);
  await page.getByRole("heading", { name: "Open the link from your mail" }).waitFor();
  await inspect(page, "no-link");
});

browserTest(
  "INV-6 without a link, whoever is signed in sees what waits for their address, and accepts it",
  async () => {
    const { page } = await openTab(browser(), origin());
    const waiting = (id: string, preview: object) => ({ ...preview, id, organizationId: "org_1" });
    const said: Record<string, Said> = {
      "me/invitations": ok({ items: [waiting("inv_1", MEMBER), waiting("inv_2", SHARE)], nextCursor: null }),
      "inv_1/accept": ok({ organizationId: "org_1", userId: "usr_1", kind: "member", channelIds: [] }),
    };
    const asked = await answerFor(page, said);
    await page.goto(`${origin()}/invite`);
    await signInAs(page, "gil@example.com");
    await page.reload();
    await page.getByRole("heading", { name: "Your invitations" }).waitFor();
    await inspect(page, "mine");
    await page.getByRole("button", { name: "View: Join Analytical Engines" }).click();
    await page.getByRole("button", { name: "Accept" }).click();
    await page.getByRole("heading", { name: "Welcome to Analytical Engines" }).waitFor();
    expect(asked.at(-1)?.body).toEqual({ organizationId: "org_1" });
  },
);

browserTest("INV-6 an address that is not verified sees nothing of what waits for it", async () => {
  const { page } = await openTab(browser(), origin());
  await answerFor(page, { "me/invitations": problem(403, "email-not-verified") });
  await page.goto(`${origin()}/invite`);
  await signInAs(page, "gil@example.com");
  await page.reload();
  await page.getByRole("heading", { name: "Your address is not verified yet" }).waitFor();
  expect(await page.locator("main button").allTextContents()).toEqual(["Sign in again"]);
});
