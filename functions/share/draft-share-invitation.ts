import { addressKey, lifetimeMs } from "@vestibule/domain/invitations";
import { DEFAULT_LOCALE } from "@vestibule/domain/vocabulary";
import { rightsInOrder } from "../contract/share.ts";
import { newId } from "../shell/ids.ts";
import { mintSecret } from "../table/invitation-secrets.ts";
import type { ShareInvitation } from "../table/invitations.ts";
import { fullName } from "../table/members.ts";
import type { Organization } from "../table/organizations.ts";
import { shareSlot } from "../table/shares.ts";
import { isoTime } from "../table/table.ts";
import type { ShareRequest, Sharing } from "./sharing.ts";

/** A new invitation to a mail address, not written yet, with the secret of its link if it is to have one (INV-3). */
export type ShareDraft = { readonly invitation: ShareInvitation; readonly secret: string | undefined };

/** The id that a request's invitation has, the same whenever the request is repeated with its `Idempotency-Key`. */
export function plannedInvitationId({ plannedSuffix, now }: ShareRequest): string {
  return plannedSuffix === undefined ? newId("invitation", now) : `inv_${plannedSuffix}`;
}

/** SHR-4b: without an address the link is for whoever holds it; with one it is strict unless it says otherwise. */
export function draftShareInvitation(
  organization: Organization,
  { actor, address }: Sharing,
  request: ShareRequest,
): ShareDraft {
  const { body, now } = request;
  const { email, firstName, lastName, message, locale = DEFAULT_LOCALE, delivery = "link" } = body;
  const { organizationId: org, addressId } = address;
  const invitationId = plannedInvitationId(request);
  const minted = delivery === "email" ? undefined : mintSecret(org, invitationId);
  const days = body.expiresInDays ?? organization.settings.shareInvitationDays;
  const invitation: ShareInvitation = {
    kind: "share",
    organizationId: org,
    invitationId,
    email: email ?? "",
    addressKey: shareSlot(address, email === undefined ? invitationId : addressKey(email)).addressKey,
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
    channelIds: [],
    strict: body.strict ?? email !== undefined,
    ...(message === undefined ? {} : { message }),
    locale,
    delivery,
    ...(delivery === "link" ? {} : { mail: { state: "queued" } }),
    state: "pending",
    ...(minted === undefined ? {} : { secretHashes: new Set([minted.hash]) }),
    invitedBy: { userId: actor.person.userId, name: fullName(actor.person) || actor.person.email },
    createdAt: isoTime(now),
    endsAt: now + lifetimeMs("share", days),
    version: 1,
    addressId,
    address: address.address,
    shareRights: rightsInOrder(body.rights),
  };
  return { invitation, secret: minted?.secret };
}
