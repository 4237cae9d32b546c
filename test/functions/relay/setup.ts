import { vi } from "vitest";
import type { StatusShape } from "../../../functions/contract/status.ts";
import type { Sent } from "../../../functions/realtime/connections.ts";
import { relayHandler } from "../../../functions/relay/create-handler.ts";
import type { Unread } from "../../../functions/relay/figures.ts";
import type { ChannelKey } from "../../../functions/table/channel-heads.ts";
import type { LivePerson } from "../../../functions/table/live.ts";
import type { Message } from "../../../functions/table/messages.ts";
import type { RosterLine } from "../../../functions/table/roster.ts";
import type { Watcher } from "../../../functions/table/watchers.ts";
import { NOW, SIDE, userId } from "../message/people.ts";

type Received = { type: string; [field: string]: unknown };

/** The relay over three people who are connected: Ann and Gil, a guest, are in `SIDE`; Ann is a manager. */
export function setup() {
  const received: Record<string, Received[]> = {};
  const closed: string[] = [];
  const gone = new Set<string>();
  const live: LivePerson[] = [
    { userId: userId("ann"), connectionIds: ["a1"], isGuest: false },
    { userId: userId("bob"), connectionIds: ["b1"], isGuest: false },
    { userId: userId("gil"), connectionIds: ["g1"], isGuest: true },
  ];
  const side: RosterLine[] = [
    { userId: userId("ann"), rank: 1, joinedAt: "" },
    { userId: userId("gil"), rank: 3, joinedAt: "" },
  ];
  const directory = {
    everybody: vi.fn(async function* (_org: string): AsyncGenerator<LivePerson[]> {
      yield live;
    }),
    among: vi.fn(async (_org: string, ids: readonly string[]) =>
      live.filter((person) => ids.includes(person.userId)),
    ),
    managerIds: vi.fn(async (_org: string) => [userId("ann")]),
    roster: vi.fn(async (_org: string, channelId: string) => (channelId === SIDE ? side : [])),
    isConversation: vi.fn(async () => false),
    followers: vi.fn(async () => []),
    groupPeople: vi.fn(async () => []),
    removeConnections: vi.fn(async () => undefined),
  };
  const watchers: Watcher[] = [];
  const figures = {
    unread: vi.fn(async (_channel: object, _user: string): Promise<Unread | undefined> => undefined),
    reactionCount: vi.fn(async (): Promise<number | undefined> => undefined),
    statuses: vi.fn(
      async (_org: string, ids: readonly string[]): Promise<StatusShape[]> =>
        ids.map((id) => ({ userId: id, presence: "online" })),
    ),
    watchers: vi.fn(async function* (_org: string) {
      yield watchers;
    }),
    forgetWatchers: vi.fn(async (_org: string, _ids: readonly string[]) => undefined),
    /** The guest shares a channel with Ann alone. */
    seenBy: vi.fn(
      async (_org: string, _viewer: string, ids: readonly string[]) =>
        new Set(ids.filter((id) => id === userId("ann"))),
    ),
  };
  /** No channel is large, unless a test says so. */
  const large = {
    isLarge: vi.fn(async (_channel: ChannelKey) => false),
    takeTurn: vi.fn(
      async (_channel: ChannelKey, _holder: string): Promise<readonly number[] | undefined> => [],
    ),
    leave: vi.fn(async (_channel: ChannelKey, _seqs: readonly number[]) => true),
    endTurn: vi.fn(
      async (_channel: ChannelKey, _holder: string): Promise<readonly number[] | undefined> => undefined,
    ),
    told: vi.fn(async (_channel: ChannelKey, _seqs: readonly number[]) => undefined),
    messages: vi.fn(async (_channel: ChannelKey, _seqs: readonly number[]): Promise<Message[]> => []),
  };
  const handle = relayHandler({
    directory,
    figures,
    large,
    connections: {
      async send(connectionId, frame): Promise<Sent> {
        if (gone.has(connectionId)) return "gone";
        received[connectionId] = [...(received[connectionId] ?? []), ...JSON.parse(frame).events];
        return "sent";
      },
      async close(connectionId) {
        closed.push(connectionId);
        return "sent";
      },
    },
    now: () => NOW,
  });
  const relay = (...records: object[]) => handle({ Records: records });
  const types = (connectionId: string) => (received[connectionId] ?? []).map(({ type }) => type);
  return { relay, received, types, closed, directory, figures, large, side, watchers, gone, live };
}
