import { CHANNEL_ROLES, type ChannelRole } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import type { ChannelKey } from "./channel-heads.ts";
import { keys, PREFIXES } from "./keys.ts";
import { getItem, getItems, type Page, queryPage } from "./read.ts";
import { isoTime, type Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/**
 * A person in a channel: `O#<org>#PERSON#<usr>` / `CHANNEL#<chn>`, beside the channel's roster, which is written with
 * it. Without a `role` it is only how far a member has read General, in which everybody is (CH-1).
 */
export const membershipItem = z.object({
  channelId: z.string().optional(),
  role: z.enum(CHANNEL_ROLES).optional(),
  kind: z.enum(["member", "guest"]).optional(),
  /** Added, or joined, as a person, and not only through groups (CH-9). */
  isDirect: z.boolean().default(false),
  /** The attached groups through which they are here (CH-9). */
  via: z.set(z.string()).optional(),
  joinedAt: z.string().optional(),
  isFavourite: z.boolean().default(false),
  isMuted: z.boolean().default(false),
  lastReadSeq: z.number().int().default(0),
});

/** What a person's row of a channel holds. */
export type PersonChannel = z.infer<typeof membershipItem>;

/** A person's row of a channel that they are in. */
export type Membership = PersonChannel & {
  readonly channelId: string;
  readonly role: ChannelRole;
  readonly kind: "member" | "guest";
};

/** The row as a membership; `undefined` if it is none. */
export function asMembership(row: PersonChannel | undefined): Membership | undefined {
  if (row?.channelId === undefined || row.role === undefined || row.kind === undefined) return undefined;
  const { channelId, role, kind } = row;
  return { ...row, channelId, role, kind };
}

/** A person's row of a channel, read strongly (1 read unit) unless said otherwise. */
export async function getPersonChannel(
  table: Table,
  { organizationId, channelId }: ChannelKey,
  userId: string,
  options: { isConsistent: boolean } = { isConsistent: true },
): Promise<PersonChannel | undefined> {
  return await getItem(table, keys.personChannel(organizationId, userId, channelId), membershipItem, options);
}

/** A person's rows of several channels, read strongly, by channel; those without a row are not in the map. */
export async function getPersonChannels(
  table: Table,
  org: string,
  userId: string,
  channelIds: readonly string[],
): Promise<Map<string, PersonChannel>> {
  const rows = await getItems(
    table,
    [...new Set(channelIds)].map((id) => keys.personChannel(org, userId, id)),
    personRow,
  );
  return new Map(rows.map(({ sk, ...row }) => [sk.slice(PREFIXES.channel.length), row]));
}

/** Which of several people have a row of a channel, read strongly, by person. */
export async function getMembershipsOf(
  table: Table,
  { organizationId, channelId }: ChannelKey,
  userIds: readonly string[],
): Promise<Map<string, Membership>> {
  const rows = await getItems(
    table,
    [...new Set(userIds)].map((user) => keys.personChannel(organizationId, user, channelId)),
    membershipItem.extend({ pk: z.string() }),
  );
  const found = rows.flatMap(({ pk, ...row }) => {
    const membership = asMembership(row);
    return membership === undefined ? [] : [[pk.slice(pk.lastIndexOf("#") + 1), membership] as const];
  });
  return new Map(found);
}

const personRow = membershipItem.extend({ sk: z.string() });

/** One page of the channels a person is in, in the order of their ids (their age); General only if they have a row. */
export async function listPersonChannels(
  table: Table,
  org: string,
  userId: string,
  { limit, after }: { limit: number; after: string | undefined },
): Promise<Page<PersonChannel & { id: string }>> {
  const prefix = PREFIXES.channel;
  const page = await queryPage(
    table,
    {
      partition: keys.person(org, userId),
      prefix,
      limit,
      after: after === undefined ? undefined : `${prefix}${after}`,
    },
    personRow,
  );
  return {
    items: page.items.map(({ sk, ...row }) => ({ ...row, id: sk.slice(prefix.length) })),
    after: page.after?.slice(prefix.length),
  };
}

/** Every channel a person is in. */
export async function membershipsIn(table: Table, org: string, userId: string): Promise<Membership[]> {
  const found: Membership[] = [];
  let after: string | undefined;
  do {
    const page = await listPersonChannels(table, org, userId, { limit: 1_000, after });
    found.push(...page.items.flatMap((row) => asMembership(row) ?? []));
    after = page.after;
  } while (after !== undefined);
  return found;
}

/** CH-10's order is the roster's: channel admins, members, guests, pending guests. */
export const ROSTER_RANKS = { admin: 1, member: 2, guest: 3, pending: 4 } as const;

/** Where somebody stands in a roster. */
export function rankOf({ kind, role }: { kind: "member" | "guest"; role: ChannelRole }): 1 | 2 | 3 {
  if (kind === "guest") return ROSTER_RANKS.guest;
  return role === "admin" ? ROSTER_RANKS.admin : ROSTER_RANKS.member;
}

/** One line of a channel's roster: somebody in it, or a pending guest invitation (GINV-4). */
export const rosterItem = z
  .object({
    sk: z.string(),
    userId: z.string().optional(),
    invitationId: z.string().optional(),
    joinedAt: z.string(),
    /** The line was moved here from another rank: nobody came (`channel.member.updated`). */
    isMoved: z.boolean().optional(),
  })
  .transform(({ sk, ...line }) => ({ ...line, rank: Number(sk.slice(0, 1)) }));

export type RosterLine = z.infer<typeof rosterItem>;

/** One page of a channel's roster in CH-10's order; `after` is where the former page ended. */
export async function listRoster(
  table: Table,
  { organizationId, channelId }: ChannelKey,
  page: { limit: number; after: string | undefined; rank?: number },
): Promise<Page<RosterLine>> {
  const { limit, after, rank } = page;
  return await queryPage(
    table,
    {
      partition: keys.roster(organizationId, channelId),
      limit,
      after,
      ...(rank === undefined ? {} : { prefix: `${rank}#` }),
    },
    rosterItem,
  );
}

/** Everybody in a channel by its roster, pending guests apart; of General, its guests. */
export async function rosterOf(table: Table, channel: ChannelKey): Promise<RosterLine[]> {
  const lines: RosterLine[] = [];
  let after: string | undefined;
  do {
    const page = await listRoster(table, channel, { limit: 1_000, after });
    lines.push(...page.items.filter(({ rank }) => rank !== ROSTER_RANKS.pending));
    after = page.after;
  } while (after !== undefined);
  return lines;
}

/** Somebody who comes into a channel. */
export type Joining = {
  readonly userId: string;
  readonly kind: "member" | "guest";
  readonly role: ChannelRole;
  /** The group through which they come (CH-9); left out, they come by themselves. */
  readonly via?: string;
};

/**
 * Puts somebody who is not in it into a channel (labels `joins <usr>`, `line of <usr>`): their row and their line of
 * the roster. The channel's figures are counted apart (`headcountWrite`), once for all who come in a transaction.
 */
export function joinWrites(
  { organizationId: org, channelId }: ChannelKey,
  who: Joining,
  now: number,
): Write[] {
  const { userId, kind, role, via } = who;
  return [
    {
      label: `joins ${userId}`,
      update: keys.personChannel(org, userId, channelId),
      expression: `SET channelId = :channel, #role = :role, kind = :kind, isDirect = :isDirect, joinedAt = :joinedAt${
        via === undefined ? "" : ", via = :via"
      }`,
      condition: "attribute_not_exists(#role)",
      names: { "#role": "role" },
      values: {
        ":channel": channelId,
        ":role": role,
        ":kind": kind,
        ":isDirect": via === undefined,
        ":joinedAt": isoTime(now),
        ...(via === undefined ? {} : { ":via": new Set([via]) }),
      },
    },
    lineWrite({ organizationId: org, channelId }, who, isoTime(now)),
  ];
}

function lineWrite(
  { organizationId: org, channelId }: ChannelKey,
  who: Pick<Joining, "userId" | "kind" | "role">,
  joinedAt: string,
  isMoved = false,
): Write {
  return {
    label: `line of ${who.userId}`,
    put: {
      ...keys.rosterEntry(org, channelId, rankOf(who), who.userId),
      userId: who.userId,
      joinedAt,
      ...(isMoved ? { isMoved } : {}),
    },
  };
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

/** Moves somebody to another role or kind, in their row and in the roster (label `moves <usr>`). */
export function moveWrites(
  channel: ChannelKey,
  userId: string,
  before: Membership,
  after: Pick<Membership, "role" | "kind">,
): Write[] {
  const { organizationId: org, channelId } = channel;
  const row: Write = {
    label: `moves ${userId}`,
    update: keys.personChannel(org, userId, channelId),
    expression: "SET #role = :after, kind = :kindAfter",
    condition: "#role = :role AND kind = :kind",
    names: { "#role": "role" },
    values: {
      ":role": before.role,
      ":kind": before.kind,
      ":after": after.role,
      ":kindAfter": after.kind,
    },
  };
  if (rankOf(before) === rankOf(after)) return [row];
  return [
    row,
    { label: `former line of ${userId}`, remove: keys.rosterEntry(org, channelId, rankOf(before), userId) },
    lineWrite(channel, { userId, ...after }, before.joinedAt ?? "", true),
  ];
}

/**
 * A member who is made a guest stays in a channel as one: as a person, without a role, and through no group (labels
 * `moves <usr>`, GINV-11).
 */
export function moveAsGuestWrites(channel: ChannelKey, userId: string, before: Membership): Write[] {
  const { organizationId: org, channelId } = channel;
  return [
    {
      label: `moves ${userId}`,
      update: keys.personChannel(org, userId, channelId),
      expression: "SET #role = :after, kind = :guest, isDirect = :isDirect REMOVE via",
      condition: "#role = :role AND kind = :kind",
      names: { "#role": "role" },
      values: {
        ":role": before.role,
        ":kind": before.kind,
        ":after": "member",
        ":guest": "guest",
        ":isDirect": true,
      },
    },
    { label: `former line of ${userId}`, remove: keys.rosterEntry(org, channelId, rankOf(before), userId) },
    lineWrite(channel, { userId, kind: "guest", role: "member" }, before.joinedAt ?? "", true),
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

/** Lists a pending guest invitation on a channel (GINV-4). */
export function pendingLineWrite(
  { organizationId: org, channelId }: ChannelKey,
  invitationId: string,
  now: number,
): Write {
  return {
    label: `pending in ${channelId}`,
    put: {
      ...keys.rosterEntry(org, channelId, ROSTER_RANKS.pending, invitationId),
      invitationId,
      joinedAt: isoTime(now),
    },
  };
}

/** Takes a guest invitation that is over off a channel's roster. */
export function endPendingLineWrite(
  { organizationId: org, channelId }: ChannelKey,
  invitationId: string,
): Write {
  return {
    label: `pending in ${channelId}`,
    remove: keys.rosterEntry(org, channelId, ROSTER_RANKS.pending, invitationId),
  };
}
