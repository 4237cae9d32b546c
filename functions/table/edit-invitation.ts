import { auditWrite, type Origin } from "./audit.ts";
import { moveExpiryWrite } from "./invitation-expiry.ts";
import type { Invitation } from "./invitations.ts";
import { keys } from "./keys.ts";
import { endPendingLineWrite, pendingLineWrite } from "./roster.ts";
import { setAttributes } from "./set-attributes.ts";
import type { Write } from "./transaction.ts";

/** What an edit may set of a pending invitation (MINV-8), as its kind has it; what is `undefined` is removed. */
export type InvitationChanges = Partial<
  Pick<
    Extract<Invitation, { kind: "member" }>,
    | "orgRole"
    | "chatRole"
    | "rights"
    | "groupIds"
    | "channelIds"
    | "firstName"
    | "lastName"
    | "message"
    | "locale"
    | "grantedBy"
    | "endsAt"
  > & { guestEndsAt: number | undefined }
>;

/** GINV-4: a pending guest is listed on the channels of their invitation, and on no other one. */
function linesWrites(before: Invitation, channelIds: readonly string[], now: number): Write[] {
  if (before.kind !== "guest") return [];
  const { organizationId, invitationId } = before;
  const added = channelIds.filter((channelId) => !before.channelIds.includes(channelId));
  const left = before.channelIds.filter((channelId) => !channelIds.includes(channelId));
  return [
    ...added.map((channelId) => pendingLineWrite({ organizationId, channelId }, invitationId, now)),
    ...left.map((channelId) => endPendingLineWrite({ organizationId, channelId }, invitationId)),
  ];
}

/**
 * Changes a pending invitation as it was read, in its time (MINV-8): with its lines on channels, its place among those
 * that expire if that moves, and its audit entry, which names the fields and nothing of what is in them.
 */
export function editInvitationWrites(
  before: Invitation,
  changes: Readonly<InvitationChanges>,
  origin: Origin,
): Write[] {
  const { organizationId: org, invitationId: id, kind, version } = before;
  const { endsAt = before.endsAt, channelIds = before.channelIds } = changes;
  const moved = endsAt === before.endsAt ? {} : keys.pendingIndex(org, kind, id, endsAt);
  const set = setAttributes({ ...changes, ...moved, version: version + 1 });
  return [
    {
      label: `invitation ${id}`,
      update: keys.invitation(org, id),
      expression: set.expression,
      condition: "#state = :pending AND endsAt > :now AND #version = :was",
      names: { ...set.names, "#state": "state" },
      values: { ...set.values, ":pending": "pending", ":now": origin.now, ":was": version },
    },
    ...(endsAt === before.endsAt ? [] : [moveExpiryWrite(before, endsAt)]),
    ...linesWrites(before, channelIds, origin.now),
    auditWrite(org, origin, {
      action: "invitation.updated",
      subjectId: id,
      details: { fields: Object.keys(changes).sort().join(" ") },
    }),
  ];
}
