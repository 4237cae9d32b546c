import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { LocalContext } from "../contracts.ts";
import { answerProblem } from "../http-gateway/answer.ts";

const mediaTypes: Record<string, string> = {
  "local.css": "text/css; charset=utf-8",
  "home.js": "text/javascript; charset=utf-8",
  "mailbox.js": "text/javascript; charset=utf-8",
};

/** `/local/assets/{file}`: read at each request, so that a change shows on reload. */
export async function serveAsset(
  _request: IncomingMessage,
  response: ServerResponse,
  _context: LocalContext,
  parameters: Record<string, string>,
): Promise<void> {
  const name = parameters["file"] ?? "";
  const mediaType = Object.hasOwn(mediaTypes, name) ? mediaTypes[name] : undefined;
  if (mediaType === undefined) return answerProblem(response, 404, "not-found", `no such file: ${name}`);
  const content = await readFile(new URL(`./assets/${name}`, import.meta.url));
  response.writeHead(200, { "content-type": mediaType, "cache-control": "no-cache" }).end(content);
}
