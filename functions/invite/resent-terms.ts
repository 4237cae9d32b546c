import { deny, explain } from "@vestibule/domain/decision";
import { isEnded } from "@vestibule/domain/guests";
import { lifetimeMs } from "@vestibule/domain/invitations";
import type { InvitationKind } from "@vestibule/domain/vocabulary";
import { problemOf } from "../shell/problem.ts";
import { invalid } from "../shell/request-body.ts";
import type { Request } from "../shell/route.ts";
import type { Invitation } from "../table/invitations.ts";
import type { Organization } from "../table/organizations.ts";
import type { resendInvitationRoute } from "./manage-contract.ts";

type Body = NonNullable<Request<typeof resendInvitationRoute>["body"]>;

/** INV-2: how many days an invitation of each kind lives unless somebody says otherwise. */
const USUAL_DAYS: Record<InvitationKind, (settings: Organization["settings"]) => number> = {
  member: ({ memberInvitationDays }) => memberInvitationDays,
  guest: ({ guestInvitationDays }) => guestInvitationDays,
  share: ({ shareInvitationDays }) => shareInvitationDays,
};

/** INV-11: how an invitation is delivered this time. @throws Problem 400 for a mail to nobody (SHR-4) */
export function resentDelivery({ email, delivery }: Invitation, body: Body): Invitation["delivery"] {
  const wanted = body.delivery ?? delivery;
  if (email === "" && wanted !== "link")
    throw invalid([{ path: "delivery", message: "This invitation is for whoever holds its link" }]);
  return wanted;
}

/**
 * INV-2, INV-9, GINV-10: until when an invitation lives that is sent anew now: as long as a new one, and no longer than
 * the access that it gives.
 */
export function resentEnd(
  invitation: Invitation,
  { settings }: Pick<Organization, "settings">,
  { expiresInDays }: Body,
  now: number,
): number {
  const { kind } = invitation;
  const endsAt = now + lifetimeMs(kind, expiresInDays ?? USUAL_DAYS[kind](settings));
  if (kind !== "guest" || invitation.guestEndsAt === undefined) return endsAt;
  if (isEnded(invitation.guestEndsAt, now)) {
    const errors = [{ path: "guestEndsAt", message: explain("end-in-past") }];
    throw problemOf(deny("end-in-past", "GINV-10", { errors }));
  }
  return Math.min(endsAt, invitation.guestEndsAt);
}
