import { forget } from "../session.ts";

/** A fresh start: whoever has to sign in comes back to where they were. */
export function signInAgain(): void {
  forget("idToken");
  location.reload();
}

/** A fresh start as somebody else, with nothing kept of the one before. */
export function changeAccount(): void {
  forget("idToken", "organization", "chat");
  location.assign(`${location.pathname}?switch`);
}

/** Back to the choice; a fresh start closes what is open. */
export function leaveOrganization(): void {
  forget("organization");
  location.assign(`${location.pathname}?choose`);
}
