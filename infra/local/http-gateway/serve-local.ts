import type { IncomingMessage, ServerResponse } from "node:http";
import type { LocalContext, LocalRoute } from "../contracts.ts";
import { answerProblem } from "./answer.ts";
import type { RequestPath } from "./request-path.ts";
import type { RouteTable } from "./route-table.ts";

/** What exists on this machine only; everything else is the deployed API's. */
export function isLocalPath(path: string): boolean {
  return /^\/(local|_ses|_connections)(\/|$)/.test(path) || path === "/";
}

/** Hands a request to its local route; a failure there is a defect of the stack, and said as such. */
export async function serveLocal(
  request: IncomingMessage,
  response: ServerResponse,
  location: RequestPath,
  routes: RouteTable<LocalRoute>,
  context: LocalContext,
): Promise<void> {
  const match = location.segments && routes(request.method ?? "GET", location.segments);
  if (!match) return answerProblem(response, 404, "not-found", `no local route ${location.path}`);
  try {
    await match.route.handle(request, response, context, match.parameters);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    context.log.add({ kind: "event", text: `${request.method} ${location.path} failed: ${text}` });
    if (response.headersSent) response.destroy();
    else answerProblem(response, 500, "local-stack-error", text);
  }
}
