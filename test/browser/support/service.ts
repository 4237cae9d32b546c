import type { Page } from "playwright-core";

/** What the service answers: a status and a body; `offline`: nothing at all. */
export type Said = { status: number; body: object } | "offline";

export function ok(body: object): Said {
  return { status: 200, body };
}

export function problem(status: number, code: string, data: object = {}): Said {
  return { status, body: { type: "about:blank", status, code, instance: "request-1", ...data } };
}

/** Answers for the service: by the end of the path, what it says now. @returns what it was asked */
export async function answerFor(page: Page, said: Record<string, Said>) {
  await page.unroute("**/v1/**");
  const asked: { path: string; body: unknown; authorization: string | undefined }[] = [];
  await page.route("**/v1/**", async (route) => {
    const request = route.request();
    const path = new URL(request.url()).pathname;
    asked.push({ path, body: request.postDataJSON(), authorization: request.headers()["authorization"] });
    const answer = Object.entries(said).find(([end]) => path.endsWith(end))?.[1] ?? problem(404, "not-found");
    if (answer === "offline") await route.abort();
    else await route.fulfill({ status: answer.status, json: answer.body });
  });
  return asked;
}

/** A token as the issuer's, with a signature that nobody checks here. */
export function tokenOf(claims: { email: string } & Record<string, unknown>): string {
  const text = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const expiry = Math.floor(Date.now() / 1000) + 3600;
  return `${text({ alg: "none" })}.${text({ exp: expiry, given_name: "Gil", ...claims })}.${text({})}`;
}

const KEPT = "vestibule.id-token";

/** Who is signed in in this tab, from the next step on. */
export async function signInAs(page: Page, email: string | undefined): Promise<void> {
  const token = email === undefined ? "" : tokenOf({ email });
  await page.evaluate(`sessionStorage.setItem(${JSON.stringify(KEPT)}, ${JSON.stringify(token)})`);
}
