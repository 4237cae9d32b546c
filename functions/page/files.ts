import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname } from "node:path";

/** A text that is served as it is; `etag` changes with it. */
export type ServedText = { body: string; type: string; etag: string };

/** The parts of a page that a browser loads. */
export type PageFiles = { html: ServedText; assets: ReadonlyMap<string, ServedText> };

/** `body` with its entity tag. */
export function servedText(body: string, type: string): ServedText {
  return { body, type, etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"` };
}

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
};

function readPage(directory: URL, page: string): PageFiles {
  const folder = new URL(`${page}/`, directory);
  const read = (name: string, type: string) => servedText(readFileSync(new URL(name, folder), "utf8"), type);
  const assets = readdirSync(folder).flatMap((name): [string, ServedText][] => {
    const type = TYPES[extname(name)];
    return type === undefined ? [] : [[name, read(name, type)]];
  });
  return { html: read(`${page}.html`, "text/html; charset=utf-8"), assets: new Map(assets) };
}

/**
 * Reads every page's files, once per container, by the page's name. They lie beside the bundle, a folder per page:
 * the function's bundling puts them there (`infra/constructs/browser-pages.ts`).
 */
export function readPages(directory: URL): ReadonlyMap<string, PageFiles> {
  return new Map(readdirSync(directory).map((page) => [page, readPage(directory, page)]));
}
