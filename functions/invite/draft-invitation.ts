import { addressKey, lifetimeMs } from "@vestibule/domain/invitations";
import { newId } from "../shell/ids.ts";
import { mintSecret } from "../table/invitation-secrets.ts";
import type { Invitation } from "../table/invitations.ts";
import { fullName } from "../table/members.ts";
import type { Organization } from "../table/organizations.ts";
import type { PersonRecord } from "../table/person-records.ts";
import { isoTime } from "../table/table.ts";
import type { GuestTerms, Invitee, MemberTerms } from "./outcome.ts";

type Granted = "kind" | "orgRole" | "chatRole" | "rights" | "groupIds" | "guestEndsAt";

/** An invitation but for what its kind grants. */
type Draft = Omit<Invitation, Granted>;

/** An invitation does not outlive the access that it gives (GINV-10). */
function endOfAccess(terms: MemberTerms | GuestTerms): number {
  const endsAt = terms.kind === "guest" ? terms.guestEndsAt : undefined;
  return endsAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(endsAt);
}

/** A new invitation with the secret of its link, if it is to have one; what its kind grants is the caller's to add. */
export function draftInvitation(
  organization: Organization,
  sender: PersonRecord,
  invitee: Invitee,
  terms: MemberTerms | GuestTerms,
  now: number,
): { readonly draft: Draft; readonly secret: string | undefined } {
  const { kind, channelIds, strict, message, locale, delivery } = terms;
  const { organizationId: org, settings } = organization;
  const invitationId = newId("invitation", now);
  const minted = delivery === "email" ? undefined : mintSecret(org, invitationId);
  const usualDays = kind === "guest" ? settings.guestInvitationDays : settings.memberInvitationDays;
  const days = terms.expiresInDays ?? usualDays;
  const draft: Draft = {
    organizationId: org,
    invitationId,
    ...invitee,
    addressKey: addressKey(invitee.email),
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
  return { draft, secret: minted?.secret };
}
