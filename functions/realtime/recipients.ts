import { type Audience, EVENT_AUDIENCES, type Recipient } from "@vestibule/domain/live";
import { NO_RIGHTS } from "@vestibule/domain/people";
import { generalChannelId } from "../table/keys.ts";
import type { LivePerson } from "../table/live.ts";
import { ROSTER_RANKS, type RosterLine } from "../table/roster.ts";
import type { Notice } from "./notice.ts";
import { type Bystanders, type BystandersDirectory, readBystanders } from "./notified.ts";

/** Who is connected and who is in which channel, read at delivery time, so that nobody who lost access is told (MSG-4). */
export type LiveDirectory = BystandersDirectory & {
  /** Everybody who is connected, page by page: as many as there may be, few of them are held at a time. */
  everybody(organizationId: string): AsyncIterable<readonly LivePerson[]>;
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

/** What a batch is decided on: `rosters` holds, by channel, where in it each of its people stands. */
export type Scene = Bystanders & {
  readonly organizationId: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly managers: ReadonlySet<string>;
  readonly rosters: ReadonlyMap<string, ReadonlyMap<string, Standing>>;
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

/** What of somebody's line of a roster matters here. */
export type Standing = Pick<RosterLine, "rank" | "level" | "isMuted">;

/** People who stand alike share what says so: of a channel of many thousands, little more than their ids is held. */
function sharedStandings(): (line: RosterLine) => Standing {
  const known = new Map<string, Standing>();
  return ({ rank, level, isMuted }) => {
    const key = `${rank} ${level} ${isMuted}`;
    const standing = known.get(key) ?? { rank, level, isMuted };
    known.set(key, standing);
    return standing;
  };
}

async function readRosters(directory: LiveDirectory, organizationId: string, notices: readonly Notice[]) {
  const ids = new Set(notices.flatMap(({ channel }) => channel?.channelId ?? []));
  const standingOf = sharedStandings();
  const read = [...ids].map(async (channelId) => {
    const people = new Map<string, Standing>();
    for (const line of await directory.roster(organizationId, channelId)) {
      if (line.userId !== undefined) people.set(line.userId, standingOf(line));
    }
    return [channelId, people] as const;
  });
  return new Map(await Promise.all(read));
}

/** Reads once for a batch each channel's roster, the managers, and what decides who is notified. */
export async function readScene(
  directory: LiveDirectory,
  organizationId: string,
  { notices, now }: { notices: readonly Notice[]; now: number },
): Promise<Scene> {
  const isManagersConcern = notices.some((notice) => audienceOf(notice) === "managers");
  const [rosters, managers, bystanders] = await Promise.all([
    readRosters(directory, organizationId, notices),
    isManagersConcern ? directory.managerIds(organizationId) : [],
    readBystanders(directory, organizationId, notices),
  ]);
  return { organizationId, now, rosters, managers: new Set(managers), ...bystanders };
}

/** Those who are connected and may have to be told, page by page; read after what happened. */
export async function* connectedPeople(
  directory: LiveDirectory,
  { organizationId, rosters, managers }: Scene,
  notices: readonly Notice[],
): AsyncGenerator<readonly LivePerson[]> {
  const named = new Set([
    ...managers,
    ...notices.flatMap(({ concerns }) => concerns ?? []),
    ...[...rosters.values()].flatMap((people) => [...people.keys()]),
  ]);
  const isWide = notices.some(isForAll) || named.size > LOOKED_UP;
  if (isWide) yield* directory.everybody(organizationId);
  else yield await directory.among(organizationId, [...named]);
}

/**
 * Whether a connected person is in a channel: a member is in General (CH-1); a guest only where a guest's line lets
 * them in, and not where they are still written as the member they were (GINV-11).
 */
export function isIn(
  { organizationId, rosters }: Pick<Scene, "organizationId" | "rosters">,
  person: LivePerson,
  channelId: string,
): boolean {
  if (!person.isGuest && channelId === generalChannelId(organizationId)) return true;
  const rank = rosters.get(channelId)?.get(person.userId)?.rank;
  return rank !== undefined && (!person.isGuest || rank === ROSTER_RANKS.guest);
}

/** A connected person as the domain asks about recipients; managers and chat admins are those on the managers' list. */
export function recipientOf(scene: Scene, person: LivePerson, notice: Notice): Recipient {
  const { channel, concerns } = notice;
  const orgRole = scene.managers.has(person.userId) ? "administrator" : "user";
  return {
    standing: person.isGuest
      ? { kind: "guest", state: "active" }
      : { kind: "member", state: "active", orgRole, chatRole: "user", rights: NO_RIGHTS },
    relation: channel !== undefined && isIn(scene, person, channel.channelId) ? "member" : "none",
    ...(channel?.type === undefined ? {} : { channelType: channel.type }),
    isConcerned: concerns === person.userId,
  };
}
