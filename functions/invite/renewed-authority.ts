import { mayGrant } from "@vestibule/domain/grants";
import { isGivable } from "@vestibule/domain/guests";
import type { Standing } from "@vestibule/domain/people";
import { permit } from "@vestibule/domain/permissions";
import { mayManageShares } from "@vestibule/domain/shares";
import { demandMailOfGroups } from "../membership/mail-of-groups.ts";
import { demand } from "../shell/standing.ts";
import type { Invitation } from "../table/invitations.ts";
import { fullName } from "../table/members.ts";
import { getPeople, standingAt } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";
import { loadGivenChannels, mayGiveChannels, mayGiveToGuests } from "./given-channels.ts";
import type { Managed } from "./load-managed.ts";

/** INV-14: whether somebody could send an invitation of this kind. */
function maySend({ kind }: Invitation, standing: Standing): boolean {
  const decision = kind === "share" ? mayManageShares(standing) : permit("invitation.create", { standing });
  return decision.allowed;
}

function mayAnswerFor(invitation: Invitation, standing: Standing): boolean {
  return invitation.kind === "member"
    ? mayGrant(standing, invitation).allowed
    : maySend(invitation, standing);
}

/**
 * GINV-2, MINV-1, SHR-2: whoever takes a grant over gives it like a new one; channels that drop out anyway are not looked
 * at.
 */
async function demandTakenOver(table: Table, { who, invitation }: Managed, now: number): Promise<void> {
  if (invitation.kind === "share") return;
  if (invitation.kind === "member") {
    demand(mayGrant(who.standing, invitation));
    await demandMailOfGroups(table, who.standing, invitation.organizationId, invitation.groupIds);
  }
  const channels = await loadGivenChannels(table, who.person, invitation.channelIds);
  const open = channels.filter(isGivable);
  if (invitation.kind === "member") demand(mayGiveChannels(who.standing, open));
  else if (open.length > 0) demand(mayGiveToGuests(who.standing, open, undefined, now));
}

/**
 * INV-14: who sends a resent invitation and answers for what it grants. A sender who may no longer invite is followed by
 * whoever resends it, and so is who answers for the grant and could not grant it any more: otherwise nobody could accept.
 * @throws Problem if the one who resends may not grant it either
 */
export async function renewedAuthority(
  table: Table,
  managed: Managed,
  now: number,
): Promise<Pick<Invitation, "invitedBy" | "grantedBy">> {
  const { who, invitation } = managed;
  const { organizationId: org, invitedBy, grantedBy = invitedBy.userId } = invitation;
  const people = await getPeople(table, org, [invitedBy.userId, grantedBy]);
  const standingOf = (userId: string): Standing => standingAt(people.get(userId), now);

  const isStillSender = maySend(invitation, standingOf(invitedBy.userId));
  const isStillGranted = mayAnswerFor(invitation, standingOf(grantedBy));
  if (!isStillGranted) await demandTakenOver(table, managed, now);
  const { userId, email } = who.person;
  const sender = isStillSender ? invitedBy : { userId, name: fullName(who.person) || email };
  const answers = isStillGranted ? grantedBy : userId;
  return { invitedBy: sender, grantedBy: answers === sender.userId ? undefined : answers };
}

/**
 * MINV-1, GINV-2, INV-3: an invitation that is not strict lets in whoever holds its link, so that nobody is handed one but
 * who answers for what it grants, or could grant it.
 * @throws Problem
 */
export async function demandLink(table: Table, managed: Managed, now: number): Promise<void> {
  const { who, invitation } = managed;
  const { strict, invitedBy, grantedBy = invitedBy.userId } = invitation;
  if (!strict && grantedBy !== who.person.userId) await demandTakenOver(table, managed, now);
}
