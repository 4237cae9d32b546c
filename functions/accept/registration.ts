import type { Registration } from "@vestibule/domain/registration";
import type { Registered } from "../table/accept-invitation.ts";
import { namesCheck, type Profile, profileWrite } from "../table/profiles.ts";
import type { Write } from "../table/transaction.ts";
import type { AcceptRequest } from "./arrival.ts";
import type { Found } from "./load-invitation.ts";

/**
 * What somebody registers by accepting, complete once it is allowed (INV-7). `profile` keeps it; of what they have said
 * before, it checks that they call themselves so still, since an organization keeps their names (DIR-2).
 */
export type Registering = {
  readonly registration: Registration;
  readonly registered: Registered;
  readonly profile: Write;
};

function isNew(registered: Registered, known: Profile): boolean {
  return (
    registered.firstName !== known.firstName ||
    registered.lastName !== known.lastName ||
    registered.phone !== known.phone ||
    registered.locale !== known.locale ||
    registered.termsVersion !== known.termsVersion
  );
}

/** INV-7: what is given now adds to what the person has registered before, in whatever organization. */
export function registering(
  { body, person, now }: AcceptRequest,
  { invitation, organization }: Found,
  known: Profile | undefined,
): Registering {
  const firstName = body.profile?.firstName ?? known?.firstName;
  const lastName = body.profile?.lastName ?? known?.lastName;
  const phone = body.profile?.phone ?? known?.phone;
  const termsVersion = body.termsVersion ?? known?.termsVersion;
  const registered = {
    userId: person.userId,
    firstName: firstName ?? "",
    lastName: lastName ?? "",
    ...(phone === undefined ? {} : { phone }),
    locale: body.profile?.locale ?? known?.locale ?? invitation.locale,
    termsVersion: termsVersion ?? "",
  };
  return {
    registration: {
      profile: { firstName, lastName, phone },
      termsVersion: termsVersion ?? null,
      currentTerms: organization.settings.termsVersion,
    },
    registered,
    profile:
      known === undefined || isNew(registered, known)
        ? profileWrite(registered, known, now)
        : namesCheck(person.userId, known),
  };
}
