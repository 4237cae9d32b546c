import { vi } from "vitest";
import type { Sent } from "../../../functions/realtime/connections.ts";
import { fanOut } from "../../../functions/realtime/fan-out.ts";
import type { Notice } from "../../../functions/realtime/notice.ts";
import type { LiveDirectory } from "../../../functions/realtime/recipients.ts";
import type { SlowConnections } from "../../../functions/realtime/slow-connections.ts";
import type { LivePerson } from "../../../functions/table/live.ts";
import type { RosterLine } from "../../../functions/table/roster.ts";
import { CHANNEL, NOW, ORG, SIDE } from "../message/people.ts";
import { posted } from "./events.ts";

type World = {
  readonly people: Record<string, string[]>;
  readonly managers?: string[];
  readonly guests?: string[];
  /** When whose access ended, or will. */
  readonly ends?: Record<string, number>;
  /** Who is in `SIDE`, by rank, and how they have set it. */
  readonly side?: Record<string, number>;
  readonly settings?: Record<string, Pick<RosterLine, "level" | "isMuted">>;
  /** How they are, and have set General. */
  readonly live?: Record<string, Pick<LivePerson, "dndUntil" | "general">>;
  readonly conversations?: readonly string[];
  readonly followers?: readonly string[];
  readonly groups?: Record<string, readonly string[]>;
  readonly answers?: Record<string, Sent[]>;
  /** Everybody connected is read so many at a time. */
  readonly pageSize?: number;
  readonly slow?: SlowConnections;
};

export type Untold = Omit<Notice, "organizationId">;

/** A message in General. */
export const inGeneral = (seq: number, text?: string): Untold => ({
  event: posted(seq, text),
  channel: CHANNEL,
});

/** An organization with people connected, and what reaches their connections. */
export function world(given: World) {
  const { people, managers = [], guests = [], ends = {}, side = {}, settings = {}, live = {} } = given;
  const { conversations = [], followers = [], groups = {}, answers = {}, pageSize = 1_000, slow } = given;
  const received: Record<string, { type: string; [field: string]: unknown }[]> = {};
  const frames: string[] = [];
  const closed: string[] = [];
  let now = 0;
  const list = (names: readonly string[]) =>
    names.map((userId) => ({
      userId,
      connectionIds: people[userId] ?? [],
      isGuest: guests.includes(userId),
      endsAt: ends[userId],
      ...live[userId],
    }));
  const directory = {
    everybody: vi.fn(async function* () {
      const names = Object.keys(people);
      for (let start = 0; start < names.length; start += pageSize) {
        yield list(names.slice(start, start + pageSize));
      }
    }),
    among: vi.fn(async (_org: string, ids: readonly string[]) => list(ids.filter((id) => id in people))),
    managerIds: vi.fn(async () => managers),
    roster: vi.fn(async (_org: string, channelId: string) =>
      Object.entries(channelId === SIDE ? side : {}).map(([userId, rank]) => ({
        userId,
        rank,
        joinedAt: "",
        ...settings[userId],
      })),
    ),
    isConversation: vi.fn(async (_org: string, channelId: string) => conversations.includes(channelId)),
    followers: vi.fn(async () => followers),
    groupPeople: vi.fn(async (_org: string, groupId: string) => groups[groupId] ?? []),
    removeConnections: vi.fn(async () => undefined),
  } satisfies LiveDirectory;
  const send = vi.fn(async (connectionId: string, frame: string, _signal?: AbortSignal): Promise<Sent> => {
    const sent = answers[connectionId]?.shift() ?? "sent";
    if (sent !== "sent") return sent;
    frames.push(frame);
    received[connectionId] = [...(received[connectionId] ?? []), ...JSON.parse(frame).events];
    return sent;
  });
  const wait = vi.fn(async (ms: number) => {
    now += ms;
  });
  const close = async (connectionId: string): Promise<Sent> => {
    closed.push(connectionId);
    return "sent";
  };
  const deps = { directory, connections: { send, close }, clock: () => now, now: () => NOW, wait };
  const tell = (...notices: Untold[]) =>
    fanOut(
      { ...deps, ...(slow === undefined ? {} : { slow }) },
      ORG,
      notices.map((notice) => ({ organizationId: ORG, ...notice })),
    );
  const types = (connectionId: string) => (received[connectionId] ?? []).map(({ type }) => type);
  return { tell, directory, send, received, types, frames, wait, closed };
}
