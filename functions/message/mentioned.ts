import { groupNamesFor, mentionsIn } from "@vestibule/domain/mentions";
import { relationOf } from "../membership/channel-relation.ts";
import { givenChannels, isInOneOf } from "../membership/shares-channel.ts";
import type { ChannelKey } from "../table/channel-heads.ts";
import { findGroups } from "../table/group-search.ts";
import { generalChannelId } from "../table/keys.ts";
import { getMembershipsOf, type Membership } from "../table/memberships.ts";
import type { Message } from "../table/messages.ts";
import { findByHandle } from "../table/person-handles.ts";
import { getPeople, type PersonRecord, standingAt } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";

/** What tells whom a text mentions; asked only where there is an `@` in it. */
export type MentionDeps = {
  byHandle(org: string, handles: readonly string[]): Promise<readonly PersonRecord[]>;
  /** The ids of the groups with one of these names. */
  groups(org: string, names: readonly string[]): Promise<readonly string[]>;
  memberships(channel: ChannelKey, userIds: readonly string[]): Promise<ReadonlyMap<string, Membership>>;
  /** GST-16: those of these people who are in a channel together with a guest. */
  metBy(guest: PersonRecord, others: readonly PersonRecord[]): Promise<readonly PersonRecord[]>;
};

/** The same from the table. */
export function mentionDeps(table: Table): MentionDeps {
  return {
    async byHandle(org, handles) {
      const people = await getPeople(table, org, await findByHandle(table, org, handles));
      return [...people.values()].filter(({ handle }) => handles.includes(handle));
    },
    groups: (org, names) => findGroups(table, org, names),
    memberships: (channel, userIds) => getMembershipsOf(table, channel, userIds),
    async metBy(guest, others) {
      const given = await givenChannels(table, guest);
      const isMet = await Promise.all(others.map(async (other) => await isInOneOf(table, given, other)));
      return others.filter((_other, index) => isMet[index]);
    },
  };
}

/** Whom a message mentions (MSG-10): who is in the channel, what is stored of it, and who is not in the channel. */
export type Mentioned = {
  readonly inChannel: readonly PersonRecord[];
  readonly outside: readonly PersonRecord[];
  readonly stored: NonNullable<Message["mentions"]> | undefined;
};

const NOBODY: Mentioned = { inChannel: [], outside: [], stored: undefined };

function isHere(person: PersonRecord, now: number): boolean {
  const standing = standingAt(person, now);
  return standing.kind !== "outsider" && standing.state === "active";
}

/**
 * MSG-10: looks up whom a text mentions. Only people in the channel are mentioned; the author is told of the others.
 * Groups are of members alone: what a guest writes mentions none, and so tells nothing of them (GST-13).
 */
export async function findMentioned(
  deps: MentionDeps,
  channel: ChannelKey,
  { author, text, now }: { author: PersonRecord; text: string; now: number },
): Promise<Mentioned> {
  const { isChannel, names } = mentionsIn(text);
  if (names.length === 0 && !isChannel) return NOBODY;
  const org = channel.organizationId;
  const isGeneral = channel.channelId === generalChannelId(org);
  const groupNames = author.kind === "member" ? names.flatMap(groupNamesFor) : [];
  const [found, groupIds] = await Promise.all([
    names.length === 0 ? [] : deps.byHandle(org, names),
    groupNames.length === 0 ? [] : deps.groups(org, groupNames),
  ]);
  const people = found.filter((person) => isHere(person, now));
  const rows =
    people.length === 0
      ? new Map<string, Membership>()
      : await deps.memberships(
          channel,
          people.map(({ userId }) => userId),
        );
  const isIn = (person: PersonRecord) =>
    relationOf({ isGeneral }, person, rows.get(person.userId)) !== "none";
  const inChannel = people.filter(isIn);
  const others = people.filter((person) => !isIn(person));
  const isGuest = author.kind === "guest" && others.length > 0;
  const outside = isGuest ? await deps.metBy(author, others) : others;
  const isNone = !isChannel && inChannel.length === 0 && groupIds.length === 0;
  const userIds = inChannel.map(({ userId }) => userId);
  return { inChannel, outside, stored: isNone ? undefined : { userIds, groupIds: [...groupIds], isChannel } };
}
