import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import * as z from "zod";
import { sized } from "../../support/thorough.ts";

const axeSource = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const screenshots = fileURLToPath(new URL("../../../.vestibule/screenshots/", import.meta.url));

const finding = z.object({
  id: z.string(),
  impact: z.string().nullable(),
  nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })),
});

/** What axe finds serious or critical; the colours alone are another thing by night. */
async function findings(page: Page, rules?: readonly string[]): Promise<unknown[]> {
  // By the debugger, past the page's policy, which lets no script of others in.
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(axeSource);
  const options = JSON.stringify({ resultTypes: ["violations"], ...(rules && { runOnly: rules }) });
  const found = await page.evaluate(`axe.run(${options}).then(({ violations }) => violations)`);
  return z
    .array(finding)
    .parse(found)
    .filter(({ impact }) => impact === "serious" || impact === "critical");
}

const isWiderThanScreen = "document.documentElement.scrollWidth > document.documentElement.clientWidth";

/**
 * What every state of a page must be: accessible by day and by night, and fit for the narrowest phone. Leaves two
 * screenshots in `.vestibule/screenshots` (the phone's where there is time), and the page as it was.
 */
export async function inspect(page: Page, name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
  const size = page.viewportSize();
  await page.emulateMedia({ colorScheme: "light" });
  expect(await findings(page), `${name} by day`).toEqual([]);
  await page.screenshot({ path: `${screenshots}${name}.png`, fullPage: true });

  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await findings(page, ["color-contrast"]), `${name} by night on a phone`).toEqual([]);
  expect(await page.evaluate(isWiderThanScreen), `${name} scrolls sideways`).toBe(false);
  if (sized(false, true)) await page.screenshot({ path: `${screenshots}${name}-phone.png`, fullPage: true });

  await page.emulateMedia({ colorScheme: "light" });
  if (size !== null) await page.setViewportSize(size);
}
