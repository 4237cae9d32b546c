import { allow, type Decision, type Denied, deny, firstDenial } from "./decision.ts";
import {
  type AcceptDecision,
  type AddressFacts,
  type Backers,
  type InvitationFacts,
  type Invitee,
  isInvitee,
  isRegistered,
  overDenial,
  stateAt,
} from "./invitations.ts";
import type { Standing } from "./people.ts";
import { isConversation, permit } from "./permissions.ts";
import { type GuestCounters, mayHoldGuestPlace, mayTakeGuestPlace } from "./quotas.ts";
import type { Registration } from "./registration.ts";
import { keepsOne, mayTouch, type Target } from "./roles.ts";
import { mayHoldSeat, type SeatCounters } from "./seats.ts";
import type { ChannelRelation, ChannelType, InvitationState } from "./vocabulary.ts";

/** GINV-2: how many channels one invitation gives, so that accepting it is one transaction. */
export const MAX_GUEST_CHANNELS = 20;

/** GINV-10: from its end on, a guest's access is none, whatever has been swept. */
export function isEnded(endsAt: number | null, now: number): boolean {
  return endsAt !== null && now >= endsAt;
}

/** A channel named for a guest. `isKnown`: it is one of this organization; where it is not, the rest says nothing. */
export type GuestChannel = {
  readonly channelId: string;
  readonly isKnown: boolean;
  readonly type: ChannelType;
  readonly isArchived: boolean;
  /** Of the actor, or where a member becomes a guest, of that member. */
  readonly relation: ChannelRelation;
};

/** What is known of an address that is invited as a guest. */
export type GuestAddressFacts =
  | Exclude<AddressFacts, { readonly kind: "guest" }>
  | { readonly kind: "guest"; readonly channelIds: readonly string[] };

/**
 * GINV-1, 2, 6, 7, SEAT-6: whether this address may be invited into these channels. Of somebody who is a guest already,
 * allowing means that the channels they lack are added at once, without an invitation.
 */
export function mayInviteGuest(facts: {
  readonly actor: Standing;
  readonly channels: readonly GuestChannel[];
  readonly address: GuestAddressFacts;
  readonly guests: GuestCounters;
}): Decision {
  const { actor, channels, address, guests } = facts;
  const channelIds = channels.map(({ channelId }) => channelId);
  return firstDenial(
    permit("invitation.create", { standing: actor }),
    someChannel(channels.length, "GINV-2"),
    ...channels.map((channel) => mayShare(actor, channel)),
    mayInviteGuestAddress(address, channelIds),
    address.kind === "guest" ? allow() : mayTakeGuestPlace(guests),
  );
}

/** GINV-6: the channels that a guest does not have yet. */
export function channelsLacking(wanted: readonly string[], held: readonly string[]): string[] {
  return wanted.filter((channelId) => !held.includes(channelId));
}

/** GINV-2, GINV-8: whether a guest may be given this channel: of the organization, not archived, no conversation. */
export function isGivable({
  isKnown,
  type,
  isArchived,
}: Omit<GuestChannel, "relation" | "channelId">): boolean {
  return isKnown && !isArchived && !isConversation(type);
}

/** GINV-2: what an actor may not know of and what does not exist are refused alike, each naming the channel. */
function mayShare(
  actor: Standing,
  { channelId, isKnown, type, isArchived, relation }: GuestChannel,
): Decision {
  const place = { standing: actor, relation, channelType: type };
  if (!isKnown || !permit("channel.read", place).allowed) return deny("not-found", "GINV-2", { channelId });
  if (isConversation(type)) return deny("channel-not-shareable", "GINV-2", { channelId });
  if (isArchived) return deny("channel-archived", "GINV-2", { channelId });
  const mayAdd = permit("channel.add-people", place);
  return mayAdd.allowed ? allow() : deny(mayAdd.code, mayAdd.rule, { channelId });
}

/** GINV-6, GINV-7, MINV-7: whether an address has something left to be invited to, as a guest. */
export function mayInviteGuestAddress(address: GuestAddressFacts, channelIds: readonly string[]): Decision {
  switch (address.kind) {
    case "free":
      return allow();
    case "member":
      return deny("already-member", "GINV-7");
    case "guest":
      return channelsLacking(channelIds, address.channelIds).length > 0
        ? allow()
        : deny("already-member", "GINV-6");
    case "pending":
      return address.invitationId === undefined
        ? deny("already-invited", "MINV-7")
        : deny("already-invited", "MINV-7", { invitationId: address.invitationId });
  }
}

/** A guest's invitation as stored; its state may still say `pending` past its date. */
export type GuestInvitationFacts = Pick<
  InvitationFacts,
  "state" | "expiresAt" | "email" | "strict" | "acceptedBy"
>;

/** INV-14: the sender, and whoever edited it since (MINV-8), must still be chat admins. */
function isStillBacked({ senderStanding, grantorStanding = senderStanding }: Backers): boolean {
  return [senderStanding, grantorStanding].every(
    (standing) => permit("invitation.create", { standing }).allowed,
  );
}

/** INV-14, INV-15: the state a holder of the link is shown; `revoked` once the sender is no chat admin any more. */
export function guestPreviewState(
  facts: Backers & {
    readonly invitation: Pick<GuestInvitationFacts, "state" | "expiresAt">;
    readonly now: number;
  },
): InvitationState {
  const state = stateAt(facts.invitation, facts.now);
  return state === "pending" && !isStillBacked(facts) ? "revoked" : state;
}

/**
 * INV-5, 6, 7, 14, GINV-7, GINV-8, SEAT-6: whether this person may come in as a guest now. `channelsLeft` counts those of
 * the invitation that can still be given. Who is a guest already takes no further place.
 */
export function mayAcceptGuest(
  facts: Backers & {
    readonly invitation: GuestInvitationFacts;
    readonly person: Invitee;
    readonly existing: Standing;
    readonly registration: Registration;
    readonly channelsLeft: number;
    readonly guests: Pick<GuestCounters, "limit" | "guests">;
    readonly now: number;
  },
): AcceptDecision {
  const { invitation, person, existing, now } = facts;
  const isTheirs = invitation.state === "accepted" && invitation.acceptedBy === person.userId;
  if (isTheirs && existing.kind !== "outsider" && existing.state === "active")
    return { allowed: true, repeat: true };
  const decision = firstDenial(
    overDenial(stateAt(invitation, now)) ?? allow(),
    isStillBacked(facts) ? allow() : deny("invitation-revoked", "INV-14"),
    isInvitee(invitation, person),
    mayBecomeGuest(existing),
    isRegistered(facts.registration),
    facts.channelsLeft > 0 ? allow() : deny("channel-unavailable", "GINV-8"),
    existing.kind === "guest" ? allow() : mayHoldGuestPlace(facts.guests),
  );
  return decision.allowed ? { allowed: true, repeat: false } : decision;
}

/** GINV-7: a member is no guest; a deactivated one comes back by reactivation, not through a guest's door. */
function mayBecomeGuest(existing: Standing): Decision {
  if (existing.kind !== "member") return allow();
  return existing.state === "active"
    ? deny("already-member", "GINV-7")
    : deny("member-deactivated", "ORG-10");
}

/** GINV-11, SEAT-9: chat admins make a guest a member, when a seat is free. */
export function mayConvertToMember(facts: {
  readonly actor: Standing;
  readonly target: Standing;
  readonly seats: SeatCounters;
}): Decision {
  return firstDenial(
    permit("guest.convert-to-member", { standing: facts.actor }),
    isGuest(facts.target),
    mayHoldSeat(facts.seats),
  );
}

/** GINV-11: who is to become a member is a guest whose access has not ended. */
function isGuest(target: Standing): Decision {
  if (target.kind === "member") return deny("already-member", "GINV-11");
  return target.kind === "guest" && target.state === "active" ? allow() : deny("not-found", "GINV-11");
}

/**
 * GINV-11, ORG-5, ORG-6, SEAT-9: chat admins and org managers make a member a guest, who keeps the chosen ones of their
 * channels, one at least, when the guests have a place.
 */
export function mayConvertToGuest(facts: {
  readonly actor: Standing;
  readonly target: Standing;
  readonly legalRepresentatives: number;
  readonly keeps: readonly GuestChannel[];
  readonly guests: GuestCounters;
}): Decision {
  const { actor, target, legalRepresentatives, keeps, guests } = facts;
  const may = permit("member.convert-to-guest", { standing: actor });
  if (!may.allowed) return may;
  if (target.kind !== "member") return notMember(target);
  return firstDenial(
    mayLoseSeat(actor, target, legalRepresentatives),
    someChannel(keeps.length, "GINV-11"),
    ...keeps.map(mayKeep),
    mayTakeGuestPlace(guests, "SEAT-9"),
  );
}

function notMember(target: Standing): Denied {
  const code = target.kind === "guest" && target.state === "active" ? "already-guest" : "not-found";
  return { allowed: false, code, rule: "GINV-11" };
}

function mayLoseSeat(actor: Standing, target: Target, legalRepresentatives: number): Decision {
  return firstDenial(
    mayTouch(actor, target),
    target.state === "active" ? allow() : deny("already-deactivated", "ORG-10"),
    keepsOne({ target, legalRepresentatives }),
  );
}

/** GINV-11: only a channel that they are in can be kept. */
function mayKeep({ channelId, isKnown, type, isArchived, relation }: GuestChannel): Decision {
  if (!isKnown || relation === "none") return deny("not-found", "GINV-11", { channelId });
  if (isConversation(type)) return deny("channel-not-shareable", "GINV-2", { channelId });
  return isArchived ? deny("channel-archived", "GINV-2", { channelId }) : allow();
}

/** GINV-9: chat admins remove guests, guests leave by themselves. */
export function mayRemoveGuest(facts: { readonly actor: Standing; readonly isSelf: boolean }): Decision {
  return permit(facts.isSelf ? "guest.leave" : "guest.remove", { standing: facts.actor });
}

/** GINV-10: chat admins give a guest an end, or none. */
export function mayChangeGuestEnd(facts: {
  readonly actor: Standing;
  readonly endsAt: number | null;
  readonly now: number;
}): Decision {
  return firstDenial(
    permit("guest.update", { standing: facts.actor }),
    isEnded(facts.endsAt, facts.now) ? deny("end-in-past", "GINV-10") : allow(),
  );
}

function someChannel(count: number, rule: "GINV-2" | "GINV-11"): Decision {
  return count > 0 ? allow() : deny("channel-required", rule);
}
