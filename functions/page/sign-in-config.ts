import { DEFAULT_TERMS_VERSION } from "@vestibule/domain/registration";
import * as z from "zod";
import { logger } from "../shell/logger.ts";
import { Problem } from "../shell/problem.ts";
import type { PageEnvironment } from "./environment.ts";

const TIMEOUT_MS = 2000;
const RETRY_AFTER_SECONDS = 5;

const endpoint = z.url({ protocol: /^https?$/u });
const discovery = z.object({
  issuer: z.string(),
  authorization_endpoint: endpoint,
  token_endpoint: endpoint,
});

/** What a page needs to sign somebody in with authorization code and PKCE: its `config.json`. */
export type SignInConfig = {
  issuer: string;
  authorizationEndpoint: string;
  tokenEndpoint: string;
  clientId: string;
  redirectUri: string;
  termsVersion: string;
};

type SignInEnvironment = Omit<PageEnvironment, "SOCKET_URL">;

type Discovered = Omit<SignInConfig, "redirectUri">;

async function discover(environment: SignInEnvironment): Promise<Discovered> {
  const base = environment.OIDC_ISSUER.replace(/\/+$/u, "");
  const response = await fetch(`${base}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`discovery answered ${response.status}`);
  const document = discovery.parse(await response.json());
  // OpenID Connect Discovery 4.3: endpoints of another issuer are not to be trusted.
  if (document.issuer !== environment.OIDC_ISSUER) throw new Error("discovery names another issuer");
  return {
    issuer: document.issuer,
    authorizationEndpoint: document.authorization_endpoint,
    tokenEndpoint: document.token_endpoint,
    clientId: environment.OIDC_CLIENT_ID,
    termsVersion: DEFAULT_TERMS_VERSION,
  };
}

/**
 * Asks the issuer where people sign in, once per container; a failure is not kept, so the next request asks again.
 * @returns a function of the page to come back to, which throws Problem 503 while the issuer is down.
 */
export function signInConfig(environment: SignInEnvironment): (page: string) => Promise<SignInConfig> {
  let known: Promise<Discovered> | undefined;

  return async function readSignInConfig(page) {
    known ??= discover(environment);
    try {
      return { ...(await known), redirectUri: `${environment.PAGE_BASE_URL}/${page}` };
    } catch (error) {
      known = undefined;
      logger.warn("issuer unavailable", { reason: error instanceof Error ? error.message : "unknown" });
      throw new Problem(503, "issuer-unavailable", "Signing in is not possible right now.", {
        headers: { "retry-after": String(RETRY_AFTER_SECONDS) },
      });
    }
  };
}
