import * as z from "zod";
import type { LocalStack } from "../../../../infra/local/contracts.ts";
import { tableOf } from "../../../support/seeded-members.ts";
import { type Answer, send } from "../../../support/send.ts";
import { untilServed } from "../../../support/until-served.ts";

/** One request that was answered. */
export type Asked = { readonly method: string; readonly path: string; readonly answer: Answer };

/** What somebody's token says, beside who they are. */
export type Claims = {
  readonly emailVerified?: boolean;
  readonly mfa?: boolean;
  readonly signedInSecondsAgo?: number;
};

/** Somebody who is signed in. */
export type Actor = {
  readonly email: string;
  readonly userId: string;
  readonly ask: (
    method: string,
    path: string,
    body?: object,
    headers?: Record<string, string>,
  ) => Promise<Answer>;
};

export type Stage = {
  readonly stack: LocalStack;
  readonly table: ReturnType<typeof tableOf>;
  readonly now: () => number;
  /** Every request of the matrix, for what it covers. */
  readonly asked: Asked[];
  readonly signIn: (email: string, claims?: Claims) => Promise<Actor>;
  /** Without signing in. */
  readonly ask: (method: string, path: string, body?: object) => Promise<Answer>;
};

const signedIn = z.object({ token: z.string(), userId: z.string() });

/** Tokens are made anew before their sign-in is no longer recent (SHR-2). */
const FRESH_MS = 10 * 60_000;

/** The stack with the people before it; whoever signs in has a verified address and a second factor unless told otherwise. */
export function openStage(stack: LocalStack): Stage {
  const { now } = stack.context.clock;
  const asked: Asked[] = [];
  const sessions = new Map<string, { token: string; userId: string; at: number }>();

  async function request(
    method: string,
    path: string,
    parts: { token?: string; body?: object | undefined; headers?: Record<string, string> | undefined },
  ): Promise<Answer> {
    const { token, body, headers } = parts;
    const answer = await untilServed(() =>
      send(stack, method, path, {
        token,
        ...(body === undefined ? {} : { body }),
        ...(headers === undefined ? {} : { headers }),
      }),
    );
    asked.push({ method, path, answer });
    return answer;
  }

  async function session(email: string, claims: Claims) {
    const key = `${email} ${JSON.stringify(claims)}`;
    const known = sessions.get(key);
    if (known !== undefined && now() - known.at < FRESH_MS) return known;
    const { signedInSecondsAgo, ...rest } = claims;
    const authTime = signedInSecondsAgo === undefined ? {} : { authTime: now() / 1_000 - signedInSecondsAgo };
    const answer = await send(stack, "POST", "/local/tokens", {
      body: { email, mfa: true, ...rest, ...authTime },
    });
    const made = { ...signedIn.parse(answer.body), at: now() };
    sessions.set(key, made);
    return made;
  }

  return {
    stack,
    table: tableOf(stack),
    now,
    asked,
    async signIn(email, claims = {}) {
      const { userId } = await session(email, claims);
      return {
        email,
        userId,
        ask: async (method, path, body, headers) =>
          await request(method, path, { token: (await session(email, claims)).token, body, headers }),
      };
    },
    ask: async (method, path, body) => await request(method, path, { body }),
  };
}

/** What an answer says; @throws when it refuses */
export function told<Shape extends z.ZodType>(shape: Shape, answer: Answer): z.infer<Shape> {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return shape.parse(answer.body);
}

/** Only that it was done. @throws when it was refused */
export function done(answer: Answer): Answer {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer;
}
