import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, test } from "vitest";

const USUAL_PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const HOW_TO_INSTALL =
  "apt-get install -y chromium, or CHROMIUM_PATH=<the program> where it is somewhere else.";

function findChromium(): string | undefined {
  const { CHROMIUM_PATH: asked, CI: isCi } = process.env;
  const found = [...(asked ? [asked] : USUAL_PLACES)].find((path) => existsSync(path));
  if (found !== undefined) return found;
  if (isCi) throw new Error(`The browser tests need a browser: ${HOW_TO_INSTALL}`);
  console.log(`The browser tests are skipped: there is no Chromium here. ${HOW_TO_INSTALL}`);
  return undefined;
}

const executablePath = findChromium();

/** Whether there is a browser, and so whether what its tests need is worth starting. */
export const isBrowserThere = executablePath !== undefined;

/** A test that a browser is needed for: skipped, and said so, where there is none; in CI that is a failure. */
export const browserTest = test.skipIf(!isBrowserThere);

/** A browser for a file's tests; each of them opens contexts of its own. */
export function useBrowser(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (executablePath === undefined) return;
    // Containers run as root and have little shared memory.
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  });
  afterAll(() => browser?.close());
  return () => {
    if (browser === undefined) throw new Error("the browser is there once the tests run");
    return browser;
  };
}
