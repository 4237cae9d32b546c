import { isEnded } from "@vestibule/domain/guests";
import { type Audience, EVENT_AUDIENCES, type Recipient } from "@vestibule/domain/live";
import { NO_RIGHTS } from "@vestibule/domain/people";
import { generalChannelId } from "../table/keys.ts";
import type { LivePerson } from "../table/live.ts";
import { ROSTER_RANKS, type RosterLine } from "../table/roster.ts";
import type { Notice } from "./notice.ts";

/** Who is connected and who is in which channel, read at delivery time, so that nobody who lost access is told (MSG-4). */
export type LiveDirectory = {
  everybody(organizationId: string): Promise<LivePerson[]>;
  among(organizationId: string, userIds: readonly string[]): Promise<LivePerson[]>;
  managerIds(organizationId: string): Promise<string[]>;
  roster(organizationId: string, channelId: string): Promise<RosterLine[]>;
  removeConnections(gone: {
    organizationId: string;
    userId: string;
    connectionIds: readonly string[];
  }): Promise<void>;
};

/** So many people are looked up one by one; of more, all who are connected are read. */
const LOOKED_UP = 50;

/** Who is there: `rosters` holds, by channel, where in it each of its people stands. */
export type Presence = {
  readonly organizationId: string;
  readonly people: readonly LivePerson[];
  /** Guests whose access is over, with connections still open (GINV-10). */
  readonly ended: readonly LivePerson[];
  readonly managers: ReadonlySet<string>;
  readonly rosters: ReadonlyMap<string, ReadonlyMap<string, number>>;
};

const audienceOf = ({ event }: Notice): Audience => EVENT_AUDIENCES[event.type];

/** Whether all of the organization may be told, so that it makes no sense to look people up one by one. */
function isForAll(notice: Notice): boolean {
  const audience = audienceOf(notice);
  if (audience === "organization") return true;
  if (notice.channel === undefined) return false;
  if (notice.channel.channelId === generalChannelId(notice.organizationId)) return true;
  return audience === "channel-or-public" && notice.channel.type === "public";
}

async function readRosters(directory: LiveDirectory, organizationId: string, notices: readonly Notice[]) {
  const ids = new Set(notices.flatMap(({ channel }) => channel?.channelId ?? []));
  const read = [...ids].map(async (channelId) => {
    const lines = await directory.roster(organizationId, channelId);
    const ranks = lines.flatMap(({ userId, rank }) =>
      userId === undefined ? [] : [[userId, rank] as const],
    );
    return [channelId, new Map(ranks)] as const;
  });
  return new Map(await Promise.all(read));
}

/** Reads once for a batch who is to be thought of: each channel's roster, the managers, and those who are connected. */
export async function whoIsThere(
  directory: LiveDirectory,
  organizationId: string,
  { notices, now }: { notices: readonly Notice[]; now: number },
): Promise<Presence> {
  const isManagersConcern = notices.some((notice) => audienceOf(notice) === "managers");
  const [rosters, managers] = await Promise.all([
    readRosters(directory, organizationId, notices),
    isManagersConcern ? directory.managerIds(organizationId) : [],
  ]);
  const named = new Set([
    ...managers,
    ...notices.flatMap(({ concerns }) => concerns ?? []),
    ...[...rosters.values()].flatMap((ranks) => [...ranks.keys()]),
  ]);
  const isWide = notices.some(isForAll) || named.size > LOOKED_UP;
  const found = isWide
    ? await directory.everybody(organizationId)
    : await directory.among(organizationId, [...named]);
  const isOver = ({ endsAt }: LivePerson): boolean => isEnded(endsAt ?? null, now);
  return {
    organizationId,
    people: found.filter((person) => !isOver(person)),
    ended: found.filter(isOver),
    managers: new Set(managers),
    rosters,
  };
}

/**
 * Whether a connected person is in a channel: a member is in General (CH-1); a guest only where a guest's line lets
 * them in, and not where they are still written as the member they were (GINV-11).
 */
export function isIn(presence: Presence, person: LivePerson, channelId: string): boolean {
  if (!person.isGuest && channelId === generalChannelId(presence.organizationId)) return true;
  const rank = presence.rosters.get(channelId)?.get(person.userId);
  return rank !== undefined && (!person.isGuest || rank === ROSTER_RANKS.guest);
}

/** A connected person as the domain asks about recipients; managers and chat admins are those on the managers' list. */
export function recipientOf(presence: Presence, person: LivePerson, notice: Notice): Recipient {
  const { channel, concerns } = notice;
  const orgRole = presence.managers.has(person.userId) ? "administrator" : "user";
  return {
    standing: person.isGuest
      ? { kind: "guest", state: "active" }
      : { kind: "member", state: "active", orgRole, chatRole: "user", rights: NO_RIGHTS },
    relation: channel !== undefined && isIn(presence, person, channel.channelId) ? "member" : "none",
    ...(channel?.type === undefined ? {} : { channelType: channel.type }),
    isConcerned: concerns === person.userId,
  };
}
