import { call, type Outcome, type Refusal } from "../api.ts";
import { currentIdentity } from "../identity.ts";
import type { Fields } from "../json.ts";
import { forget } from "../session.ts";

/** A token that ran out on this page is what the service would refuse with this. */
const SIGNED_OUT: Refusal = { ok: false, status: 401, code: "unauthenticated", requestId: "", data: {} };

let whenSignedOut: () => void = () => undefined;

/** What is to happen when the service no longer knows who asks. */
export function onSignedOut(react: () => void): void {
  whenSignedOut = react;
}

type Question = { body?: Fields; headers?: Record<string, string>; isRepeatable?: boolean };

/** A request to the API, a path below `/v1/`, in the name of whoever is signed in. It never throws. */
export async function ask(method: string, path: string, question: Question = {}): Promise<Outcome> {
  const identity = currentIdentity();
  const answer =
    identity === undefined
      ? SIGNED_OUT
      : await call(method, path, { ...question, idToken: identity.idToken });
  // SHR-2: a sign-in that is not recent enough for one act is still one.
  if (!answer.ok && answer.status === 401 && answer.code !== "reauthentication-required") {
    forget("idToken");
    whenSignedOut();
  }
  return answer;
}
