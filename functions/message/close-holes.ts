import { newId } from "../shell/ids.ts";
import type { ChannelKey } from "../table/channel-heads.ts";
import { type Message, tombstone } from "../table/messages.ts";
import type { MessageLog } from "./message-log.ts";

/** How long a message may be under way between its `seq` and its place: an API function's longest run is 10 s. */
const HOLE_MS = 5_000;

/** Holes that one request closes; there are as many as writers crashed, so this is plenty. */
const MAX_HOLES = 100;

async function fill(log: MessageLog, channel: ChannelKey, seq: number, now: number): Promise<Message> {
  const marker = tombstone(seq, newId("message", now), now);
  if ((await log.put(channel, marker)) === "stored") return marker;
  // Not a hole after all: the message came meanwhile, or the page was read from a replica that lagged.
  return (await log.get(channel, seq)) ?? marker;
}

/**
 * MSG-2: the messages from `from` on, without holes. `ascending` is a page as it was read, `from` the first `seq` that
 * belongs on it. A hole with a later message 5 s old gets a tombstone, and the late writer a new `seq`. At a younger
 * one the visible channel ends: its message is about to come. What the plan has deleted is no hole (SEAT-7).
 */
export async function closeHoles(
  log: MessageLog,
  channel: ChannelKey,
  ascending: readonly Message[],
  { from, now }: { from: number; now: number },
): Promise<Message[]> {
  const visible: Message[] = [];
  let expected = from;
  let holes = 0;
  let deletedTo: number | undefined;
  for (const message of ascending) {
    const isSettled = Date.parse(message.createdAt) <= now - HOLE_MS;
    if (expected < message.seq) {
      deletedTo ??= await log.deletedTo(channel);
      expected = Math.max(expected, deletedTo + 1);
    }
    for (; expected < message.seq; expected += 1) {
      holes += 1;
      if (!isSettled || holes > MAX_HOLES) return visible;
      visible.push(await fill(log, channel, expected, now));
    }
    visible.push(message);
    expected = message.seq + 1;
  }
  return visible;
}
