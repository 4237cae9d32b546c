import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, expect, onTestFinished } from "vitest";

export type Tab = { page: Page; context: BrowserContext; problems: string[] };

/**
 * Chromium says so of every answer above 399 (which ones are meant, the tests say themselves), and of a page that is left
 * while it connects.
 */
const IS_MEANT =
  /^Failed to load resource: (the server responded with a status of|net::ERR_FAILED)|WebSocket is closed before the connection is established/u;

/** Where two other stacks or browsers run beside this one, the slowest answers took 15 s. */
const PATIENCE_MS = 30_000;

/** A tab in a context of its own, in English and by day unless asked otherwise, that notes what must not happen. */
async function newTab(browser: Browser, origin: string, options: BrowserContextOptions): Promise<Tab> {
  const context = await browser.newContext({
    locale: "en-GB",
    timezoneId: "UTC",
    colorScheme: "light",
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const problems: string[] = [];
  context.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith("data:") && new URL(url).origin !== origin) problems.push(`loads ${url}`);
  });
  page.on("console", (message) => {
    const text = message.text();
    if (/error|warning/u.test(message.type()) && !IS_MEANT.test(text)) problems.push(text);
  });
  page.on("pageerror", (error) => problems.push(error.message));
  return { page, context, problems };
}

/**
 * A tab for one test. What it loads from elsewhere than `origin`, every breach of the policy and every error of a script
 * fail the test in the end.
 */
export async function openTab(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Tab> {
  const tab = await newTab(browser, origin, options);
  onTestFinished(async () => {
    await tab.context.close();
    expect(tab.problems).toEqual([]);
  });
  return tab;
}

/** One tab for a file's tests, which is quicker than one for each; watched as the others are. */
export function useTab(browser: () => Browser, origin: () => string): () => Promise<Tab> {
  let opened: Promise<Tab> | undefined;
  afterEach(async () => {
    expect((await opened)?.problems.splice(0) ?? []).toEqual([]);
  });
  afterAll(async () => (await opened)?.context.close());
  return () => {
    opened ??= newTab(browser(), origin(), {});
    return opened;
  };
}
