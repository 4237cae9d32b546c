import { addressKey, lifetimeMs } from "@vestibule/domain/invitations";
import { NO_RIGHTS } from "@vestibule/domain/people";
import { mintSecret } from "../table/invitation-secrets.ts";
import { fullName } from "../table/members.ts";
import type { NewInvitation } from "../table/new-invitations.ts";
import type { Organization } from "../table/organizations.ts";
import type { PersonRecord } from "../table/person-records.ts";
import { isoTime } from "../table/table.ts";
import type { Candidate, GuestTerms, MemberTerms } from "./outcome.ts";

/** A new invitation, not written yet, with the secret of its link if it is to have one. */
export type Draft = { readonly invitation: NewInvitation; readonly secret: string | undefined };

/** An invitation does not outlive the access that it gives (GINV-10). */
function endOfAccess(terms: MemberTerms | GuestTerms): number {
  const endsAt = terms.kind === "guest" ? terms.guestEndsAt : undefined;
  return endsAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(endsAt);
}

/** What an invitation of each kind grants (GST-13). */
function granted(terms: MemberTerms | GuestTerms) {
  if (terms.kind === "guest") {
    const { kind, guestEndsAt } = terms;
    return { kind, ...(guestEndsAt === undefined ? {} : { guestEndsAt: Date.parse(guestEndsAt) }) };
  }
  const { kind, orgRole, chatRole, rights = NO_RIGHTS, groupIds } = terms;
  return { kind, orgRole, chatRole, rights, groupIds };
}

/** A new invitation of somebody under these terms. */
export function draftInvitation(
  organization: Organization,
  sender: PersonRecord,
  { invitationId, invitee }: Candidate,
  terms: MemberTerms | GuestTerms,
  now: number,
): Draft {
  const { kind, channelIds, strict, message, locale, delivery } = terms;
  const { organizationId: org, settings } = organization;
  const minted = delivery === "email" ? undefined : mintSecret(org, invitationId);
  const usualDays = kind === "guest" ? settings.guestInvitationDays : settings.memberInvitationDays;
  const days = terms.expiresInDays ?? usualDays;
  const invitation: NewInvitation = {
    organizationId: org,
    invitationId,
    ...invitee,
    addressKey: addressKey(invitee.email),
    ...granted(terms),
    channelIds,
    strict,
    ...(message === undefined ? {} : { message }),
    locale,
    delivery,
    ...(delivery === "link" ? {} : { mail: { state: "queued" } }),
    state: "pending",
    ...(minted === undefined ? {} : { secretHashes: new Set([minted.hash]) }),
    invitedBy: { userId: sender.userId, name: fullName(sender) || sender.email },
    createdAt: isoTime(now),
    endsAt: Math.min(now + lifetimeMs(kind, days), endOfAccess(terms)),
    version: 1,
  };
  return { invitation, secret: minted?.secret };
}
