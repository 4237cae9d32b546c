import type { webcrypto } from "node:crypto";
import { generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { flattenClaims } from "../../../infra/local/http-gateway/flatten-claims.ts";
import { issuerKeys } from "../../../infra/local/issuer/keys.ts";
import { type Gateway, startGateway } from "./fixture.ts";

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway({ closed: () => ({ statusCode: 200 }) });
});
beforeEach(() => gateway.invocations.splice(0));
afterAll(() => gateway.close());

function ask(authorization?: string) {
  return fetch(`${gateway.baseUrl}/v1/me`, { headers: authorization === undefined ? {} : { authorization } });
}

/** A token of the issuer's own key that differs from a good one in one point. */
async function forged(change: Record<string, unknown>, key?: webcrypto.CryptoKey): Promise<string> {
  const { kid, privateKey } = await issuerKeys(gateway.context);
  const nowSeconds = Math.floor(gateway.context.clock.now() / 1000);
  const good = {
    iss: gateway.context.model.httpApi.issuer,
    aud: "vestibule",
    sub: "s",
    iat: nowSeconds,
    exp: nowSeconds + 60,
  };
  return new SignJWT({ ...good, ...change })
    .setProtectedHeader({ alg: "RS256", kid })
    .sign(key ?? privateKey);
}

async function expectRefused(authorization: string | undefined, challenge: RegExp): Promise<void> {
  const response = await ask(authorization);
  expect([response.status, await response.json()]).toEqual([401, { message: "Unauthorized" }]);
  expect(response.headers.get("www-authenticate")).toMatch(challenge);
  expect(gateway.invocations).toEqual([]);
}

test("a good token's claims reach the function as strings", async () => {
  const token = await gateway.token({ email: "Lea@Example.com", mfa: true });
  expect((await ask(`Bearer ${token}`)).status).toBe(200);
  const jwt = gateway.invocations[0]?.event.requestContext.authorizer.jwt;
  expect(jwt.scopes).toBeNull();
  expect(jwt.claims).toMatchObject({
    iss: `${gateway.baseUrl}/local/issuer`,
    aud: "vestibule",
    email: "Lea@Example.com",
    email_verified: "true",
    mfa: "true",
    amr: "[pwd mfa]",
  });
  expect(jwt.claims.exp).toMatch(/^\d{10}$/);
});

test("the scheme is optional", async () => {
  expect((await ask(await gateway.token())).status).toBe(200);
});

test("no token, no access", () => expectRefused(undefined, /^Bearer$/));
test("nonsense is refused", () => expectRefused("Bearer nonsense", /invalid_token/));
test("another audience is refused", async () => {
  await expectRefused(`Bearer ${await forged({ aud: "other" })}`, /audience/);
});
test("another issuer is refused", async () => {
  await expectRefused(`Bearer ${await forged({ iss: "https://evil.example.com" })}`, /invalid_token/);
});
test("a token from the future is refused", async () => {
  const nbf = Math.floor(gateway.context.clock.now() / 1000) + 60;
  await expectRefused(`Bearer ${await forged({ nbf })}`, /invalid_token/);
});
test("a token that never expires is refused", async () => {
  await expectRefused(`Bearer ${await forged({ exp: undefined })}`, /invalid_token/);
});
test("another key's signature is refused", async () => {
  const { privateKey } = await generateKeyPair("RS256");
  await expectRefused(`Bearer ${await forged({}, privateKey)}`, /invalid_token/);
});
test("client_id stands in for a missing audience", async () => {
  expect((await ask(`Bearer ${await forged({ aud: undefined, client_id: "vestibule" })}`)).status).toBe(200);
});
test("a token expires by the stack's clock", async () => {
  const token = await gateway.token();
  gateway.context.clock.advance(12 * 3600 - 60);
  expect((await ask(`Bearer ${token}`)).status).toBe(200);
  gateway.invocations.splice(0);
  gateway.context.clock.advance(61);
  await expectRefused(`Bearer ${token}`, /expired/);
});

test("claims flatten as API Gateway flattens them", () => {
  expect(
    flattenClaims({ a: true, b: 1, c: ["x", 2, false], d: { z: 1, y: ["q"] }, e: null, f: "t" }),
  ).toEqual({
    a: "true",
    b: "1",
    c: "[x 2 false]",
    d: "map[y:[q] z:1]",
    e: "<nil>",
    f: "t",
  });
});
