import { vi } from "vitest";
import { socketHandler } from "../../../functions/socket/create-handler.ts";
import type { PersonRecord } from "../../../functions/table/person-records.ts";
import { memoryLog } from "../message/memory-log.ts";
import { channel, GENERAL, member, ORG, places, userId } from "../message/people.ts";

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
  const handle = socketHandler({
    ...places({ channels }),
    log,
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
    people,
    messages,
    addConnection,
    removeConnections,
    moveReadMark,
  };
}
