import type { ChannelRole } from "@vestibule/domain/vocabulary";
import type { ChannelKey } from "./channel-heads.ts";
import { keys } from "./keys.ts";
import type { Membership } from "./memberships.ts";
import { asSet, type LineSettings, lineWrite, rankOf } from "./roster.ts";
import { isoTime } from "./table.ts";
import type { Write } from "./transaction.ts";

/** Somebody who comes into a channel. */
export type Joining = {
  readonly userId: string;
  readonly kind: "member" | "guest";
  readonly role: ChannelRole;
  /** The group through which they come (CH-9); left out, they come by themselves. */
  readonly via?: string;
  /** It is a conversation with the assistant, which answers what is posted with this row (BOT-3). */
  readonly isWithBot?: boolean;
  /** What they had set of it: of General, in which they were without a line. Left out, nothing is set (CH-11). */
  readonly kept?: LineSettings;
  /** The channel's last `seq` as they come: what was said before is not unread (MSG-11). Left out, it begins with them. */
  readonly readTo?: number | undefined;
};

/** How a row begins: as it is usual for the channel, unless somebody was there before and only gets a line now. */
function settingsOf({ kept, readTo = 0 }: Joining) {
  const unset = "attribute_not_exists(#role)";
  if (kept === undefined)
    return {
      begun: ", lastReadSeq = :readTo REMOVE isMuted, isFavourite, #level",
      condition: unset,
      names: { "#level": "level" },
      values: { ":readTo": readTo },
    };
  const { condition, names, values } = asSet(kept);
  return { begun: "", condition: `${unset} AND ${condition}`, names, values };
}

/**
 * Puts somebody who is not in it into a channel (labels `joins <usr>`, `line of <usr>`): their row, whose read mark starts
 * at `readTo`, and their line of the roster. The channel's figures are counted apart (`headcountWrite`), once for all who come in a transaction.
 */
export function joinWrites(
  { organizationId: org, channelId }: ChannelKey,
  who: Joining,
  now: number,
): Write[] {
  const { userId, kind, role, via, kept, isWithBot = false } = who;
  const { begun, condition, names, values } = settingsOf(who);
  return [
    {
      label: `joins ${userId}`,
      update: keys.personChannel(org, userId, channelId),
      expression: `SET channelId = :channel, #role = :role, kind = :kind, isDirect = :isDirect, joinedAt = :joinedAt${
        via === undefined ? "" : ", via = :via"
      }${isWithBot ? ", isWithBot = :withBot" : ""}${begun}`,
      condition,
      names: { "#role": "role", ...names },
      values: {
        ...values,
        ...(isWithBot ? { ":withBot": true } : {}),
        ":channel": channelId,
        ":role": role,
        ":kind": kind,
        ":isDirect": via === undefined,
        ":joinedAt": isoTime(now),
        ...(via === undefined ? {} : { ":via": new Set([via]) }),
      },
    },
    lineWrite({ organizationId: org, channelId }, who, isoTime(now), kept),
  ];
}

/** Takes somebody out of a channel as they were read (label `leaves <usr>`): row and line go together. */
export function leaveWrites(
  { organizationId: org, channelId }: ChannelKey,
  userId: string,
  membership: Membership,
): Write[] {
  const { role, kind, via } = membership;
  return [
    {
      label: `leaves ${userId}`,
      remove: keys.personChannel(org, userId, channelId),
      condition: `#role = :role AND kind = :kind AND ${via === undefined ? "attribute_not_exists(via)" : "via = :via"}`,
      names: { "#role": "role" },
      values: { ":role": role, ":kind": kind, ...(via === undefined ? {} : { ":via": via }) },
    },
    { label: `line of ${userId}`, remove: keys.rosterEntry(org, channelId, rankOf(membership), userId) },
  ];
}

type Place = Pick<Membership, "role" | "kind">;

/** Somebody's row in another role or kind, as they were read; what they have set of the channel stays (CH-11). */
function rowMove(
  { organizationId: org, channelId }: ChannelKey,
  userId: string,
  before: Membership,
  after: Place & { readonly isAlone?: boolean },
): Write {
  const { role, kind, isAlone = false } = after;
  const set = asSet(before);
  return {
    label: `moves ${userId}`,
    update: keys.personChannel(org, userId, channelId),
    expression: `SET #role = :after, kind = :kindAfter${isAlone ? ", isDirect = :isDirect REMOVE via" : ""}`,
    condition: `#role = :role AND kind = :kind AND ${set.condition}`,
    names: { "#role": "role", ...set.names },
    values: {
      ...set.values,
      ":role": before.role,
      ":kind": before.kind,
      ":after": role,
      ":kindAfter": kind,
      ...(isAlone ? { ":isDirect": true } : {}),
    },
  };
}

function lineMove(channel: ChannelKey, userId: string, before: Membership, after: Place): Write[] {
  const { organizationId: org, channelId } = channel;
  return [
    { label: `former line of ${userId}`, remove: keys.rosterEntry(org, channelId, rankOf(before), userId) },
    lineWrite(channel, { userId, ...after }, before.joinedAt ?? "", { ...before, isMoved: true }),
  ];
}

/** Moves somebody to another role or kind, in their row and in the roster (label `moves <usr>`). */
export function moveWrites(channel: ChannelKey, userId: string, before: Membership, after: Place): Write[] {
  const row = rowMove(channel, userId, before, after);
  return rankOf(before) === rankOf(after) ? [row] : [row, ...lineMove(channel, userId, before, after)];
}

/**
 * A member who is made a guest stays in a channel as one: as a person, without a role, and through no group (labels
 * `moves <usr>`, GINV-11).
 */
export function moveAsGuestWrites(channel: ChannelKey, userId: string, before: Membership): Write[] {
  const after = { role: "member", kind: "guest" } as const;
  return [
    rowMove(channel, userId, before, { ...after, isAlone: true }),
    ...lineMove(channel, userId, before, after),
  ];
}

/** A guest of General who becomes a member is in it without a row; what they have read stays (CH-1, label `moves <usr>`). */
export function readGeneralOnlyWrites(channel: ChannelKey, userId: string, before: Membership): Write[] {
  const { organizationId: org, channelId } = channel;
  return [
    {
      label: `moves ${userId}`,
      update: keys.personChannel(org, userId, channelId),
      expression: "REMOVE #role, kind, isDirect, joinedAt",
      condition: "#role = :role AND kind = :kind",
      names: { "#role": "role" },
      values: { ":role": before.role, ":kind": before.kind },
    },
    { label: `line of ${userId}`, remove: keys.rosterEntry(org, channelId, rankOf(before), userId) },
  ];
}

/** Adds a group to those through which somebody is in a channel (CH-9); they are in it already. */
export function addViaWrite(
  { organizationId: org, channelId }: ChannelKey,
  userId: string,
  group: string,
): Write {
  return {
    label: `joins ${userId}`,
    update: keys.personChannel(org, userId, channelId),
    expression: "ADD via :via",
    condition: "attribute_exists(#role)",
    names: { "#role": "role" },
    values: { ":via": new Set([group]) },
  };
}

/** Takes a group from those through which somebody is in a channel, who stays for another reason (CH-9). */
export function dropViaWrite(
  { organizationId: org, channelId }: ChannelKey,
  userId: string,
  membership: Membership,
  group: string,
): Write {
  return {
    label: `leaves ${userId}`,
    update: keys.personChannel(org, userId, channelId),
    expression: "DELETE via :group",
    condition: "via = :via AND isDirect = :isDirect",
    values: {
      ":group": new Set([group]),
      ":via": membership.via,
      ":isDirect": membership.isDirect,
    },
  };
}
