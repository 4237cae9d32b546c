import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { fanOut } from "../../../functions/realtime/fan-out.ts";
import type { Notice } from "../../../functions/realtime/notice.ts";
import type { LiveDirectory } from "../../../functions/realtime/recipients.ts";
import { generalChannelId } from "../../../functions/table/keys.ts";
import type { LivePerson } from "../../../functions/table/live.ts";
import { seededId } from "../../support/seeded-members.ts";

/** About as many as a page of 1 MB holds. */
const PAGE = 5_000;

/** How often it is looked at what is held. */
const LOOKS = 20;

const ORG = `org_${"0".repeat(26)}`;

/** Of one piece, as what is read from the table is: one that was put together holds its parts. */
const idOf = (index: number): string => Buffer.from(seededId(index)).toString();

/** What is left after a collection. */
function held(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}

/** As the table answers, made when it is asked for. */
function directoryOf(connections: number, isRoster: boolean): LiveDirectory {
  const person = (index: number): LivePerson => ({
    userId: idOf(index),
    connectionIds: [`connection-${index}=`],
    isGuest: false,
  });
  return {
    async *everybody() {
      for (let start = 0; start < connections; start += PAGE) {
        const length = Math.min(PAGE, connections - start);
        yield Array.from({ length }, (_, index) => person(start + index));
      }
    },
    among: async () => [],
    managerIds: async () => [],
    roster: async () =>
      Array.from({ length: isRoster ? connections : 0 }, (_, index) => ({
        userId: idOf(index),
        rank: 2,
        joinedAt: "2026-11-22T10:00:00.000Z",
      })),
    isConversation: async () => false,
    followers: async () => [],
    groupPeople: async () => [],
    removeConnections: async () => undefined,
  };
}

function notices(count: number, channelId: string): Notice[] {
  return Array.from({ length: count }, (_, index) => ({
    organizationId: ORG,
    channel: { channelId },
    event: {
      type: "message.posted",
      channelId,
      seq: index + 1,
      message: {
        id: `msg_${index}`,
        channelId,
        seq: index + 1,
        author: { userId: seededId(0), name: "Ann Lee", kind: "member" },
        text: "Could somebody look at the numbers before noon? They are in the sheet.",
        createdAt: "2026-11-22T10:00:00.000Z",
        pinned: false,
        reactions: [],
      },
    },
  }));
}

/**
 * The most that telling so many connections of so many messages holds at a time, garbage apart: in General, where nobody
 * has a line of a roster, or in a channel where everybody has.
 */
export async function heldWhileTelling(
  connections: number,
  messages: number,
  where: "General" | "a channel",
): Promise<number> {
  const isGeneral = where === "General";
  const channelId = isGeneral ? generalChannelId(ORG) : `chn_${"1".repeat(26)}`;
  const before = held();
  let most = 0;
  let sent = 0;
  const send = async () => {
    sent += 1;
    if (sent % Math.ceil(connections / LOOKS) === 0) most = Math.max(most, held() - before);
    return "sent" as const;
  };
  await fanOut(
    {
      directory: directoryOf(connections, !isGeneral),
      connections: { send, close: async () => "sent" as const },
      now: Date.now,
    },
    ORG,
    notices(messages, channelId),
  );
  return most;
}
