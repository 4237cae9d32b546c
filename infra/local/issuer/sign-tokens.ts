import { randomUUID } from "node:crypto";
import { type JWTPayload, SignJWT } from "jose";
import type { LocalContext } from "../contracts.ts";
import { issuerKeys, signingAlgorithm } from "./keys.ts";
import { type SignedInPerson, subjectOf } from "./signed-in-person.ts";

export const tokenLifetimeSeconds = 12 * 60 * 60;

/** The ID token, which is what clients of this product carry: an access token of Cognito names no address. */
export function signIdToken(
  person: SignedInPerson,
  context: LocalContext,
  options: { audience?: string; nonce?: string } = {},
): Promise<string> {
  const names = person.name.split(" ");
  const claims = {
    aud: options.audience ?? context.model.issuer.audience[0],
    token_use: "id",
    email: person.email,
    email_verified: person.isEmailVerified,
    name: person.name,
    given_name: names[0],
    ...(names.length > 1 && { family_name: names.slice(1).join(" ") }),
    amr: person.hasSecondFactor ? ["pwd", "mfa"] : ["pwd"],
    mfa: person.hasSecondFactor,
    ...(options.nonce !== undefined && { nonce: options.nonce }),
  };
  return sign(claims, person, context);
}

/** Like Cognito's: for the issuer's own services, without `aud`. */
export function signAccessToken(
  person: SignedInPerson,
  clientId: string,
  scope: string,
  context: LocalContext,
): Promise<string> {
  return sign({ token_use: "access", client_id: clientId, scope }, person, context);
}

async function sign(claims: JWTPayload, person: SignedInPerson, context: LocalContext): Promise<string> {
  const { kid, privateKey } = await issuerKeys(context);
  const nowSeconds = Math.floor(context.clock.now() / 1000);
  return new SignJWT({ ...claims, auth_time: person.authTimeSeconds, jti: randomUUID() })
    .setProtectedHeader({ alg: signingAlgorithm, kid, typ: "JWT" })
    .setIssuer(context.model.issuer.issuer)
    .setSubject(subjectOf(person.email))
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + tokenLifetimeSeconds)
    .sign(privateKey);
}
