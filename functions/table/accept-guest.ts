import { addressKey } from "@vestibule/domain/invitations";
import { type Authority, authorityChecks } from "./accept-authority.ts";
import { acceptAsReadWrite } from "./accept-ending.ts";
import { auditWrite, type Origin } from "./audit.ts";
import { endPendingLinesWrites } from "./close-invitation.ts";
import { extendGuestWrite, guestJoinsWrites } from "./guest-channels.ts";
import { type Guest, type NewGuest, newGuestWrites } from "./guests.ts";
import { type Intent, intentWrite } from "./intents.ts";
import type { GuestInvitation } from "./invitations.ts";
import { loginWrite } from "./logins.ts";
import { countersWrite } from "./organizations.ts";
import { addressKeysOf, addressWrites, type OwnAddress, placesOf } from "./own-address.ts";
import type { Write } from "./transaction.ts";

export type GuestAcceptance = {
  readonly invitation: GuestInvitation;
  /** The channels of the invitation that can still be given (GINV-8). */
  readonly givenChannelIds: readonly string[];
  /** Those of them that the person is not in yet, each with its last `seq`. */
  readonly joins: ReadonlyMap<string, number>;
  /** Whose rights it rests on, as they were read. */
  readonly authority: Authority;
  readonly own: OwnAddress;
  /** The guest to be, or the one that they are already. */
  readonly guest: Omit<NewGuest, "addressKeys" | "channelCount"> | Guest;
  /** The address that they signed in with. */
  readonly login: string;
  /** Keeps what they registered, or checks their names. */
  readonly profile: Write;
  /** What is left to carry out: to tell in the channels. */
  readonly intent: Intent | undefined;
  readonly origin: Origin;
};

function isGuest(guest: GuestAcceptance["guest"]): guest is Guest {
  return "version" in guest;
}

/** A guest's record begins with the channels they come into, or goes on with more of them. */
function recordWrites({ invitation, own, guest, joins, origin }: GuestAcceptance): Write[] {
  const addressKeys = addressKeysOf(invitation, own);
  if (isGuest(guest)) return [extendGuestWrite(guest, { channels: joins.size, addressKeys })];
  return newGuestWrites({ ...guest, addressKeys, channelCount: joins.size, isNewcomer: true }, origin.now);
}

/**
 * Accepts a guest's invitation in one transaction, of at most 94 items but for a sibling invitation's: it ends as
 * accepted, once (INV-5), and is listed on its channels no more; its place becomes a guest's within the limit (SEAT-6);
 * its address and the login's become theirs; they are in exactly the channels that are still open (GINV-5, GINV-8); the
 * sender, and who answers for the grant, are still who they were (INV-14).
 */
export function acceptGuestWrites(acceptance: GuestAcceptance): Write[] {
  const { invitation, givenChannelIds, joins, authority, own, guest, login, profile, intent, origin } =
    acceptance;
  const { organizationId: org, invitationId: id } = invitation;
  const { userId } = guest;
  const pendingGuests = -placesOf(own);
  return [
    acceptAsReadWrite(invitation, { acceptedBy: userId, givenChannelIds }, origin.now),
    // Who is a guest already has their handle on an address of before.
    ...addressWrites(invitation, own, isGuest(guest) ? { userId } : guest, origin),
    isGuest(guest)
      ? countersWrite(org, { pendingGuests })
      : countersWrite(org, { guests: 1, pendingGuests, needs: ["holdable-guest-place"] }),
    ...recordWrites(acceptance),
    ...guestJoinsWrites(org, userId, joins, origin.now),
    ...endPendingLinesWrites(invitation),
    profile,
    loginWrite(addressKey(login), userId),
    ...authorityChecks(authority),
    ...(intent === undefined ? [] : [intentWrite(intent)]),
    auditWrite(org, origin, {
      action: "invitation.accepted",
      subjectId: id,
      details: { userId, channels: joins.size },
    }),
  ];
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
const MAX_WRITES = 100;

/** Whether there is more to write than one transaction takes: with a sibling invitation of many channels. */
export function isTooMuch(writes: readonly Write[]): boolean {
  return writes.length > MAX_WRITES;
}
