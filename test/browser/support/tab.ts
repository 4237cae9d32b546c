import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";

export type Tab = { page: Page; requests: string[]; problems: string[] };

/** Chromium says so of every answer above 399; which ones are meant, the tests say themselves. */
const IS_MEANT = /^Failed to load resource: the server responded with a status of/u;

/**
 * A tab of its own context, in English and by day unless asked otherwise. What it loads from elsewhere than `origin`,
 * every breach of the policy and every error of a script fail the test in the end.
 */
export async function openTab(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Tab> {
  const context = await browser.newContext({ locale: "en-GB", colorScheme: "light", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const requests: string[] = [];
  const problems: string[] = [];
  context.on("request", (request) => {
    const url = request.url();
    requests.push(url);
    if (!url.startsWith("data:") && new URL(url).origin !== origin) problems.push(`loads ${url}`);
  });
  page.on("console", (message) => {
    const text = message.text();
    if (/error|warning/u.test(message.type()) && !IS_MEANT.test(text)) problems.push(text);
  });
  page.on("pageerror", (error) => problems.push(error.message));
  onTestFinished(async () => {
    await context.close();
    expect(problems).toEqual([]);
  });
  return { page, requests, problems };
}
