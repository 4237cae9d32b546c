import { deny } from "@vestibule/domain/decision";
import { mayAcceptShare } from "@vestibule/domain/shares";
import type { Answer } from "../shell/route.ts";
import { acceptShareWrites } from "../table/accept-share.ts";
import { factsOf, type ShareInvitation } from "../table/invitations.ts";
import { PERSONAL } from "../table/shares.ts";
import type { Table } from "../table/table.ts";
import { transact } from "../table/transaction.ts";
import { type AcceptRequest, type FoundOf, refuse } from "./arrival.ts";
import { authorityOf, sharerStanding } from "./authority.ts";
import { inviteeOf } from "./invitee.ts";
import { loadShareArrival, type ShareArrival } from "./share-arrival.ts";

function presentAccepted(
  { organizationId, kind, addressId, shareRights }: ShareInvitation,
  { userId, attachedTo }: { userId: string; attachedTo: string },
): Answer {
  const body = { organizationId, userId, kind, channelIds: [], addressId, rights: shareRights, attachedTo };
  return { status: 200, body };
}

/** INV-5: only the acceptance itself is repeated; who has got access otherwise since has another one. */
function decide({ person, now }: AcceptRequest, arrival: ShareArrival) {
  const { found, held, isLogin, registration, attachTo } = arrival;
  const { invitation } = found;
  return mayAcceptShare({
    invitation: factsOf(invitation),
    senderStanding: sharerStanding(found),
    person: inviteeOf(person),
    hasSecondFactor: person.hasSecondFactor,
    address: invitation.address,
    isLogin,
    holdsOwn: invitation.state === "pending" ? held !== undefined : isOf(held, invitation),
    registration,
    attachTo,
    now,
  });
}

function isOf(held: ShareArrival["held"], { invitationId }: ShareInvitation): boolean {
  return held?.invitationId === invitationId;
}

/**
 * SHR-4, SHR-7…9: gives an invitee access to a mail address, attached to their personal space or to an organization of
 * theirs, in one transaction.
 * @returns "again" if something has changed since it was read
 * @throws Problem of what is refused; ConditionsFailed
 */
export async function acceptShare(
  table: Table,
  request: AcceptRequest,
  found: FoundOf<"share">,
): Promise<Answer | "again"> {
  const { person, sourceIp, now } = request;
  const { userId, email } = person;
  const { invitation } = found;
  const arrival = await loadShareArrival(table, request, found);
  const decision = decide(request, arrival);
  if (!decision.allowed) return await refuse(table, found, decision, now);
  if (decision.repeat) {
    return presentAccepted(invitation, { userId, attachedTo: arrival.held?.attachedTo ?? PERSONAL });
  }
  // Deleting a mail address revokes what is pending on it, a moment later.
  if (arrival.mailAddress === undefined) {
    return await refuse(table, found, deny("invitation-revoked", "SHR-6"), now);
  }
  const { own, registered, profile, attachment, leftBehind } = arrival;
  await transact(
    table,
    acceptShareWrites({
      invitation,
      authority: authorityOf(found),
      own,
      registered,
      profile,
      email,
      attachment,
      leftBehind,
      origin: { actorId: userId, sourceIp, now },
    }),
  );
  return presentAccepted(invitation, { userId, attachedTo: attachment?.organizationId ?? PERSONAL });
}
