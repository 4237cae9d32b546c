import type { AddressKind } from "./addresses.ts";
import { inviteAddressWrite } from "./addresses.ts";
import { auditWrite, type Origin } from "./audit.ts";
import { moveExpiryWrite } from "./invitation-expiry.ts";
import type { Invitation } from "./invitations.ts";
import { keys } from "./keys.ts";
import { type CounterChange, countersWrite } from "./organizations.ts";
import { pendingLineWrite } from "./roster.ts";
import { setAttributes } from "./set-attributes.ts";
import { isoTime } from "./table.ts";
import type { Write } from "./transaction.ts";

/** What a resend sets anew; its state, its secrets and its mail are always others than before (INV-9). */
export type Resent = Pick<
  Invitation,
  "secretHashes" | "endsAt" | "delivery" | "message" | "locale" | "invitedBy" | "grantedBy" | "resentUnder"
>;

export type Resending = {
  /** As it was read: pending, or expired and closed. */
  readonly before: Invitation;
  readonly resent: Resent;
  /** The channels of a guest's invitation that are still there: a closed one is listed on them again (GINV-4). */
  readonly channelIds: readonly string[];
  /** It may not have been sent after this moment. */
  readonly notSince: number;
  readonly origin: Origin;
};

/** What an invitation takes again that was closed, under the limits of its kind (SEAT-9). */
const TAKEN: Record<AddressKind, CounterChange | undefined> = {
  member: { reserved: 1, needs: ["free-seat"] },
  guest: { pendingGuests: 1, needs: ["free-guest-place"] },
  share: undefined,
};

/** An invitation that was closed holds nothing any more: it takes its place, its address and its lines again. */
function takenAgainWrites({ before, resent, channelIds, origin }: Resending): Write[] {
  const { organizationId, invitationId: id, kind, addressKey } = before;
  const taken = TAKEN[kind];
  const listed = kind === "guest" ? channelIds : [];
  return [
    inviteAddressWrite({ org: organizationId, kind, addressKey }, id, resent.endsAt),
    ...(taken === undefined ? [] : [countersWrite(organizationId, taken)]),
    ...listed.map((channelId) => pendingLineWrite({ organizationId, channelId }, id, origin.now)),
  ];
}

/** The attributes of the invitation after it was sent anew: every former secret opens nothing any more. */
export function resentAttributes({ before, resent, origin }: Resending) {
  const isMailed = resent.delivery !== "link";
  return {
    ...resent,
    state: "pending",
    mail: isMailed ? ({ state: "queued", queuedAt: isoTime(origin.now) } as const) : undefined,
    resentAt: origin.now,
    remindedAt: undefined,
    closedAt: undefined,
    version: before.version + 1,
  } as const;
}

/**
 * Sends an invitation anew (INV-9), as it was read: with other secrets, another end, and its mail to be sent again; not
 * before its pause is over. Of several at once one is written, since each writes another version.
 */
export function resendInvitationWrites(resending: Resending): Write[] {
  const { before, resent, notSince, origin } = resending;
  const { organizationId: org, invitationId: id, kind, version, state } = before;
  const index = keys.pendingIndex(org, kind, id, resent.endsAt);
  const set = setAttributes({ ...resentAttributes(resending), ...index });
  return [
    {
      label: `invitation ${id}`,
      update: keys.invitation(org, id),
      expression: set.expression,
      condition:
        "#state = :before AND #version = :was AND createdAt <= :createdBy AND (attribute_not_exists(#resentAt) OR #resentAt <= :notSince)",
      names: set.names,
      values: {
        ...set.values,
        ":before": state,
        ":was": version,
        ":createdBy": isoTime(notSince),
        ":notSince": notSince,
      },
    },
    ...(state === "pending" ? [moveExpiryWrite(before, resent.endsAt)] : takenAgainWrites(resending)),
    auditWrite(org, origin, {
      action: "invitation.resent",
      subjectId: id,
      details: { delivery: resent.delivery, wasExpired: state !== "pending" },
    }),
  ];
}
