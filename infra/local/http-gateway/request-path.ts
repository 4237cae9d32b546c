import type { IncomingMessage } from "node:http";

export type RequestPath = {
  /** Still percent-encoded. */
  path: string;
  query: string;
  /** The path's decoded segments; `undefined` when an escape is malformed. */
  segments: string[] | undefined;
};

/** Splits the request line without normalising it: `..` and `//` reach the routes as they were sent. */
export function requestPath(request: IncomingMessage): RequestPath {
  const target = (request.url ?? "/").replace(/^https?:\/\/[^/]*/i, "").replace(/#.*$/, "");
  const mark = target.indexOf("?");
  const path = (mark < 0 ? target : target.slice(0, mark)) || "/";
  return { path, query: mark < 0 ? "" : target.slice(mark + 1), segments: decodeSegments(path) };
}

function decodeSegments(path: string): string[] | undefined {
  try {
    return path.slice(1).split("/").map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
