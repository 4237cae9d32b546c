import type { Fields } from "../json.ts";

/** What a newcomer still has to give (INV-7). */
export type Missing = { profile: boolean; phone: boolean; terms: boolean };

/** What has been typed so far; it outlives a change of language and a refusal. */
export type Draft = { firstName: string; lastName: string; phone: string; hasAcceptedTerms: boolean };

/** What the service's `missing` names: fields of `profile`, and `termsVersion`. */
export function missingIn({ missing }: Fields): Missing {
  const names = Array.isArray(missing) ? missing.map(String) : [];
  return {
    profile: names.some((name) => name === "profile" || /^profile\.(first|last)Name$/u.test(name)),
    phone: names.includes("profile.phone") || names.includes("phone"),
    terms: names.some((name) => name.startsWith("terms")),
  };
}

/** What the form gives, as the service wants it. */
export function registrationIn(missing: Missing, draft: Draft, termsVersion: string, locale: string): Fields {
  const names = { firstName: draft.firstName.trim(), lastName: draft.lastName.trim() };
  const profile = {
    ...(missing.profile && names),
    ...(missing.phone && { phone: draft.phone.trim() }),
    locale,
  };
  const isProfileGiven = missing.profile || missing.phone;
  return { ...(isProfileGiven && { profile }), ...(missing.terms && { termsVersion }) };
}
