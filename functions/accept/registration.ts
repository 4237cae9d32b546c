import type { Registration } from "@vestibule/domain/registration";
import type { Registered } from "../table/accept-invitation.ts";
import type { Profile } from "../table/profiles.ts";
import type { AcceptRequest } from "./arrival.ts";
import type { Found } from "./load-invitation.ts";

/** What somebody registers by accepting, complete once it is allowed (INV-7); and whether there is anything new in it. */
export type Registering = {
  readonly registration: Registration;
  readonly registered: Registered;
  readonly isNewlyRegistered: boolean;
};

function isNew(registered: Registered, known: Profile | undefined): boolean {
  return (
    registered.firstName !== known?.firstName ||
    registered.lastName !== known.lastName ||
    registered.phone !== known.phone ||
    registered.locale !== known.locale ||
    registered.termsVersion !== known.termsVersion
  );
}

/** INV-7: what is given now adds to what the person has registered before, in whatever organization. */
export function registering(
  { body, person }: AcceptRequest,
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
    isNewlyRegistered: isNew(registered, known),
  };
}
