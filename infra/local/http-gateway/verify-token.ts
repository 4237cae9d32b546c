import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import * as z from "zod";
import type { LocalContext } from "../contracts.ts";
import { flattenClaims } from "./flatten-claims.ts";
import { perContext } from "./per-context.ts";

export type Authorization =
  | { isAllowed: true; claims: Record<string, string> }
  | { isAllowed: false; challenge: string };

/** HTTP APIs verify RSA signatures only: an issuer with other keys must fail here as it would there. */
const algorithms = ["RS256", "RS384", "RS512"];
const discoverySchema = z.object({ jwks_uri: z.url() });
const keysOf = perContext(() => new Map<string, Promise<JWTVerifyGetKey>>());

/**
 * Tokens that were found good once. The keys stay the same while the stack runs and its clock only moves forward: such
 * a token can only expire, and the same bytes need not be verified with every request.
 */
const goodOf = perContext(() => new Map<string, { expiresAtMs: number; claims: Record<string, string> }>());
const mostKept = 2_000;

/**
 * The JWT authorizer: signature by the issuer's published keys, issuer, audience (`client_id` where there is no `aud`)
 * and times, by the stack's clock.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export async function verifyToken(header: string | undefined, context: LocalContext): Promise<Authorization> {
  const token = header?.replace(/^bearer\s+/i, "").trim();
  if (!token) return { isAllowed: false, challenge: "Bearer" };
  const { issuer, audience } = context.model.httpApi;
  const nowMs = context.clock.now();
  const good = goodOf(context);
  const known = good.get(token);
  if (known && nowMs < known.expiresAtMs) return { isAllowed: true, claims: { ...known.claims } };
  try {
    const key = await issuerKeys(issuer, context);
    const options = { issuer, algorithms, currentDate: new Date(nowMs), requiredClaims: ["exp"] };
    const { payload } = await jwtVerify(token, key, options);
    if (!isMeantFor(payload, audience)) return invalid("the audience is not allowed");
    if (payload.iat !== undefined && payload.iat * 1000 > nowMs)
      return invalid("the token is from the future");
    const claims = flattenClaims(payload);
    if (good.size >= mostKept) good.clear();
    good.set(token, { expiresAtMs: (payload.exp ?? 0) * 1000, claims });
    return { isAllowed: true, claims: { ...claims } };
  } catch (error) {
    if (error instanceof errors.JWTExpired) return invalid("the token has expired");
    if (error instanceof errors.JOSEError) return invalid(error.code);
    return invalid("OIDC discovery endpoint communication error");
  }
}

function issuerKeys(issuer: string, context: LocalContext): Promise<JWTVerifyGetKey> {
  const known = keysOf(context).get(issuer);
  if (known) return known;
  const keys = discoverKeys(issuer);
  keysOf(context).set(issuer, keys);
  keys.catch(() => keysOf(context).delete(issuer));
  return keys;
}

async function discoverKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const response = await fetch(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`);
  if (!response.ok) throw new Error(`discovery answered ${response.status}`);
  return createRemoteJWKSet(new URL(discoverySchema.parse(await response.json()).jwks_uri));
}

function isMeantFor(payload: JWTPayload, audience: string[]): boolean {
  const meant = payload.aud ?? payload["client_id"];
  const list: unknown[] = Array.isArray(meant) ? meant : [meant];
  return list.some((entry) => typeof entry === "string" && audience.includes(entry));
}

function invalid(description: string): Authorization {
  const challenge = `Bearer scope="" error="invalid_token" error_description="${description}"`;
  return { isAllowed: false, challenge };
}
