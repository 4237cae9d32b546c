import type { APIGatewayProxyEventV2WithJWTAuthorizer } from "aws-lambda";
import * as z from "zod";
import { userIdOf } from "./ids.ts";
import { Problem } from "./problem.ts";
import type { Person } from "./route.ts";

// The gateway hands every claim on as text; a truth value arrives as "true".
const truth = z.union([z.boolean(), z.stringbool()]).catch(false);

const claims = z.object({
  iss: z.string().min(1),
  sub: z.string().min(1),
  email: z.string().max(320).catch(""),
  email_verified: truth,
  given_name: z.string().optional().catch(undefined),
  family_name: z.string().optional().catch(undefined),
  /** Seconds since the epoch (OpenID Connect Core 2). */
  auth_time: z.coerce.number().int().positive().optional().catch(undefined),
  mfa: truth,
  /** The gateway writes a list as `[pwd mfa]`. */
  amr: z.union([z.array(z.string()), z.string().transform((text) => text.split(/[^a-z0-9_-]+/iu))]).catch([]),
});

/**
 * Methods by what somebody has, and by what they know or are: https://www.rfc-editor.org/rfc/rfc8176#section-2. A code that
 * is mailed in place of a password is an `otp` too, and one factor alone.
 */
const HAS: ReadonlySet<string> = new Set(["otp", "hwk"]);
const KNOWS_OR_IS: ReadonlySet<string> = new Set(["pwd", "pin", "fpt", "face", "iris", "retina", "vbm"]);

/** SHR-9: whether these methods are two factors, or are said to be. */
function isMultiFactor(methods: readonly string[]): boolean {
  if (methods.includes("mfa")) return true;
  return methods.some((method) => HAS.has(method)) && methods.some((method) => KNOWS_OR_IS.has(method));
}

/** The signed-in person, from the claims that the gateway verified. @throws Problem 401 */
export function personOf(event: Pick<APIGatewayProxyEventV2WithJWTAuthorizer, "requestContext">): Person {
  const parsed = claims.safeParse(event.requestContext.authorizer?.jwt?.claims);
  if (!parsed.success) throw new Problem(401, "unauthenticated", "Please sign in.");
  const { iss, sub, email, email_verified, given_name, family_name, auth_time, mfa, amr } = parsed.data;
  return {
    userId: userIdOf(iss, sub),
    email,
    isEmailVerified: email_verified,
    firstName: given_name,
    lastName: family_name,
    signedInAt: auth_time === undefined ? undefined : auth_time * 1_000,
    hasSecondFactor: mfa || isMultiFactor(amr),
  };
}
