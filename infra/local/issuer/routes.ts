import type { LocalRoute } from "../contracts.ts";
import { showSignIn, takeSignIn } from "./authorize.ts";
import { answerDiscovery, answerJwks } from "./discovery.ts";
import { allowAnyOrigin, exchangeCode } from "./exchange-code.ts";
import { issueTestToken } from "./issue-test-token.ts";
import { signOut } from "./sign-out.ts";

const base = "/local/issuer";

/** The local OIDC issuer, and the short cut past its page. */
export const localRoutes: LocalRoute[] = [
  { method: "GET", path: `${base}/.well-known/openid-configuration`, handle: answerDiscovery },
  { method: "GET", path: `${base}/jwks`, handle: answerJwks },
  { method: "GET", path: `${base}/authorize`, handle: showSignIn },
  { method: "POST", path: `${base}/authorize`, handle: takeSignIn },
  { method: "POST", path: `${base}/token`, handle: exchangeCode },
  { method: "OPTIONS", path: `${base}/{rest+}`, handle: allowAnyOrigin },
  { method: "ANY", path: `${base}/logout`, handle: signOut },
  { method: "POST", path: "/local/tokens", handle: issueTestToken },
];
