import { logger } from "../shell/logger.ts";
import type { ChannelKey, Taking } from "../table/channel-heads.ts";
import { type Memory, nonceHash } from "../table/message-nonces.ts";
import { type Message, tombstone } from "../table/messages.ts";
import { TableBusy } from "../table/transaction.ts";
import { findPlace, type Place } from "./find-place.ts";
import type { Along, MessageLog } from "./message-log.ts";

/** A message that has its place in the channel; `isNew` unless its nonce was stored before. */
export type Placed =
  | { readonly kind: "placed"; readonly message: Message; readonly isNew: boolean }
  | { readonly kind: "fenced"; readonly fencedAt: number }
  | { readonly kind: "archived" }
  | { readonly kind: "no-root" }
  | { readonly kind: "no-channel" };

/** A message before it has a `seq`; the time is taken when it is stored. */
export type Draft = { readonly authorId: string; readonly nonce: string } & Omit<
  Message,
  "seq" | "createdAt"
>;

/** A nonce moves on to its next salt when its place was lost to a tombstone, or its hash is another nonce's too. */
export const SALTS = 6;

/** What the system records of a person is not theirs: no nonce of theirs stands for it, nor keeps it away. */
function isSame(message: Message, draft: Draft): boolean {
  const isAlike = (message.authorKind === "system") === (draft.authorKind === "system");
  return isAlike && message.authorId === draft.authorId && message.nonce === draft.nonce;
}

async function remember(log: MessageLog, channel: ChannelKey, place: Place): Promise<void> {
  if (place.kind !== "new" || place.fullBlock.size === 0) return;
  try {
    await log.remember(channel, place.fullBlock);
  } catch (error) {
    // Whoever finds the pages behind the head pages them; the message itself must not fail for it.
    logger.warn("nonces not paged", { error: error instanceof Error ? error.name : typeof error });
  }
}

/**
 * What stands at the place of the draft in the end: the draft itself, or the same message of an earlier attempt;
 * `undefined` when another one does.
 */
async function settle(
  log: MessageLog,
  channel: ChannelKey,
  { draft, along }: { draft: Message & Draft; along: Along | undefined },
  place: Extract<Place, { seq: number }>,
): Promise<{ message: Message; isNew: boolean } | "no-root" | undefined> {
  if (place.kind === "known") {
    const found = await log.get(channel, place.seq);
    if (found !== undefined) return isSame(found, draft) ? { message: found, isNew: false } : undefined;
    // What the plan has deleted is no place any more: nobody would ever see what is put there (SEAT-7).
    if (place.seq <= (await log.deletedTo(channel))) return undefined;
    // A hole: an earlier attempt took the place and has not stored the message, or never will.
  }
  const [stored] = await Promise.all([log.put(channel, draft, along), remember(log, channel, place)]);
  if (stored === "stored") return { message: draft, isNew: true };
  if (stored === "no-root") {
    // Nothing will come to this place: nobody has to wait for it.
    await log.put(channel, tombstone(place.seq, draft.messageId, Date.parse(draft.createdAt)));
    await log.dropMentions(channel, draft);
    return stored;
  }
  const found = await log.get(channel, place.seq);
  if (found === undefined || !isSame(found, draft)) {
    // Its place was lost to a tombstone: it mentions nobody there.
    await log.dropMentions(channel, draft);
    return undefined;
  }
  return { message: found, isNew: found.messageId === draft.messageId };
}

/**
 * Gives a message its place: once for its nonce, however often and however concurrently it is sent (MSG-3).
 * @throws TableBusy when no place could be had
 */
export async function placeMessage(
  deps: { log: MessageLog; now: () => string },
  channel: ChannelKey,
  draft: Draft,
  { memory, along, ...taking }: { memory: Memory; along?: Along | undefined } & Taking,
): Promise<Placed> {
  for (let salt = 0; salt < SALTS; salt += 1) {
    const hash = nonceHash(draft.authorId, draft.nonce, salt);
    const place = await findPlace(deps.log, channel, { hash, known: memory, ...taking });
    if (place.kind !== "new" && place.kind !== "known") return place;
    const message = { ...draft, seq: place.seq, createdAt: deps.now() };
    const settled = await settle(deps.log, channel, { draft: message, along }, place);
    if (settled === "no-root") return { kind: settled };
    if (settled !== undefined) return { kind: "placed", ...settled };
  }
  throw new TableBusy();
}
