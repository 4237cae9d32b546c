import type { IncomingMessage } from "node:http";
import { readBody } from "../http-gateway/read-body.ts";

const mostBytes = 1024 * 1024;

/** The request's JSON, `undefined` when it has none or it is broken: the schema that reads it says so. */
export async function jsonBody(request: IncomingMessage): Promise<unknown> {
  const body = await readBody(request, mostBytes);
  try {
    return body && JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
