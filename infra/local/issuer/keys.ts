import { randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair, type JWK } from "jose";
import { perContext } from "../http-gateway/per-context.ts";

export const signingAlgorithm = "RS256";

/** One RSA key per run (HTTP APIs verify no other kind); tokens end with the stack that signed them. */
export const issuerKeys = perContext(async () => {
  const { privateKey, publicKey } = await generateKeyPair(signingAlgorithm);
  const kid = randomUUID();
  const publicJwk: JWK = { ...(await exportJWK(publicKey)), kid, alg: signingAlgorithm, use: "sig" };
  return { kid, privateKey, publicJwk };
});
