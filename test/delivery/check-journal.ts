import type { Entry } from "./journal.ts";
import { PLACES } from "./plan.ts";
import type { Seen } from "./seen.ts";
import type { Stored, StoredPlace } from "./stored.ts";
import type { World } from "./world.ts";

const isDone = ({ outcome }: Entry) => outcome === "acknowledged";
/** A request that was sent again may be refused although it was carried out the first time. */
const mayBeDone = ({ kind, outcome }: Entry) => outcome !== "refused" || kind === "post";

/** MSG-3, MSG-4: acknowledged is stored, once, where it was said to be. */
function checkPosts(entries: readonly Entry[], { posts, messages }: StoredPlace): string[] {
  const problems: string[] = [];
  const key = (userId: string, nonce: string) => `${userId} ${nonce}`;
  const byNonce = Map.groupBy(posts, ({ authorId, nonce }) => key(authorId, nonce));
  for (const [nonce, all] of byNonce) {
    if (all.length > 1) problems.push(`${nonce} is stored as ${all.map(({ seq }) => seq).join(", ")}`);
  }
  for (const { kind, userId, nonce = "", seq, text, outcome } of entries) {
    if (kind !== "post" || outcome !== "acknowledged") continue;
    const stored = byNonce.get(key(userId, nonce))?.[0];
    const message = messages[(stored?.seq ?? 0) - 1];
    // A deleted one is a marker, which need not keep its nonce.
    const there = stored?.seq ?? messages.find((one) => one.seq === seq && one.isDeleted)?.seq;
    if (there !== seq) problems.push(`"${text}" was acknowledged as ${seq}, and is ${there ?? "nowhere"}`);
    else if (message !== undefined && message.edits === 0 && !message.isDeleted && message.text !== text)
      problems.push(`${seq} is "${message.text}", and not "${text}"`);
  }
  return problems;
}

/** Of changes that cannot have come in another order, the last one acknowledged is what is stored. */
function lastOf(entries: readonly Entry[]): Entry | undefined {
  const last = entries.at(-1);
  const isClear = entries.every(
    (one) => one === last || (last !== undefined && one.endedAt < last.startedAt),
  );
  return isClear && entries.every(isDone) ? last : undefined;
}

function checkMessage(message: Seen, entries: readonly Entry[]): string[] {
  const of = (...kinds: Entry["kind"][]) => entries.filter(({ kind }) => kinds.includes(kind));
  const deletions = of("delete");
  if (message.isDeleted) {
    // A place that was given up is a marker of the system's.
    const isMeant = message.author === "system" || deletions.length > 0;
    return isMeant ? [] : [`${message.seq} is deleted, by nobody`];
  }
  if (deletions.some(isDone)) return [`${message.seq} was deleted, and is there`];
  const problems: string[] = [];
  const edits = of("edit").filter(mayBeDone);
  const edited = lastOf(edits);
  if (edited !== undefined && message.text !== edited.text) {
    problems.push(`${message.seq} was edited to "${edited.text}", and is "${message.text}"`);
  }
  if (edits.length === 0 && message.edits > 0) problems.push(`${message.seq} is edited, by nobody`);
  const pinned = lastOf(of("pin", "unpin").filter(mayBeDone));
  if (pinned !== undefined && message.isPinned !== (pinned.kind === "pin")) {
    problems.push(`${message.seq}: ${pinned.kind} was acknowledged, and it is not so`);
  }
  const reactions = of("react", "unreact").filter(mayBeDone);
  for (const [whose, own] of Map.groupBy(reactions, ({ userId, emoji }) => `${emoji} ${userId}`)) {
    const last = lastOf(own);
    const [emoji = "", userId = ""] = whose.split(" ");
    const isThere = message.reactions
      .split(", ")
      .some((one) => one.startsWith(emoji) && one.includes(userId));
    if (last !== undefined && isThere !== (last.kind === "react")) {
      problems.push(`${message.seq}: ${last.kind} ${emoji} was acknowledged, and it is not so`);
    }
  }
  return problems;
}

/** MSG-8: a thread counts the replies that are stored. */
function checkThread({ seq, isDeleted, thread }: Seen, messages: readonly Seen[]): string[] {
  const replies = messages.filter(({ replyTo }) => replyTo === seq).length;
  const counted = Number(thread.split(" ")[0] ?? 0);
  return isDeleted || counted === replies ? [] : [`${seq} counts ${counted} replies of ${replies}`];
}

/** Whether what was acknowledged is what is stored. */
export function checkJournal({ journal, places }: World, stored: Stored): string[] {
  return PLACES.flatMap((place) => {
    const entries = journal.entries.filter(({ channelId }) => channelId === places[place]);
    const { messages } = stored.places[place];
    const bySeq = Map.groupBy(entries, ({ seq }) => seq);
    const problems = [
      ...checkPosts(entries, stored.places[place]),
      ...messages.flatMap((message) => checkMessage(message, bySeq.get(message.seq) ?? [])),
      ...messages.flatMap((message) => checkThread(message, messages)),
    ];
    return problems.map((problem) => `stored in ${place}: ${problem}`);
  });
}
