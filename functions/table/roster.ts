import { type ChannelRole, NOTIFICATION_LEVELS, type NotificationLevel } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import type { ChannelKey } from "./channel-heads.ts";
import { keys } from "./keys.ts";
import { type Page, queryPage } from "./read.ts";
import { isoTime, type Table } from "./table.ts";
import type { Write } from "./transaction.ts";

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
    /** How they have set the channel, as their row says (CH-11, PRS-4). */
    level: z.enum(NOTIFICATION_LEVELS).optional(),
    isMuted: z.boolean().optional(),
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

/** How somebody has set a channel for themselves, as the line tells those who deliver. */
export type LineSettings = { readonly level?: NotificationLevel | undefined; readonly isMuted?: boolean };

/** That somebody's row has the channel set as it was read, as their line is to say the same (CH-11). */
export function asSet({ level, isMuted = false }: LineSettings) {
  const muted = isMuted ? "isMuted = :muted" : "(attribute_not_exists(isMuted) OR isMuted = :muted)";
  const levelled = level === undefined ? "attribute_not_exists(#level)" : "#level = :level";
  return {
    condition: `${muted} AND ${levelled}`,
    names: { "#level": "level" },
    values: { ":muted": isMuted, ...(level === undefined ? {} : { ":level": level }) },
  };
}

/**
 * Writes somebody's line (label `line of <usr>`), with what they have set; `isMoved` where they had one of another rank.
 */
export function lineWrite(
  { organizationId: org, channelId }: ChannelKey,
  who: { readonly userId: string; readonly kind: "member" | "guest"; readonly role: ChannelRole },
  joinedAt: string,
  { level, isMuted = false, isMoved = false }: LineSettings & { readonly isMoved?: boolean } = {},
): Write {
  return {
    label: `line of ${who.userId}`,
    put: {
      ...keys.rosterEntry(org, channelId, rankOf(who), who.userId),
      userId: who.userId,
      joinedAt,
      ...(isMoved ? { isMoved } : {}),
      ...(level === undefined ? {} : { level }),
      ...(isMuted ? { isMuted } : {}),
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
