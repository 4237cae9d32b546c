import { expect } from "vitest";
import { keys } from "../../../../functions/table/keys.ts";
import type { KillableWorld } from "./killable-world.ts";

// biome-ignore lint/suspicious/noExplicitAny: a test looks into items of any kind.
type Row = Record<string, any>;

const seqOf = ({ sk }: Row): number => Number.parseInt(String(sk), 10);
const sorted = (names: Iterable<string>): string[] => [...names].sort();

/**
 * MSG-2, MSG-6…9: a channel without holes from what was deleted on, in which every figure that a message carries is that
 * of the list behind it, and nothing is left of what was deleted. Answers its messages, by `seq`.
 */
export async function soundChannel(w: KillableWorld, channel: string): Promise<Row[]> {
  const { org, rows } = w;
  const [messages, edits, reactors, pins, head] = await Promise.all([
    rows(keys.messages(org, channel)),
    rows(keys.edits(org, channel)),
    rows(keys.reactors(org, channel)),
    rows(keys.pins(org, channel)),
    w.item(keys.channelHead(org, channel)),
  ]);
  const lastSeq = Number(head?.["seq"] ?? 0);
  const deletedTo = Number(head?.["deletedTo"] ?? 0);
  expect(messages.map(seqOf)).toEqual(
    Array.from({ length: lastSeq - deletedTo }, (_, index) => deletedTo + index + 1),
  );
  const nonces = messages.flatMap(({ nonce, authorId }) =>
    nonce === undefined ? [] : `${authorId} ${nonce}`,
  );
  expect(sorted(new Set(nonces))).toEqual(sorted(nonces));

  const standing = messages.filter(({ isDeleted }) => isDeleted !== true);
  const numbers = (each: (message: Row) => number): string[] =>
    standing.flatMap((message) => Array.from({ length: each(message) }, () => String(seqOf(message))));
  expect(sorted(edits.map((row) => String(seqOf(row))))).toEqual(sorted(numbers(({ edits: of = 0 }) => of)));
  const pinned = standing.filter(({ pinnedAt }) => pinnedAt !== undefined);
  expect(sorted(pins.map(({ sk }) => String(sk)))).toEqual(
    sorted(pinned.map((message) => keys.pin(org, channel, message["pinnedAt"], seqOf(message)).sk)),
  );
  const used = standing.flatMap((message) =>
    Object.entries<Row>(message["reactions"] ?? {}).map(
      ([emoji, { count, users }]) => `${seqOf(message)} ${emoji} ${count} ${sorted(Object.keys(users))}`,
    ),
  );
  const listed = Map.groupBy(reactors, (row) => `${seqOf(row)} ${row["emoji"]}`);
  expect(sorted(used)).toEqual(
    sorted(
      [...listed].map(
        ([which, those]) => `${which} ${those.length} ${sorted(those.map(({ userId }) => userId))}`,
      ),
    ),
  );
  for (const root of messages) {
    const replies = messages.filter(({ replyTo }) => replyTo === seqOf(root)).map(seqOf);
    const pointers = (await rows(keys.thread(org, channel, seqOf(root)))).map(seqOf);
    expect(pointers).toEqual(replies);
    if (root["isDeleted"] !== true) expect(root["thread"]?.replies ?? 0).toBe(replies.length);
  }
  return messages;
}
