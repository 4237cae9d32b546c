import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { LOCALES } from "@vestibule/domain/vocabulary";
import { expect, onTestFinished, test } from "vitest";
import { readPages } from "../../functions/page/files.ts";
import { bundlePages } from "../../infra/constructs/browser-pages.ts";

const browser = fileURLToPath(new URL("../../functions/page/browser/", import.meta.url));

/** The pages as the function's bundling builds them, and as the function reads them. */
async function builtPages() {
  const folder = await mkdtemp(join(tmpdir(), "vestibule-page-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  bundlePages(browser, folder);
  const pages = [...readPages(pathToFileURL(`${folder}/`))];
  expect(pages.map(([name]) => name)).toContain("invite");
  return pages.map(([name, { html, assets }]) => ({ name, html, assets }));
}

test("a page loads its own style and script, and nothing else", async () => {
  for (const { name, html, assets } of await builtPages()) {
    const loaded = [...html.body.matchAll(/(?:src|href)="([^"]*)"/gu)].map(([, address]) => address);
    expect(loaded).toEqual(["data:,", `${name}/${name}.css`, `${name}/${name}.js`]);
    expect([...assets.keys()]).toEqual(expect.arrayContaining([`${name}.js`, `${name}.css`]));
  }
});

test("nothing in a page breaks its policy: no inline script or style, no eval, no third party", async () => {
  for (const { html, assets } of await builtPages()) {
    expect(html.body).not.toMatch(/ style=| on\w+=|<style|<script(?![^>]* src=)/u);
    for (const [file, { body }] of assets) {
      if (file.endsWith(".css")) expect(body).not.toMatch(/url\(|@import/u);
      else {
        expect(body).not.toMatch(
          /innerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|https?:\/\//u,
        );
      }
    }
  }
});

test("INV-16 every language but English is a file of its own", async () => {
  for (const { assets } of await builtPages()) {
    const files = [...assets.keys()];
    for (const locale of LOCALES.filter((one) => one !== "en")) {
      expect(files.filter((file) => file.startsWith(`${locale}-`))).toHaveLength(1);
    }
  }
});

test("the invitation page stays small: it is opened once, often on a phone", async () => {
  const invite = (await builtPages()).find(({ name }) => name === "invite");
  const first = [invite?.html, invite?.assets.get("invite.js"), invite?.assets.get("invite.css")];
  const bytes = first.reduce((sum, text) => sum + gzipSync(text?.body ?? "").byteLength, 0);
  expect(bytes).toBeLessThan(14 * 1024);
});

test("the administration page stays small, for all that it does", async () => {
  const people = (await builtPages()).find(({ name }) => name === "people");
  const first = [people?.html, people?.assets.get("people.js"), people?.assets.get("people.css")];
  const bytes = first.reduce((sum, text) => sum + gzipSync(text?.body ?? "").byteLength, 0);
  expect(bytes).toBeLessThan(24 * 1024);
});

test("the chat page stays small, for all that it does", async () => {
  const chat = (await builtPages()).find(({ name }) => name === "chat");
  const others = [...(chat?.assets ?? [])].filter(([file]) => !/^(?:fr|de|it|es)-/u.test(file));
  const first = [chat?.html.body, ...others.map(([, { body }]) => body)];
  const bytes = first.reduce((sum, text) => sum + gzipSync(text ?? "").byteLength, 0);
  expect(bytes).toBeLessThan(42 * 1024);
});
