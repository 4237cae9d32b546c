import type { IncomingMessage } from "node:http";
import type { CorsModel } from "../contracts.ts";

/** A preflight is answered by the gateway itself, whatever the routes say. */
export function isPreflight(request: IncomingMessage, cors: CorsModel | undefined): boolean {
  return (
    cors !== undefined &&
    request.method === "OPTIONS" &&
    request.headers.origin !== undefined &&
    request.headers["access-control-request-method"] !== undefined
  );
}

/** An origin that is not allowed gets the same 204 without a single CORS header. */
export function preflightHeaders(origin: string | undefined, cors: CorsModel): Record<string, string> {
  const shared = sharedHeaders(origin, cors);
  if (!shared) return {};
  return {
    ...shared,
    ...(cors.allowMethods.length > 0 && { "access-control-allow-methods": cors.allowMethods.join(",") }),
    ...(cors.allowHeaders.length > 0 && { "access-control-allow-headers": cors.allowHeaders.join(",") }),
    "access-control-max-age": String(cors.maxAgeSeconds),
  };
}

/** What the gateway adds to every answer to a browser on an allowed origin. */
export function corsHeaders(origin: string | undefined, cors: CorsModel | undefined): Record<string, string> {
  const shared = cors && sharedHeaders(origin, cors);
  if (!shared) return {};
  return {
    ...shared,
    ...(cors.exposeHeaders.length > 0 && { "access-control-expose-headers": cors.exposeHeaders.join(",") }),
  };
}

function sharedHeaders(origin: string | undefined, cors: CorsModel): Record<string, string> | undefined {
  const allowed = origin === undefined ? undefined : allowedOrigin(origin, cors.allowOrigins);
  if (allowed === undefined) return undefined;
  return {
    "access-control-allow-origin": allowed,
    ...(cors.allowsCredentials && { "access-control-allow-credentials": "true" }),
  };
}

/** Besides full origins API Gateway knows `*`, `http://*` and `https://*`. */
function allowedOrigin(origin: string, allowed: string[]): string | undefined {
  if (allowed.includes("*")) return "*";
  const scheme = `${origin.split("://")[0]}://*`;
  return allowed.includes(origin) || allowed.includes(scheme) ? origin : undefined;
}
