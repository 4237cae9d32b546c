/** INV-7: the terms in force unless a deployment says otherwise. */
export const DEFAULT_TERMS_VERSION = "1";

/** What a person has given, now or before; `null` is nothing. A phone number is asked for by shares alone (INV-7). */
export type Registration = {
  readonly profile: {
    readonly firstName?: string | undefined;
    readonly lastName?: string | undefined;
    readonly phone?: string | undefined;
  } | null;
  readonly termsVersion: string | null;
  readonly currentTerms: string;
  readonly asksPhone?: boolean;
};

export const REGISTRATION_FIELDS = [
  "profile.firstName",
  "profile.lastName",
  "profile.phone",
  "termsVersion",
] as const;
export type RegistrationField = (typeof REGISTRATION_FIELDS)[number];

const IS_GIVEN: Record<RegistrationField, (registration: Registration) => boolean> = {
  "profile.firstName": ({ profile }) => isFilled(profile?.firstName),
  "profile.lastName": ({ profile }) => isFilled(profile?.lastName),
  "profile.phone": ({ profile, asksPhone = false }) => !asksPhone || isFilled(profile?.phone),
  termsVersion: ({ termsVersion, currentTerms }) => termsVersion === currentTerms,
};

/** INV-7: what is still missing, by the names of the fields of the accept request. */
export function missingRegistration(registration: Registration): RegistrationField[] {
  return REGISTRATION_FIELDS.filter((field) => !IS_GIVEN[field](registration));
}

function isFilled(value: string | undefined): boolean {
  return value !== undefined && value.trim() !== "";
}
