import { createHash, randomBytes } from "node:crypto";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { userIdOf as userIdOfFunctions } from "../../../functions/shell/ids.ts";
import { subjectOf } from "../../../infra/local/issuer/signed-in-person.ts";
import { userIdOf } from "../../../infra/local/issuer/user-id.ts";
import { type Gateway, startGateway } from "./fixture.ts";

const redirectUri = "http://127.0.0.1:5173/invite";

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway({ closed: () => ({ statusCode: 200 }) });
});
afterAll(() => gateway.close());

function post(body: unknown) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return fetch(`${gateway.baseUrl}/local/tokens`, { method: "POST", body: text });
}

describe("POST /local/tokens", () => {
  test("signs an ID token for the first audience, good for 12 hours of the stack's time", async () => {
    gateway.context.clock.advance(1000);
    const nowSeconds = Math.floor(gateway.context.clock.now() / 1000);
    const answer = await (await post({ email: "Jane.van-Doe@Example.com" })).json();
    const { token, sub, userId } = answer as { token: string; sub: string; userId: string };
    const claims = decodeJwt(token);
    expect(claims).toMatchObject({
      iss: `${gateway.baseUrl}/local/issuer`,
      aud: "vestibule",
      sub,
      email: "Jane.van-Doe@Example.com",
      email_verified: true,
      amr: ["pwd"],
      mfa: false,
      name: "Jane Van Doe",
      given_name: "Jane",
      family_name: "Van Doe",
    });
    expect(claims.iat).toBeGreaterThanOrEqual(nowSeconds);
    expect(claims["auth_time"]).toBe(claims.iat);
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(12 * 3600);
    expect(userId).toBe(userIdOf(String(claims.iss), sub));
  });

  test("takes everything it is told", async () => {
    const body = { email: "a@b.c", emailVerified: false, mfa: true, authTime: 1_700_000_000, name: "Zoë" };
    const { token } = (await (await post(body)).json()) as { token: string };
    const claims = decodeJwt(token);
    expect(claims).toMatchObject({
      email_verified: false,
      mfa: true,
      amr: ["pwd", "mfa"],
      given_name: "Zoë",
    });
    expect(claims).toMatchObject({ auth_time: 1_700_000_000 });
    expect(claims).not.toHaveProperty("family_name");
  });

  test.each([["2023-11-14T22:13:20.000Z"], [1_700_000_000_123]])("authTime may be %j", async (authTime) => {
    const { token } = (await (await post({ email: "a@b.c", authTime })).json()) as { token: string };
    expect(decodeJwt(token)["auth_time"]).toBe(1_700_000_000);
  });

  test.each([
    ["{"],
    [[]],
    [{}],
    [{ email: "nobody" }],
    [{ email: 1 }],
    [{ email: "a@b.c", mfa: "yes" }],
    [{ email: "a@b.c", unknown: 1 }],
    [{ email: "a@b.c", authTime: "yesterday" }],
  ])("%j is refused", async (body) => {
    const response = await post(body);
    expect([response.status, response.headers.get("content-type")]).toEqual([
      400,
      "application/problem+json",
    ]);
    expect(await response.json()).toMatchObject({ status: 400, code: "invalid-body" });
  });

  test("the same address, however written, is the same person", () => {
    expect(subjectOf("Ada@Example.com")).toBe(subjectOf("ada@example.COM"));
    expect(subjectOf("ada@example.com")).not.toBe(subjectOf("bob@example.com"));
    expect(subjectOf("ada@example.com")).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  test("userId is what the functions compute", () => {
    for (const email of ["a@b.c", "ada@example.com", "x@y.z"]) {
      const sub = subjectOf(email);
      expect(userIdOf("https://issuer", sub)).toBe(userIdOfFunctions("https://issuer", sub));
    }
  });
});

type Discovery = { authorization_endpoint: string; token_endpoint: string; end_session_endpoint: string };

async function discover(): Promise<Discovery> {
  const response = await fetch(`${gateway.baseUrl}/local/issuer/.well-known/openid-configuration`);
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
  return (await response.json()) as Discovery;
}

const verifier = randomBytes(32).toString("base64url");

function authorizeQuery(change: Record<string, string> = {}): URLSearchParams {
  return new URLSearchParams({
    response_type: "code",
    client_id: "vestibule",
    redirect_uri: redirectUri,
    scope: "openid email",
    state: "s&1",
    nonce: "n1",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    ...change,
  });
}

async function signIn(fields: Record<string, string>, change: Record<string, string> = {}) {
  const { authorization_endpoint } = await discover();
  const body = new URLSearchParams({ request: authorizeQuery(change).toString(), ...fields });
  return fetch(authorization_endpoint, { method: "POST", body, redirect: "manual" });
}

function target(response: Response): URL {
  expect(response.status).toBe(303);
  return new URL(response.headers.get("location") ?? "");
}

async function exchange(code: string, change: Record<string, string> = {}) {
  const body = new URLSearchParams({
    grant_type: "authorization_code",
    client_id: "vestibule",
    redirect_uri: redirectUri,
    code,
    code_verifier: verifier,
    ...change,
  });
  const response = await fetch((await discover()).token_endpoint, { method: "POST", body });
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

describe("the sign-in", () => {
  test("page offers the hinted address and test people, works without script, and escapes", async () => {
    const { authorization_endpoint } = await discover();
    const query = authorizeQuery({ login_hint: '"><script>@example.com' });
    const response = await fetch(`${authorization_endpoint}?${query}`);
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(html).toContain('value="&quot;&gt;&lt;script&gt;@example.com"');
    expect(html).toContain("lea.martin@example.com");
    expect(html).not.toContain("<script");
  });

  test("ends in a code that PKCE exchanges, once, for a token the API accepts", async () => {
    const back = target(await signIn({ email: "Ada@example.com", verified: "on", mfa: "on" }));
    expect(back.origin + back.pathname).toBe(redirectUri);
    expect(back.searchParams.get("state")).toBe("s&1");
    const code = back.searchParams.get("code") ?? "";
    const { status, body } = await exchange(code);
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: "Bearer", scope: "openid email" });
    const claims = decodeJwt(body["id_token"] ?? "");
    expect(claims).toMatchObject({ email: "Ada@example.com", email_verified: true, mfa: true, nonce: "n1" });
    expect(claims.sub).toBe(subjectOf("ada@example.com"));
    expect(decodeJwt(body["access_token"] ?? "")).toMatchObject({
      client_id: "vestibule",
      token_use: "access",
    });
    const headers = { authorization: `Bearer ${body["id_token"]}` };
    expect((await fetch(`${gateway.baseUrl}/v1/me`, { headers })).status).toBe(200);
    expect(await exchange(code)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });

  test("as a test person, whose address nobody verified", async () => {
    const back = target(await signIn({ email: "", person: "lea.martin@example.com" }));
    const { body } = await exchange(back.searchParams.get("code") ?? "");
    expect(decodeJwt(body["id_token"] ?? "")).toMatchObject({ name: "Léa Martin", email_verified: false });
  });

  test.each([
    ["another verifier", { code_verifier: "x".repeat(43) }],
    ["another client", { client_id: "other" }],
    ["another address", { redirect_uri: "http://127.0.0.1:1/" }],
  ])("does not work with %s", async (_what, change) => {
    const code = target(await signIn({ email: "a@b.c" })).searchParams.get("code") ?? "";
    expect(await exchange(code, change)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });

  test("does not work with a code of five minutes ago", async () => {
    const code = target(await signIn({ email: "a@b.c" })).searchParams.get("code") ?? "";
    gateway.context.clock.advance(301);
    expect(await exchange(code)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });

  test.each([
    ["without PKCE", { code_challenge: "" }, "invalid_request"],
    ["with a plain challenge", { code_challenge_method: "plain" }, "invalid_request"],
    ["for a token in the address", { response_type: "token" }, "unsupported_response_type"],
    ["without openid", { scope: "email" }, "invalid_scope"],
  ])("%s is refused by redirect", async (_what, change, error) => {
    const { authorization_endpoint } = await discover();
    const response = await fetch(`${authorization_endpoint}?${authorizeQuery(change)}`, {
      redirect: "manual",
    });
    expect(target(response).searchParams.get("error")).toBe(error);
  });

  test.each([
    ["an unknown client", { client_id: "other" }],
    ["an address elsewhere", { redirect_uri: "https://evil.example.com/" }],
    ["a script for an address", { redirect_uri: "javascript:alert(1)" }],
  ])("for %s is refused on a page, without a redirect", async (_what, change) => {
    const { authorization_endpoint } = await discover();
    const response = await fetch(`${authorization_endpoint}?${authorizeQuery(change)}`, {
      redirect: "manual",
    });
    expect(response.status).toBe(400);
  });

  test("says what is no address, and lets people turn back", async () => {
    const response = await signIn({ email: "nobody" });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("not a mail address");
    expect(target(await signIn({ email: "", cancel: "1" })).searchParams.get("error")).toBe("access_denied");
  });
});

describe("the issuer's session", () => {
  async function ask(cookie: string, change: Record<string, string> = {}) {
    const { authorization_endpoint } = await discover();
    const url = `${authorization_endpoint}?${authorizeQuery(change)}`;
    return fetch(url, { headers: { cookie }, redirect: "manual" });
  }

  test("is kept only for who asks for it, answers until a new sign-in is wanted, and ends", async () => {
    expect((await signIn({ email: "a@b.c" })).headers.getSetCookie()).toEqual([]);
    const [set = ""] = (await signIn({ email: "a@b.c", remember: "on" })).headers.getSetCookie();
    expect(set).toContain("HttpOnly");
    const cookie = set.split(";")[0] ?? "";

    expect(target(await ask(cookie)).searchParams.get("code")).toBeTruthy();
    expect(target(await ask(cookie, { prompt: "none" })).searchParams.get("code")).toBeTruthy();
    expect((await ask(cookie, { prompt: "login" })).status).toBe(200);
    expect(await (await ask(cookie, { prompt: "select_account" })).text()).toContain("Signed in here");
    gateway.context.clock.advance(61);
    expect((await ask(cookie, { max_age: "60" })).status).toBe(200);
    expect(target(await ask("", { prompt: "none" })).searchParams.get("error")).toBe("login_required");

    const out = new URL((await discover()).end_session_endpoint);
    out.searchParams.set("post_logout_redirect_uri", redirectUri);
    const response = await fetch(out, { headers: { cookie }, redirect: "manual" });
    expect(target(response).href).toBe(redirectUri);
    expect((await ask(cookie)).status).toBe(200);
  });

  test("ends on a page rather than elsewhere", async () => {
    const { end_session_endpoint } = await discover();
    const url = `${end_session_endpoint}?post_logout_redirect_uri=https://evil.example.com`;
    expect((await fetch(url, { redirect: "manual" })).status).toBe(200);
  });
});
