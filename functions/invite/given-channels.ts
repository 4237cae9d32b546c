import { mayAddPeople } from "@vestibule/domain/channels";
import { DENIALS } from "@vestibule/domain/codes";
import { allow, type Decision, type Denied, deny, explain } from "@vestibule/domain/decision";
import { type GuestChannel, isEnded, mayInviteGuest } from "@vestibule/domain/guests";
import type { Standing } from "@vestibule/domain/people";
import { relationOf } from "../membership/channel-relation.ts";
import { getPersonChannels } from "../table/memberships.ts";
import type { PersonRecord } from "../table/person-records.ts";
import { getChannels } from "../table/read-channels.ts";
import type { Table } from "../table/table.ts";

/** A channel that invitees are given, and how the sender stands to it. */
export type GivenChannel = GuestChannel & { readonly isGeneral: boolean };

/** The channels named for invitees, read strongly, in the order in which they are named. */
export async function loadGivenChannels(
  table: Table,
  sender: PersonRecord,
  channelIds: readonly string[],
): Promise<GivenChannel[]> {
  const { organizationId: org, userId } = sender;
  const [channels, rows] = await Promise.all([
    getChannels(table, org, channelIds),
    getPersonChannels(table, org, userId, channelIds),
  ]);
  return channelIds.map((channelId): GivenChannel => {
    const channel = channels.get(channelId);
    if (channel === undefined) {
      const nothing = { type: "private", isArchived: false, isGeneral: false, relation: "none" } as const;
      return { channelId, isKnown: false, ...nothing };
    }
    const { type, isGeneral, archivedAt } = channel;
    const relation = relationOf(channel, sender, rows.get(channelId));
    return { channelId, isKnown: true, type, isArchived: archivedAt !== undefined, isGeneral, relation };
  });
}

/**
 * MINV-5, CH-5: whether the sender may add people to each channel that new members are to join; the refusal names it.
 * One that they may not know of, and one that is not there, are refused alike.
 */
export function mayGiveChannels(actor: Standing, channels: readonly GivenChannel[]): Decision {
  for (const { channelId, isKnown, relation, ...channel } of channels) {
    const decision = isKnown ? mayAddPeople({ actor, relation, channel }) : deny("not-found", "CH-5");
    if (!decision.allowed) return deny(decision.code, decision.rule, { channelId });
  }
  return allow();
}

/** What each address finds of places is decided with it. */
const UNLIMITED = { limit: null, guests: 0, pendingGuests: 0 };

/** GINV-2, GINV-10: whether the sender may give guests each of these channels, and access until then. */
export function mayGiveToGuests(
  actor: Standing,
  channels: readonly GivenChannel[],
  guestEndsAt: string | undefined,
  now: number,
): Decision {
  const given = mayInviteGuest({ actor, channels, address: { kind: "free" }, guests: UNLIMITED });
  if (!given.allowed) return channels.length > 0 ? given : aboutField(given, "channelIds");
  const isPast = isEnded(guestEndsAt === undefined ? null : Date.parse(guestEndsAt), now);
  return isPast ? aboutField(deny("end-in-past", "GINV-10"), "guestEndsAt") : allow();
}

/** Names the field at fault, as every 400 does. */
function aboutField(denied: Denied, path: string): Denied {
  if (DENIALS[denied.code].status !== 400) return denied;
  return deny(denied.code, denied.rule, { errors: [{ path, message: explain(denied.code) }] });
}
