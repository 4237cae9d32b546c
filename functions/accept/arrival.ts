import type { Denied } from "@vestibule/domain/decision";
import { addressKey } from "@vestibule/domain/invitations";
import type { Registration } from "@vestibule/domain/registration";
import type { Request } from "../shell/route.ts";
import type { Registered } from "../table/accept-invitation.ts";
import { closeInvitation } from "../table/close-invitation.ts";
import { getInvitation, type Invitation } from "../table/invitations.ts";
import { type OwnAddress, readOwnAddress } from "../table/own-address.ts";
import { getPerson, type PersonRecord } from "../table/person-records.ts";
import { getProfile, type Profile } from "../table/profiles.ts";
import type { Table } from "../table/table.ts";
import type { acceptRoute } from "./contract.ts";
import { type Found, refusedHolder } from "./load-invitation.ts";

export type AcceptRequest = Request<typeof acceptRoute>;

/** Somebody with an invitation's link who wants to come in, with what is known of them. */
export type Arrival<Kind extends Invitation["kind"]> = {
  readonly found: Found & { readonly invitation: Extract<Invitation, { kind: Kind }> };
  readonly existing: PersonRecord | undefined;
  readonly own: OwnAddress;
  readonly registration: Registration;
  /** What they register by accepting, complete once it is allowed (INV-7); and whether it is new. */
  readonly registered: Registered;
  readonly isNewlyRegistered: boolean;
};

function registrationOf(
  { body }: AcceptRequest,
  profile: Profile | undefined,
  currentTerms: string,
): Registration {
  return {
    profile: body.profile ?? profile ?? null,
    termsVersion: body.termsVersion ?? profile?.termsVersion ?? null,
    currentTerms,
  };
}

function isNew(profile: Registered, known: Profile | undefined): boolean {
  return (
    profile.firstName !== known?.firstName ||
    profile.lastName !== known.lastName ||
    profile.termsVersion !== known.termsVersion
  );
}

/** Reads what is known of the person: their record here, what they registered, and the address they signed in with. */
export async function loadArrival<Kind extends Invitation["kind"]>(
  table: Table,
  request: AcceptRequest,
  found: Arrival<Kind>["found"],
): Promise<Arrival<Kind>> {
  const { userId, email, isEmailVerified } = request.person;
  const { invitation, organization } = found;
  const { organizationId: org, kind } = invitation;
  const [existing, profile, own] = await Promise.all([
    getPerson(table, org, userId),
    getProfile(table, userId),
    readOwnAddress(
      table,
      { org, kind, addressKey: invitation.addressKey },
      isEmailVerified ? addressKey(email) : "",
    ),
  ]);
  const registration = registrationOf(request, profile, organization.settings.termsVersion);
  const { firstName = "", lastName = "" } = registration.profile ?? {};
  const registered = { userId, firstName, lastName, termsVersion: registration.termsVersion ?? "" };
  return { found, existing, own, registration, registered, isNewlyRegistered: isNew(registered, profile) };
}

/**
 * Refuses an acceptance, unless the invitation has changed since it was read: the facts are read one after the other,
 * and the same person's other request, carried out in between, is to get the same success (INV-5). A refusal leaves the
 * invitation pending, but that of INV-14: a sender who may no longer invite leaves a revoked one behind.
 * @throws Problem of the denial
 */
export async function refuse(table: Table, found: Found, denied: Denied, now: number): Promise<"again"> {
  const { organizationId, invitationId, version } = found.invitation;
  const current = await getInvitation(table, organizationId, invitationId);
  if (current?.version !== version) return "again";
  if (denied.rule === "INV-14") {
    const origin = { actorId: "system", sourceIp: undefined, now };
    await closeInvitation(table, found.invitation, "revoked", origin);
  }
  throw refusedHolder(found, denied);
}
