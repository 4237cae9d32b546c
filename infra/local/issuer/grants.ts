import { randomBytes } from "node:crypto";
import type { LocalContext } from "../contracts.ts";
import { perContext } from "../http-gateway/per-context.ts";
import type { AuthorizeRequest } from "./authorize-request.ts";
import type { SignedInPerson } from "./signed-in-person.ts";

export type Grant = { request: AuthorizeRequest; person: SignedInPerson; expiresAt: number };

const codeLifetimeMs = 5 * 60 * 1000;

const grantsOf = perContext(() => new Map<string, Grant>());
const sessionsOf = perContext(() => new Map<string, SignedInPerson>());

/** A code for one exchange within five minutes. */
export function createCode(request: AuthorizeRequest, person: SignedInPerson, context: LocalContext): string {
  const code = randomBytes(24).toString("base64url");
  grantsOf(context).set(code, { request, person, expiresAt: context.clock.now() + codeLifetimeMs });
  return code;
}

/** What a code stands for; it stands for it once. */
export function takeGrant(code: string, context: LocalContext): Grant | undefined {
  const grant = grantsOf(context).get(code);
  grantsOf(context).delete(code);
  return grant && grant.expiresAt > context.clock.now() ? grant : undefined;
}

/** Keeps somebody signed in at the issuer, for whoever ticked that box. */
export function createSession(person: SignedInPerson, context: LocalContext): string {
  const id = randomBytes(24).toString("base64url");
  sessionsOf(context).set(id, person);
  return id;
}

/** Who is signed in at the issuer. */
export function findSession(id: string, context: LocalContext): SignedInPerson | undefined {
  return sessionsOf(context).get(id);
}

/** Signs out at the issuer. */
export function endSession(id: string, context: LocalContext): void {
  sessionsOf(context).delete(id);
}
