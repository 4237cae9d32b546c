import type { LocalContext } from "../contracts.ts";
import { isAddress, nameFromAddress, type SignedInPerson } from "./signed-in-person.ts";
import { testPeople } from "./test-people.ts";

/** Whom the form signs in: the test person whose button was pressed, else the address typed in. */
export function personFromForm(form: URLSearchParams, context: LocalContext): SignedInPerson | undefined {
  const email = (form.get("person") ?? form.get("email") ?? "").trim();
  if (!isAddress(email)) return undefined;
  const known = testPeople.find((person) => person.email === email.toLowerCase());
  return {
    email,
    isEmailVerified: form.has("verified"),
    hasSecondFactor: form.has("mfa"),
    authTimeSeconds: Math.floor(context.clock.now() / 1000),
    name: form.get("name")?.trim() || known?.name || nameFromAddress(email),
  };
}
