import type { Message } from "../table/messages.ts";

/** A Lambda function answers 6 MB at most; a query of the table gives 1 MB, and what is read one by one is held to that. */
const MOST_BYTES = 1024 * 1024;

/** What a message takes without its text, its reactions apart: plenty. */
const FRAME_BYTES = 2_048;

/** Who reacted, id by id. */
const ID_BYTES = 33;

function bytesOf({ text, reactions = {} }: Message): number {
  const named = Object.values(reactions).reduce((sum, { userIds }) => sum + (userIds?.size ?? 0) + 1, 0);
  return Buffer.byteLength(text) + FRAME_BYTES + named * ID_BYTES;
}

/** The leading items whose messages fit into one answer: at least one. */
export function withinBytes<Item>(items: readonly Item[], messageOf: (item: Item) => Message): Item[] {
  let bytes = 0;
  const past = items.findIndex((item, index) => {
    bytes += bytesOf(messageOf(item));
    return index > 0 && bytes > MOST_BYTES;
  });
  return past === -1 ? [...items] : items.slice(0, past);
}
