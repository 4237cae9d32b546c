import { PLACES, type PlaceName } from "./plan.ts";
import { difference, seenInView } from "./seen.ts";
import type { Stored, StoredPlace } from "./stored.ts";
import type { Actor, Device, World } from "./world.ts";

type Look = {
  readonly actor: Actor;
  readonly device: Device;
  readonly place: PlaceName;
  readonly channelId: string;
};

/** MSG-2, MSG-4: all of it, once, in order, as it is now. */
function checkMessages({ actor, device, channelId }: Look, { messages }: StoredPlace): string[] {
  const shown = device.session.channel(channelId).view().messages;
  const problems: string[] = [];
  shown.forEach(({ seq, author, nonce }, index) => {
    const former = shown[index - 1]?.seq ?? 0;
    if (seq !== former + 1) problems.push(`${seq} follows ${former}`);
    if (nonce !== undefined && author.userId !== actor.who.userId) problems.push(`shown the nonce of ${seq}`);
  });
  const bySeq = new Map(shown.map((message) => [message.seq, seenInView(message)]));
  for (const message of messages) {
    const seen = bySeq.get(message.seq);
    const text = seen === undefined ? "not shown" : difference(message, seen);
    if (text !== "") problems.push(`${message.seq}: ${text}`);
    bySeq.delete(message.seq);
  }
  for (const seq of bySeq.keys()) problems.push(`${seq} is shown, and not stored`);
  return problems;
}

/** MSG-11: what is unread, and mentions, as it follows from what is stored. */
function checkCounts(
  { actor, device, channelId }: Look,
  { lastSeq, marks, messages }: StoredPlace,
): string[] {
  const { userId } = actor.who;
  const { unread, mentions, lastReadSeq } = device.session.counts(channelId);
  const mark = marks.get(userId) ?? 0;
  const mentioning = messages.filter(
    ({ seq, mentions: named }) => seq > mark && (named.includes(userId) || named.includes("@channel")),
  );
  // The service counts one's own @channel, too; a session does not, of those that it heard of itself.
  const least = mentioning.filter(({ author }) => author !== userId).length;
  const problems: string[] = [];
  if (lastReadSeq !== mark) problems.push(`read up to ${mark}, shown ${lastReadSeq}`);
  if (unread !== lastSeq - mark) problems.push(`${lastSeq - mark} unread, shown ${unread}`);
  if (mentions < least || mentions > mentioning.length) {
    problems.push(
      `mentioned in ${mentioning.map(({ seq }) => seq).join(", ")} after ${mark}, shown ${mentions}`,
    );
  }
  return problems;
}

function checkPlace(look: Look, stored: StoredPlace): string[] {
  const { actor, device, channelId } = look;
  const view = device.session.channel(channelId).view();
  if (stored.readers.has(actor.who.userId)) {
    if (view.problem !== undefined) return [`not shown: ${view.problem.code}`];
    if (!view.isLoaded) return ["not loaded"];
    return [...checkMessages(look, stored), ...checkCounts(look, stored)];
  }
  const problems: string[] = [];
  if (view.messages.length > 0)
    problems.push(`${view.messages.length} messages are kept by who is not in it`);
  if (view.problem === undefined) problems.push("who is not in it is not told so");
  if (device.session.countedChannels().includes(channelId)) problems.push("counted by who is not in it");
  return problems;
}

/** Whether everybody sees what is stored, for exactly those who may see it; what does not fit, as text. */
export function checkViews({ actors, places }: World, stored: Stored): string[] {
  return actors.flatMap((actor) =>
    actor.devices.flatMap((device, number) => {
      const name = `${actor.name}${number === 0 ? "" : "'s second device"}`;
      const { kind } = device.session.state();
      if (!stored.people.has(actor.who.userId))
        return kind === "ended" ? [] : [`${name}: removed, and ${kind}`];
      if (kind !== "connected") return [`${name}: ${kind}`];
      return actor.kept.flatMap((place) => {
        const look = { actor, device, place, channelId: places[place] };
        const problems = checkPlace(look, stored.places[place]);
        return problems.map((problem) => `${name} in ${place}: ${problem}`);
      });
    }),
  );
}

/** MSG-2: what is stored has no hole. */
export function checkHoles({ places }: Stored): string[] {
  return PLACES.flatMap((place) => {
    const { messages, lastSeq } = places[place];
    const missing = Array.from({ length: lastSeq }, (_, index) => index + 1).filter(
      (seq) => messages[seq - 1]?.seq !== seq,
    );
    return missing.length === 0 ? [] : [`${place}: ${missing.join(", ")} of ${lastSeq} not stored`];
  });
}
