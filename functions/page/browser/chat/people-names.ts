import type { Channel, Message } from "@vestibule/client/types";
import { isFields, textIn } from "../json.ts";
import { keep, recall } from "./kept.ts";
import { say } from "./language.ts";
import { everyItem, service } from "./service.ts";
import { isMe, may, type Named, place } from "./workplace.ts";

/** Conversations whose people are asked for at the same time. */
const LANES = 4;

export function openNames(): Map<string, Named> {
  const kept = Object.entries(recall("people") ?? {});
  return new Map(
    kept.flatMap(([id, value]): [string, Named][] =>
      isFields(value) ? [[id, { name: textIn(value, "name"), kind: textIn(value, "kind") }]] : [],
    ),
  );
}

function note(userId: string, named: Named): void {
  if (named.name !== "") place().people.set(userId, named);
}

/** Whoever wrote is known by name from then on. */
export function learnFrom(messages: readonly Message[]): void {
  for (const { author } of messages) {
    if (author.kind !== "system" && !place().people.has(author.userId)) note(author.userId, author);
  }
}

/** The people of a channel as it lists them; who has not come yet is not among them (GINV-4). */
export async function membersOf(channelId: string, query: { search?: string; limit?: number } = {}) {
  const { items } = await service.listChannelMembers(place().org, channelId, query);
  const people = items.flatMap((item) => ("userId" in item ? [item] : []));
  for (const { userId, firstName, lastName, kind } of people)
    note(userId, { name: `${firstName} ${lastName}`.trim(), kind });
  return people;
}

/** By the list of its people; the assistant and whoever has left are known by what they wrote. */
async function learnPeople(
  { id, userIds = [] }: Channel,
  isUnknown: (userId: string) => boolean,
): Promise<void> {
  if (userIds.some(isUnknown)) await membersOf(id, { limit: 10 });
  if (userIds.some(isUnknown)) learnFrom((await service.listMessages(place().org, id, { limit: 20 })).items);
}

/** Learns who the people of conversations are, which have no names of their own. */
export async function learnNames(channels: Iterable<Channel>): Promise<void> {
  const isUnknown = (userId: string) => !place().people.has(userId);
  const waiting = [...channels].filter(({ userIds = [] }) => userIds.some(isUnknown));
  const lane = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
      // Of one that is gone meanwhile the names are not needed.
      await learnPeople(next, isUnknown).catch(() => undefined);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  keep("people", Object.fromEntries(place().people));
}

/** Whom the messages of a channel name beside their authors; each is asked for once. */
const askedFor = new Set<string>();

/** At most so many at a time; the others with the next messages. */
const MOST_ASKED = 20;

/** Learns who those are whom messages name: in what the system records, and by reacting. @returns whether any is new */
export async function learnNamedIn(channelId: string, messages: readonly Message[]): Promise<boolean> {
  const { org, people } = place();
  const named = messages.flatMap(({ system, reactions }) => [
    ...(system === undefined ? [] : [system.actorId, ...(system.userIds ?? [])]),
    ...reactions.flatMap(({ userIds }) => userIds.slice(0, MOST_ASKED)),
  ]);
  const isUnknown = (userId: string) => !people.has(userId) && !isMe(userId);
  const unknown = [...new Set(named)].filter((userId) => isUnknown(userId) && !askedFor.has(userId));
  const asked = unknown.slice(0, MOST_ASKED);
  if (asked.length === 0) return false;
  for (const userId of asked) askedFor.add(userId);
  await membersOf(channelId, { limit: 200 }).catch(() => undefined);
  // Members see each other wherever they are (DIR-1); guests those they share a channel with (GST-16).
  const rest = may("member.read") ? asked.filter(isUnknown) : [];
  await Promise.all(
    rest.map(async (userId) => {
      const member = await service.getMember(org, userId).catch(() => undefined);
      if (member !== undefined)
        note(userId, { name: `${member.firstName} ${member.lastName}`.trim(), kind: "member" });
    }),
  );
  return asked.some((userId) => !isUnknown(userId));
}

/** A name, as far as it is known. */
export function nameOf(userId: string): string {
  if (userId === place().me.userId) return ownName();
  return place().people.get(userId)?.name ?? say().somebody;
}

export function ownName(): string {
  const { firstName, lastName, email } = place().me;
  return `${firstName} ${lastName}`.trim() || email;
}

export function kindOf(userId: string): string {
  return place().people.get(userId)?.kind ?? "";
}

/** The channels and conversations of whoever is signed in. */
export async function readChannels(): Promise<void> {
  const { org, channels } = place();
  const items = await everyItem((cursor) =>
    service.listChannels(org, { mine: "true", limit: 200, ...cursor }),
  );
  const mine = new Set(items.map(({ id }) => id));
  for (const id of [...channels.keys()]) if (!mine.has(id)) channels.delete(id);
  for (const channel of items) channels.set(channel.id, channel);
}
