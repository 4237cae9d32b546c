import { type Fields, fieldsIn, textIn } from "./json.ts";
import { forget, remembered } from "./session.ts";

/** Who is signed in, as far as the page needs to know. The service verifies the token; the page only reads it. */
export type Identity = { idToken: string; email: string; firstName: string; lastName: string };

/** The claims of a token, unverified. */
export function claimsOf(idToken: string): Fields | undefined {
  const payload = (idToken.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
  try {
    const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
    return fieldsIn(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** The person signed in in this tab; nobody once the token has run out. */
export function currentIdentity(): Identity | undefined {
  const idToken = remembered("idToken");
  if (idToken === undefined) return undefined;
  const claims = claimsOf(idToken);
  const expiresAt = Number(claims?.["exp"] ?? 0) * 1000;
  if (claims === undefined || expiresAt <= Date.now()) {
    forget("idToken");
    return undefined;
  }
  return {
    idToken,
    email: textIn(claims, "email"),
    firstName: textIn(claims, "given_name"),
    lastName: textIn(claims, "family_name"),
  };
}
