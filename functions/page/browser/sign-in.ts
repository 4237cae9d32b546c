import { type Outcome, send } from "./api.ts";
import { claimsOf } from "./identity.ts";
import { fieldsIn, textIn } from "./json.ts";
import { patiently } from "./patience.ts";
import { forget, remember, remembered } from "./session.ts";

/** `cancelled`: the person turned back at the issuer; `unavailable`: the issuer, or the way to it, is down. */
export type SignInEnd = "signed-in" | "cancelled" | "failed" | "unavailable";

function randomText(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

function base64url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/u, "");
}

async function challengeOf(verifier: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
}

/** The page's own configuration: it lies beside its script. */
function readConfig(): Promise<Outcome> {
  return patiently(() => send(new URL("config.json", import.meta.url)));
}

export type SignInWish = {
  /** The address that the issuer is to suggest. */
  email?: string;
  /** The language that its page is to speak. */
  locale: string;
  /** `switch`: as somebody else; `again`: once more, though a session is there (a second factor, a recent sign-in). */
  how?: "switch" | "again";
};

const PROMPTS = { switch: "select_account", again: "login" } as const;

/**
 * Leaves for the issuer's sign-in page: authorization code with PKCE (RFC 7636).
 * @returns only when it cannot leave, with `unavailable`.
 */
export async function leaveForSignIn({ email, locale, how }: SignInWish): Promise<SignInEnd> {
  const config = await readConfig();
  if (!config.ok) return "unavailable";
  const attempt = { state: randomText(), nonce: randomText(), verifier: randomText() };
  remember("attempt", JSON.stringify(attempt));
  const url = new URL(textIn(config.body, "authorizationEndpoint"));
  const query = {
    response_type: "code",
    client_id: textIn(config.body, "clientId"),
    redirect_uri: textIn(config.body, "redirectUri"),
    scope: "openid email profile",
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: await challengeOf(attempt.verifier),
    code_challenge_method: "S256",
    // OpenID Connect's name, and Cognito's.
    ui_locales: locale,
    lang: locale,
    ...(email === undefined || email === "" ? {} : { login_hint: email }),
    ...(how === undefined ? {} : { prompt: PROMPTS[how] }),
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  location.assign(url);
  // The page stays until the other one answers.
  return new Promise(() => undefined);
}

async function exchange(code: string, verifier: string): Promise<Outcome> {
  const config = await readConfig();
  if (!config.ok) return config;
  return send(textIn(config.body, "tokenEndpoint"), {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: textIn(config.body, "clientId"),
      redirect_uri: textIn(config.body, "redirectUri"),
      code,
      code_verifier: verifier,
    }),
  });
}

/** Ends the way back from the issuer: checks the state, exchanges the code, checks the nonce, keeps the token. */
export async function returnFromSignIn(answer: URLSearchParams): Promise<SignInEnd> {
  const attempt = fieldsIn(remembered("attempt") ?? "");
  forget("attempt");
  if (attempt === undefined || answer.get("state") !== textIn(attempt, "state")) return "failed";
  const code = answer.get("code");
  if (code === null) return answer.get("error") === "access_denied" ? "cancelled" : "failed";
  const answered = await exchange(code, textIn(attempt, "verifier"));
  if (!answered.ok) return answered.status === 0 || answered.status === 503 ? "unavailable" : "failed";
  const idToken = textIn(answered.body, "id_token");
  if (textIn(claimsOf(idToken), "nonce") !== textIn(attempt, "nonce")) return "failed";
  remember("idToken", idToken);
  return "signed-in";
}
