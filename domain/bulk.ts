import { allow, type Decision, type Denied, deny, firstDenial } from "./decision.ts";
import { channelsLacking, type GuestAddressFacts, mayInviteGuestAddress } from "./guests.ts";
import { type AddressFacts, mayInviteMemberAddress } from "./invitations.ts";
import { type GuestCounters, mayTakeGuestPlace } from "./quotas.ts";
import { mayReserveSeat, reserve, type SeatCounters } from "./seats.ts";

/** One address of a request; `addressKey` is `undefined` of what is no address. */
export type Asked<Facts> = { readonly addressKey: string | undefined; readonly address: Facts };

/** What a request of one kind asks for. Who may invite, and into what, was decided before. */
export type InvitesAsked =
  | { readonly kind: "member"; readonly asked: readonly Asked<AddressFacts>[]; readonly seats: SeatCounters }
  | {
      readonly kind: "guest";
      readonly asked: readonly Asked<GuestAddressFacts>[];
      readonly guests: GuestCounters;
      readonly channelIds: readonly string[];
    };

/** What becomes of one address, and of a refused one, why. `skipped`: another address spoilt an atomic request. */
export type PlannedInvite =
  | { readonly status: "invited" }
  | { readonly status: "added"; readonly channelIds: readonly string[] }
  | { readonly status: "invalid-email" }
  | { readonly status: "skipped" }
  | {
      readonly status: "already-member" | "already-invited" | "quota-exceeded" | "refused";
      readonly denied: Denied;
    };

/** INV-10: what a request costs, in seats or guests' places, and in mails (INV-13). */
export type InviteCost = { readonly seats: number; readonly guestPlaces: number; readonly mails: number };

export type InvitePlan = { readonly items: readonly PlannedInvite[]; readonly cost: InviteCost };

/**
 * INV-10: what becomes of each address, in the order of the request, so that the first ones get the last places. The
 * same address a second time finds itself invited (MINV-7). An atomic request is done for all or for none.
 */
export function planInvites(
  request: InvitesAsked & { readonly isMailed: boolean; readonly isAtomic?: boolean },
): InvitePlan {
  const items = request.kind === "member" ? planMembers(request) : planGuests(request);
  const isSpoilt = request.isAtomic === true && !items.every(isGood);
  if (isSpoilt) return { items: items.map(skipped), cost: { seats: 0, guestPlaces: 0, mails: 0 } };
  const invited = items.filter(({ status }) => status === "invited").length;
  return {
    items,
    cost: {
      seats: request.kind === "member" ? invited : 0,
      guestPlaces: request.kind === "guest" ? invited : 0,
      mails: request.isMailed ? invited : 0,
    },
  };
}

type Members = Extract<InvitesAsked, { readonly kind: "member" }>;
type Guests = Extract<InvitesAsked, { readonly kind: "guest" }>;

function planMembers({ asked, seats: before }: Members): PlannedInvite[] {
  let seats = before;
  const done = new Set<string>();
  return asked.map(({ addressKey, address }) => {
    if (addressKey === undefined) return { status: "invalid-email" };
    const decision = firstDenial(
      notTwice(done, addressKey),
      mayInviteMemberAddress(address),
      mayReserveSeat(seats),
    );
    if (!decision.allowed) return refusedWith(decision);
    done.add(addressKey);
    seats = reserve(seats);
    return { status: "invited" };
  });
}

function planGuests({ asked, guests: before, channelIds }: Guests): PlannedInvite[] {
  let guests = before;
  const done = new Set<string>();
  return asked.map(({ addressKey, address }) => {
    if (addressKey === undefined) return { status: "invalid-email" };
    if (address.kind === "guest" && done.has(addressKey))
      return refusedWith({ allowed: false, code: "already-member", rule: "GINV-6" });
    const decision = firstDenial(
      notTwice(done, addressKey),
      mayInviteGuestAddress(address, channelIds),
      address.kind === "guest" ? allow() : mayTakeGuestPlace(guests),
    );
    if (!decision.allowed) return refusedWith(decision);
    done.add(addressKey);
    if (address.kind === "guest")
      return { status: "added", channelIds: channelsLacking(channelIds, address.channelIds) };
    guests = { ...guests, pendingGuests: guests.pendingGuests + 1 };
    return { status: "invited" };
  });
}

function notTwice(done: ReadonlySet<string>, addressKey: string): Decision {
  return done.has(addressKey) ? deny("already-invited", "MINV-7") : allow();
}

function refusedWith(denied: Denied): PlannedInvite {
  switch (denied.code) {
    case "already-member":
    case "already-invited":
    case "quota-exceeded":
      return { status: denied.code, denied };
    default:
      return { status: "refused", denied };
  }
}

function isGood({ status }: PlannedInvite): boolean {
  return status === "invited" || status === "added";
}

function skipped(item: PlannedInvite): PlannedInvite {
  return isGood(item) ? { status: "skipped" } : item;
}
