import type { IncomingMessage, ServerResponse } from "node:http";
import * as z from "zod";
import type { LocalContext } from "../contracts.ts";
import { answerJson, answerProblem } from "../http-gateway/answer.ts";
import { readBody } from "../http-gateway/read-body.ts";
import { signIdToken } from "./sign-tokens.ts";
import { isAddress, nameFromAddress, subjectOf } from "./signed-in-person.ts";
import { userIdOf } from "./user-id.ts";

const bodyLimitBytes = 64 * 1024;
/** Numbers from here on cannot be seconds of this millennium: milliseconds, then. */
const firstMilliseconds = 1e11;

const time = z
  .union([z.number().min(0), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text) / 1000)])
  .transform((value) => Math.floor(value >= firstMilliseconds ? value / 1000 : value));

const bodySchema = z.strictObject({
  email: z.string().refine(isAddress, "not a mail address"),
  emailVerified: z.boolean().default(true),
  mfa: z.boolean().default(false),
  authTime: time.optional(),
  name: z.string().trim().min(1).max(200).optional(),
});

/** `POST /local/tokens`: signs somebody in without a page, for tests and scripts. */
export async function issueTestToken(
  request: IncomingMessage,
  response: ServerResponse,
  context: LocalContext,
): Promise<void> {
  const parsed = bodySchema.safeParse(parseJson(await readBody(request, bodyLimitBytes)));
  if (!parsed.success) return answerProblem(response, 400, "invalid-body", z.prettifyError(parsed.error));
  const { email, emailVerified, mfa, authTime, name } = parsed.data;
  const person = {
    email,
    isEmailVerified: emailVerified,
    hasSecondFactor: mfa,
    authTimeSeconds: authTime ?? Math.floor(context.clock.now() / 1000),
    name: name ?? nameFromAddress(email),
  };
  const sub = subjectOf(email);
  const token = await signIdToken(person, context);
  answerJson(response, 200, { token, sub, userId: userIdOf(context.model.issuer.issuer, sub) });
}

function parseJson(body: Buffer | undefined): unknown {
  try {
    return JSON.parse(body?.toString() ?? "");
  } catch {
    return undefined;
  }
}
