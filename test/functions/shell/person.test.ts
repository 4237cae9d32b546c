import { expect, test } from "vitest";
import { personOf } from "../../../functions/shell/person.ts";

type Event = Parameters<typeof personOf>[0];

function withClaims(claims: unknown): Event {
  return { requestContext: { authorizer: { jwt: { claims, scopes: [] } } } } as unknown as Event;
}

const claims = {
  iss: "https://issuer.example.com",
  sub: "1",
  email: "Ada@example.com",
  email_verified: "true",
};

test("INV-6 an address is verified only if the token says so", () => {
  const verified = (value: unknown) =>
    personOf(withClaims({ ...claims, email_verified: value })).isEmailVerified;
  expect([verified("true"), verified(true)]).toEqual([true, true]);
  for (const value of ["false", false, undefined, null, "", "perhaps", 2])
    expect(verified(value)).toBe(false);
});

test("a token without an address is somebody without one, kept as it is written otherwise", () => {
  expect(personOf(withClaims({ ...claims, email: undefined }))).toMatchObject({ email: "" });
  expect(personOf(withClaims(claims))).toMatchObject({ email: "Ada@example.com", firstName: undefined });
});

test.each([undefined, {}, { ...claims, sub: "" }, { ...claims, iss: undefined }])(
  "%j is nobody: 401",
  (given) => {
    expect(() => personOf(withClaims(given))).toThrow(expect.objectContaining({ status: 401 }));
  },
);

test("SHR-9 a second factor is one that the token speaks of: two kinds of proof, not one in the place of another", () => {
  const has = (more: object) => personOf(withClaims({ ...claims, ...more })).hasSecondFactor;
  for (const more of [
    { mfa: "true" },
    { mfa: true },
    { amr: "[pwd mfa]" },
    { amr: ["pwd", "otp"] },
    { amr: "[hwk pin]" },
  ])
    expect(has(more)).toBe(true);
  for (const more of [
    {},
    { mfa: "false" },
    { mfa: "perhaps" },
    { amr: "[pwd]" },
    { amr: "[otp]" },
    { amr: ["hwk"] },
    { amr: "not-mfa" },
    { amr: 7 },
  ])
    expect(has(more)).toBe(false);
});
