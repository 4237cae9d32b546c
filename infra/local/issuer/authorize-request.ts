import * as z from "zod";
import type { LocalContext } from "../contracts.ts";

const requestSchema = z.object({
  client_id: z.string(),
  redirect_uri: z.string(),
  response_type: z.string().default(""),
  code_challenge: z.string().default(""),
  code_challenge_method: z.string().default("plain"),
  scope: z.string().default("openid"),
  state: z.string().optional(),
  nonce: z.string().optional(),
  prompt: z.string().default(""),
  login_hint: z.string().default(""),
  max_age: z.coerce.number().optional().catch(undefined),
});

export type AuthorizeRequest = z.infer<typeof requestSchema>;

export type ReadRequest =
  | { kind: "valid"; request: AuthorizeRequest }
  /** Said on a page: an address that cannot be trusted gets no redirect. */
  | { kind: "unusable"; reason: string }
  /** Said to the client, by redirect. */
  | { kind: "refused"; request: AuthorizeRequest; error: string; reason: string };

/** Reads and checks an authorization request (RFC 6749 4.1.1, RFC 7636, OpenID Connect Core 3.1.2.1). */
export function readAuthorizeRequest(query: URLSearchParams, context: LocalContext): ReadRequest {
  const parsed = requestSchema.safeParse(Object.fromEntries(query));
  if (!parsed.success) return { kind: "unusable", reason: z.prettifyError(parsed.error) };
  const request = parsed.data;
  if (!context.model.issuer.audience.includes(request.client_id)) {
    return { kind: "unusable", reason: `Unknown client_id "${request.client_id}".` };
  }
  if (!isOnThisMachine(request.redirect_uri)) {
    return { kind: "unusable", reason: "The local issuer sends people to addresses of this machine only." };
  }
  const refuse = (error: string, reason: string): ReadRequest => ({
    kind: "refused",
    request,
    error,
    reason,
  });
  if (request.response_type !== "code") return refuse("unsupported_response_type", "only code");
  if (request.code_challenge_method !== "S256" || !/^[\w-]{43}$/.test(request.code_challenge)) {
    return refuse("invalid_request", "PKCE with S256 is required");
  }
  if (!request.scope.split(" ").includes("openid")) return refuse("invalid_scope", "openid is missing");
  return { kind: "valid", request };
}

/** Where a redirect may lead: a real issuer has a list of addresses per client, this one knows only its machine. */
export function isOnThisMachine(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return /^https?:$/.test(protocol) && ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
}
