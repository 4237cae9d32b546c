import type { IncomingMessage, ServerResponse } from "node:http";
import type { LocalContext } from "../contracts.ts";
import { answerHtml } from "../http-gateway/answer.ts";
import { readBody } from "../http-gateway/read-body.ts";
import { requestPath } from "../http-gateway/request-path.ts";
import { type AuthorizeRequest, readAuthorizeRequest } from "./authorize-request.ts";
import { createCode, createSession, findSession } from "./grants.ts";
import { sessionCookie, sessionIdOf } from "./session-cookie.ts";
import { personFromForm } from "./sign-in-form.ts";
import { errorPage, signInPage } from "./sign-in-page.ts";
import type { SignedInPerson } from "./signed-in-person.ts";

const formLimitBytes = 64 * 1024;

/** `GET /authorize`: the sign-in page, unless this browser's session already answers. */
export async function showSignIn(
  request: IncomingMessage,
  response: ServerResponse,
  context: LocalContext,
): Promise<void> {
  const query = new URLSearchParams(requestPath(request).query);
  const read = readAuthorizeRequest(query, context);
  if (read.kind === "unusable") return answerHtml(response, 400, errorPage(read.reason));
  if (read.kind === "refused") return redirectError(response, read.request, read.error, read.reason);
  const person = findSession(sessionIdOf(request), context);
  if (person && mayContinue(person, read.request, context)) {
    return redirectCode(response, read.request, person, context);
  }
  if (read.request.prompt.split(" ").includes("none")) {
    return redirectError(response, read.request, "login_required", "nobody is signed in");
  }
  answerHtml(
    response,
    200,
    signInPage({ query, hint: read.request.login_hint, sessionEmail: person?.email }),
  );
}

/** `POST /authorize`: what was chosen on the page. */
export async function takeSignIn(
  request: IncomingMessage,
  response: ServerResponse,
  context: LocalContext,
): Promise<void> {
  const form = new URLSearchParams((await readBody(request, formLimitBytes))?.toString() ?? "");
  const query = new URLSearchParams(form.get("request") ?? "");
  const read = readAuthorizeRequest(query, context);
  if (read.kind === "unusable") return answerHtml(response, 400, errorPage(read.reason));
  if (read.kind === "refused") return redirectError(response, read.request, read.error, read.reason);
  if (form.has("cancel")) return redirectError(response, read.request, "access_denied", "turned back");
  const person = personFromForm(form, context);
  if (!person) {
    const hint = form.get("email") ?? "";
    const problem = "This is not a mail address.";
    return answerHtml(response, 400, signInPage({ query, hint, problem }));
  }
  if (form.has("remember")) response.setHeader("set-cookie", sessionCookie(createSession(person, context)));
  redirectCode(response, read.request, person, context);
}

function mayContinue(person: SignedInPerson, request: AuthorizeRequest, context: LocalContext): boolean {
  if (/\b(login|select_account)\b/.test(request.prompt)) return false;
  const ageSeconds = context.clock.now() / 1000 - person.authTimeSeconds;
  return request.max_age === undefined || ageSeconds <= request.max_age;
}

function redirectCode(
  response: ServerResponse,
  request: AuthorizeRequest,
  person: SignedInPerson,
  context: LocalContext,
): void {
  redirect(response, request, { code: createCode(request, person, context) });
}

function redirectError(
  response: ServerResponse,
  request: AuthorizeRequest,
  error: string,
  reason: string,
): void {
  redirect(response, request, { error, error_description: reason });
}

function redirect(
  response: ServerResponse,
  request: AuthorizeRequest,
  parameters: Record<string, string>,
): void {
  const target = new URL(request.redirect_uri);
  for (const [name, value] of Object.entries(parameters)) target.searchParams.set(name, value);
  if (request.state !== undefined) target.searchParams.set("state", request.state);
  response.writeHead(303, { location: target.href, "cache-control": "no-store" }).end();
}
