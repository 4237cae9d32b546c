import type { Invitee } from "@vestibule/domain/invitations";
import { addressKey } from "@vestibule/domain/invitations";
import type { Person } from "../shell/route.ts";

/** INV-6: whoever asks, as their token says; without an address there is none that could be verified. */
export function inviteeOf({ userId, email, isEmailVerified }: Person): Invitee {
  return { userId, email, emailVerified: isEmailVerified && email !== "" };
}

/** What the address that somebody signed in with is compared by; empty, unless it is verified. */
export function loginKey(person: Person): string {
  return inviteeOf(person).emailVerified ? addressKey(person.email) : "";
}
