import { createClient, type VestibuleClient } from "@vestibule/client/http";
import * as z from "zod";
import type { LocalStack } from "../../infra/local/contracts.ts";
import { type Answer, type RequestParts, send } from "./send.ts";

/** Somebody who is signed in, however far the clock is moved. */
export type Person = {
  email: string;
  userId: string;
  token: () => Promise<string>;
  /** Signs in anew: SHR-2 asks for a sign-in that is not long ago. Claims stay as they were unless others are given. */
  signInAgain: (claims?: Claims) => Promise<void>;
  client: VestibuleClient;
  /** One request in their name, exactly as given. */
  send: (method: string, path: string, parts?: RequestParts) => Promise<Answer>;
};

/** What the issuer says of somebody beside who they are. */
export type Claims = {
  emailVerified?: boolean;
  name?: string;
  /** Whether they signed in with a second factor (SHR-9). */
  mfa?: boolean;
  /** When they signed in, as ISO text or epoch seconds; now unless told (SHR-2). */
  authTime?: string | number;
};

const signedIn = z.object({ token: z.string(), userId: z.string() });

/** The local issuer's tokens live for 12 hours of the stack's time. */
const FRESH_MS = 11 * 60 * 60 * 1000;

let people = 0;

/** An address that nobody of this run has had before. */
export function newAddress(name: string): string {
  people += 1;
  return `${name}.${people}@example.com`;
}

/** Signs somebody in, with an address of their own unless one is given. */
export async function person(
  stack: LocalStack,
  nameOrEmail: string,
  firstClaims: Claims = {},
): Promise<Person> {
  const email = nameOrEmail.includes("@") ? nameOrEmail : newAddress(nameOrEmail);
  const { now } = stack.context.clock;
  let claims = firstClaims;
  const sign = async () => {
    const answer = await send(stack, "POST", "/local/tokens", { body: { email, ...claims } });
    return { ...signedIn.parse(answer.body), signedAt: now() };
  };
  let session = await sign();
  const token = async () => {
    if (now() - session.signedAt > FRESH_MS) session = await sign();
    return session.token;
  };
  return {
    email,
    userId: session.userId,
    token,
    signInAgain: async (changed = {}) => {
      claims = { ...claims, ...changed };
      session = await sign();
    },
    client: createClient({ baseUrl: stack.httpUrl, token }),
    send: async (method, path, parts = {}) =>
      await send(stack, method, path, { token: await token(), ...parts }),
  };
}
