import type { SignInEnd } from "../sign-in.ts";
import { say } from "./language.ts";

/** What to say about the end of a sign-in, if anything. */
export function signInNotice(end: SignInEnd): string | undefined {
  const { signInCancelled, signInFailed, signInUnavailable } = say();
  switch (end) {
    case "signed-in":
      return undefined;
    case "cancelled":
      return signInCancelled;
    case "failed":
      return signInFailed;
    case "unavailable":
      return signInUnavailable;
  }
}
