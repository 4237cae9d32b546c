import { vi } from "vitest";
import type { StatusShape } from "../../../functions/contract/status.ts";
import type { MentionDeps } from "../../../functions/message/mentioned.ts";
import type { Sent } from "../../../functions/realtime/connections.ts";
import { socketHandler } from "../../../functions/socket/create-handler.ts";
import type { LivePerson } from "../../../functions/table/live.ts";
import type { OwnConnection } from "../../../functions/table/looking.ts";
import type { ChangesPage } from "../../../functions/table/message-changes.ts";
import type { PersonRecord } from "../../../functions/table/person-records.ts";
import { memoryLog } from "../message/memory-log.ts";
import { channel, GENERAL, member, NOW, ORG, places, userId } from "../message/people.ts";

/** Nobody whom a text could mention. */
const NO_MENTIONS: MentionDeps = {
  byHandle: async () => [],
  groups: async () => [],
  memberships: async () => new Map(),
  metBy: async () => [],
};

/** The socket function over one channel in memory; people come and go through `people`. */
export function setup() {
  const { log, messages, head } = memoryLog();
  const people = new Map<string, PersonRecord>([
    [userId("ann"), member("ann", { firstName: "Ann", lastName: "Lee" })],
  ]);
  const addConnection = vi.fn(async (_connection: object): Promise<"added" | "too-many"> => "added");
  const removeConnections = vi.fn(async (_gone: object) => undefined);
  const moveReadMark = vi.fn(async (_channel: object, { seq }: { seq: number }) => seq);
  const channels = [channel("public", { channelId: GENERAL, isGeneral: true })];
  const world = places({ channels });
  const frames: { connectionId: string; events: object[] }[] = [];
  const attention = {
    lookAt: vi.fn(async (_connection: object, _channelId: string) => undefined),
    lookAway: vi.fn(async (_connections: readonly object[]) => undefined),
    lookersAt: vi.fn(async (_channel: object, _limit: number): Promise<OwnConnection[]> => []),
    livePeople: vi.fn(async (_org: string, _ids: readonly string[]): Promise<LivePerson[]> => []),
    membershipsOf: vi.fn(async () => new Map<string, { kind: "member" | "guest" }>()),
    setStatus: vi.fn(
      async (_org: string, id: string): Promise<StatusShape> => ({
        userId: id,
        presence: "away",
      }),
    ),
    seenBy: vi.fn(async (_org: string, _viewer: string, ids: readonly string[]) => new Set(ids)),
    statusesOf: vi.fn(
      async (_org: string, ids: readonly string[]): Promise<StatusShape[]> =>
        ids.map((id) => ({ userId: id, presence: "online" })),
    ),
    watchPeople: vi.fn(async (_connection: object, _ids: readonly string[]) => undefined),
    mirrorStatus: vi.fn(async () => undefined),
  };
  const send = vi.fn(async (connectionId: string, frame: string): Promise<Sent> => {
    frames.push({ connectionId, events: JSON.parse(frame).events });
    return "sent";
  });
  let now = NOW;
  const changes = vi.fn(async (): Promise<ChangesPage> => ({ items: [], last: undefined, isLast: true }));
  const handle = socketHandler({
    ...world,
    ...attention,
    connections: { send, close: async () => "sent" as const },
    now: () => now,
    log,
    mentions: NO_MENTIONS,
    historyDays: async () => null,
    changes,
    person: async (org, user) => (org === ORG ? people.get(user) : undefined),
    lastSeq: async () => head.seq,
    moveReadMark,
    addConnection,
    removeConnections,
  });
  const event = (eventType: string, body?: string) => ({
    ...(body === undefined ? {} : { body }),
    isBase64Encoded: false,
    requestContext: {
      eventType,
      connectionId: "c1",
      requestId: "request-1",
      authorizer: { organizationId: ORG, userId: userId("ann"), principalId: userId("ann") },
    },
  });
  const raw = async (body: string) => {
    const { statusCode, body: reply } = await handle(event("MESSAGE", body));
    return { statusCode, reply: JSON.parse(reply ?? "null") };
  };
  return {
    raw,
    frame: async (frame: object) => (await raw(JSON.stringify(frame))).reply,
    connect: () => handle(event("CONNECT")),
    disconnect: () => handle(event("DISCONNECT")),
    ...attention,
    send,
    frames,
    changes,
    row: world.row,
    pass: (ms: number) => {
      now += ms;
    },
    people,
    messages,
    addConnection,
    removeConnections,
    moveReadMark,
  };
}
