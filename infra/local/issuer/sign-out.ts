import type { IncomingMessage, ServerResponse } from "node:http";
import type { LocalContext } from "../contracts.ts";
import { answerHtml } from "../http-gateway/answer.ts";
import { requestPath } from "../http-gateway/request-path.ts";
import { isOnThisMachine } from "./authorize-request.ts";
import { endSession } from "./grants.ts";
import { noSessionCookie, sessionIdOf } from "./session-cookie.ts";
import { signedOutPage } from "./sign-in-page.ts";

/** `/logout`: ends the issuer's session, then back (`logout_uri` is Cognito's name for the address). */
export async function signOut(
  request: IncomingMessage,
  response: ServerResponse,
  context: LocalContext,
): Promise<void> {
  endSession(sessionIdOf(request), context);
  response.setHeader("set-cookie", noSessionCookie);
  const query = new URLSearchParams(requestPath(request).query);
  const back = query.get("post_logout_redirect_uri") ?? query.get("logout_uri") ?? "";
  if (!isOnThisMachine(back)) return answerHtml(response, 200, signedOutPage());
  const target = new URL(back);
  const state = query.get("state");
  if (state !== null) target.searchParams.set("state", state);
  response.writeHead(303, { location: target.href, "cache-control": "no-store" }).end();
}
