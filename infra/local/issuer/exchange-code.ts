import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { LocalContext } from "../contracts.ts";
import { answerJson } from "../http-gateway/answer.ts";
import { readBody } from "../http-gateway/read-body.ts";
import { anyOrigin } from "./discovery.ts";
import { takeGrant } from "./grants.ts";
import { signAccessToken, signIdToken, tokenLifetimeSeconds } from "./sign-tokens.ts";

const formLimitBytes = 64 * 1024;

/** `POST /token`: a code and its verifier for an ID token and an access token (RFC 6749 4.1.3, RFC 7636 4.6). */
export async function exchangeCode(
  request: IncomingMessage,
  response: ServerResponse,
  context: LocalContext,
): Promise<void> {
  const form = new URLSearchParams((await readBody(request, formLimitBytes))?.toString() ?? "");
  const refuse = (error: string, reason: string) =>
    answerJson(response, 400, { error, error_description: reason }, anyOrigin);
  if (form.get("grant_type") !== "authorization_code") {
    return refuse("unsupported_grant_type", "only authorization_code");
  }
  const grant = takeGrant(form.get("code") ?? "", context);
  if (!grant) return refuse("invalid_grant", "the code is unknown, used or too old");
  const { client_id, redirect_uri, code_challenge, nonce, scope } = grant.request;
  if (form.get("client_id") !== client_id || form.get("redirect_uri") !== redirect_uri) {
    return refuse("invalid_grant", "the code was given to another client or address");
  }
  const verifier = form.get("code_verifier") ?? "";
  if (createHash("sha256").update(verifier).digest("base64url") !== code_challenge) {
    return refuse("invalid_grant", "the verifier does not fit the challenge");
  }
  const idToken = await signIdToken(grant.person, context, { audience: client_id, nonce });
  const accessToken = await signAccessToken(grant.person, client_id, scope, context);
  const tokens = { id_token: idToken, access_token: accessToken, token_type: "Bearer" };
  answerJson(response, 200, { ...tokens, expires_in: tokenLifetimeSeconds, scope }, anyOrigin);
}

/** Pages of any origin may exchange: the verifier is the secret. */
export async function allowAnyOrigin(_request: IncomingMessage, response: ServerResponse): Promise<void> {
  const headers = { "access-control-allow-methods": "GET, POST", "access-control-allow-headers": "*" };
  response.writeHead(204, { ...anyOrigin, ...headers, "access-control-max-age": "3600" }).end();
}
