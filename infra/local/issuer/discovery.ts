import type { IncomingMessage, ServerResponse } from "node:http";
import type { LocalContext } from "../contracts.ts";
import { answerJson } from "../http-gateway/answer.ts";
import { issuerKeys, signingAlgorithm } from "./keys.ts";

/** Public documents, readable from any page. */
export const anyOrigin = { "access-control-allow-origin": "*" };

/** `/.well-known/openid-configuration` (OpenID Connect Discovery 1.0). */
export async function answerDiscovery(
  _request: IncomingMessage,
  response: ServerResponse,
  context: LocalContext,
): Promise<void> {
  const base = context.addresses.issuer;
  const document = {
    issuer: context.model.issuer.issuer,
    authorization_endpoint: `${base}/authorize`,
    token_endpoint: `${base}/token`,
    jwks_uri: `${base}/jwks`,
    end_session_endpoint: `${base}/logout`,
    response_types_supported: ["code"],
    response_modes_supported: ["query"],
    grant_types_supported: ["authorization_code"],
    code_challenge_methods_supported: ["S256"],
    token_endpoint_auth_methods_supported: ["none"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: [signingAlgorithm],
    scopes_supported: ["openid", "email", "profile"],
    prompt_values_supported: ["none", "login", "select_account"],
  };
  answerJson(response, 200, document, anyOrigin);
}

/** `/jwks`: the public half of the signing key. */
export async function answerJwks(
  _request: IncomingMessage,
  response: ServerResponse,
  context: LocalContext,
): Promise<void> {
  const { publicJwk } = await issuerKeys(context);
  answerJson(response, 200, { keys: [publicJwk] }, anyOrigin);
}
