import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { expect, onTestFinished, test } from "vitest";
import { readPageFiles } from "../../functions/page/files.ts";

const browser = fileURLToPath(new URL("../../functions/page/browser/", import.meta.url));

/** The files as the function's bundling builds them (`infra/constructs/bundle.ts`). */
async function builtFiles() {
  const folder = await mkdtemp(join(tmpdir(), "vestibule-page-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await build({
    entryPoints: ["ts", "css", "html"].map((type) => `${browser}invite.${type}`),
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    loader: { ".html": "copy" },
    outdir: folder,
    logLevel: "warning",
  });
  return readPageFiles(pathToFileURL(`${folder}/`));
}

test("the page loads its own two files and nothing else", async () => {
  const { html, assets } = await builtFiles();
  const loaded = [...html.body.matchAll(/(?:src|href)="([^"]*)"/gu)].map(([, address]) => address);
  expect(loaded).toEqual(["data:,", "invite/invite.css", "invite/invite.js"]);
  expect([...assets.keys()]).toEqual(["invite.js", "invite.css"]);
});

test("nothing in the page breaks its policy: no inline script or style, no eval, no third party", async () => {
  const { html, assets } = await builtFiles();
  expect(html.body).not.toMatch(/ style=| on\w+=|<style|<script(?![^>]* src=)/u);
  const script = assets.get("invite.js")?.body ?? "";
  expect(script).not.toMatch(
    /innerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|https?:\/\//u,
  );
  expect(assets.get("invite.css")?.body).not.toMatch(/url\(|@import/u);
});

test("the page stays small: it is opened once, often on a phone", async () => {
  const { html, assets } = await builtFiles();
  const bytes = [html, ...assets.values()].reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
  expect(bytes).toBeLessThan(24 * 1024);
});
