import type { IncomingMessage } from "node:http";

const name = "vestibule_local_session";
const attributes = "Path=/local/issuer; HttpOnly; SameSite=Lax";

/** The session's id in a request's cookies, or the empty text. */
export function sessionIdOf(request: IncomingMessage): string {
  const cookies = (request.headers.cookie ?? "").split(";").map((cookie) => cookie.trim().split("="));
  return cookies.find(([key]) => key === name)?.[1] ?? "";
}

/** Kept until the browser closes. */
export function sessionCookie(id: string): string {
  return `${name}=${id}; ${attributes}`;
}

/** Removes it. */
export const noSessionCookie = `${name}=; ${attributes}; Max-Age=0`;
