import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** A text that is served as it is; `etag` changes with it. */
export type ServedText = { body: string; type: string; etag: string };

/** The parts of the page that a browser loads. */
export type PageFiles = { html: ServedText; assets: ReadonlyMap<string, ServedText> };

/** `body` with its entity tag. */
export function servedText(body: string, type: string): ServedText {
  return { body, type, etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"` };
}

/**
 * Reads the page's files, once per container. They lie beside the bundle: the function's bundling runs
 * `esbuild browser/invite.{html,css,ts}` into its output's `browser` folder.
 */
export function readPageFiles(directory: URL): PageFiles {
  const read = (name: string, type: string) =>
    servedText(readFileSync(new URL(name, directory), "utf8"), type);
  return {
    html: read("invite.html", "text/html; charset=utf-8"),
    assets: new Map([
      ["invite.js", read("invite.js", "text/javascript; charset=utf-8")],
      ["invite.css", read("invite.css", "text/css; charset=utf-8")],
    ]),
  };
}
