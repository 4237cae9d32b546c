import type { ServerResponse } from "node:http";

type Headers = Record<string, string>;

/** Answers JSON that no cache keeps. */
export function answerJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Headers = {},
): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store", ...headers });
  response.end(JSON.stringify(body));
}

/** Answers what is wrong with a request to a local path (RFC 9457, like the deployed routes). */
export function answerProblem(response: ServerResponse, status: number, code: string, detail: string): void {
  answerJson(
    response,
    status,
    { type: "about:blank", title: code.replaceAll("-", " "), status, code, detail },
    { "content-type": "application/problem+json" },
  );
}

/** Answers a page that may load nothing but what this stack serves. */
export function answerHtml(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy":
      "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  });
  response.end(html);
}
