import type { Channel, Message } from "@vestibule/client/types";
import { isFields, textIn } from "../json.ts";
import { keep, recall } from "./kept.ts";
import { say } from "./language.ts";
import { everyItem, service } from "./service.ts";
import { type Named, place } from "./workplace.ts";

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

/** Learns who the people of conversations are, which have no names of their own. */
export async function learnNames(channels: Iterable<Channel>): Promise<void> {
  const isUnknown = (userId: string) => !place().people.has(userId);
  const waiting = [...channels].filter(({ userIds = [] }) => userIds.some(isUnknown));
  const lane = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      // Of one that is gone meanwhile the names are not needed.
      if (next.userIds?.some(isUnknown)) await membersOf(next.id, { limit: 10 }).catch(() => undefined);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  keep("people", Object.fromEntries(place().people));
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
