import { isConversation } from "@vestibule/domain/permissions";
import { lastSeqsOf } from "../table/channel-figures.ts";
import { type Channel, headcountWrite } from "../table/channels.ts";
import { getGroupPerson } from "../table/group-people.ts";
import { getGroup } from "../table/groups.ts";
import { type Intent, intentWrite, newIntent } from "../table/intents.ts";
import { fullName, type Member } from "../table/members.ts";
import { joinWrites } from "../table/membership-writes.ts";
import { asMembership, getPersonChannels } from "../table/memberships.ts";
import { getChannels } from "../table/read-channels.ts";
import type { Table } from "../table/table.ts";
import { announcement, announceSoon } from "./announce.ts";
import { joinGroupWrites } from "./group-moves.ts";
import { isMemberCheck } from "./member-check.ts";
import type { Aligned } from "./record-check.ts";
import { goOn } from "./time-left.ts";
import { writeAnew } from "./write-anew.ts";

/** How many channels one transaction joins: with three writes each, the check, and the message. */
const MOST_CHANNELS = 20;

type Joined = { readonly intents: Intent[]; readonly isMore: boolean };

function told(org: string, person: Member, channelIds: readonly string[]): Intent[] {
  if (channelIds.length === 0) return [];
  const system = { kind: "joined" as const, actorId: person.userId };
  return [newIntent(org, announcement(channelIds, { actorName: fullName(person), system }), Date.now())];
}

function isJoinable(channel: Channel): boolean {
  return !channel.isGeneral && channel.archivedAt === undefined && !isConversation(channel.type);
}

/** MINV-5, CH-2: a new member joins the channels they were given that are still there and open. */
export async function joinChannels(
  table: Table,
  { org, facts, isTimeLeft }: Aligned,
  person: Member,
): Promise<void> {
  const { userId } = person;
  const next = async () => {
    const [channels, rows] = await Promise.all([
      getChannels(table, org, facts.join),
      getPersonChannels(table, org, userId, facts.join),
    ]);
    const lacking = [...channels.values()].filter(
      (channel) => isJoinable(channel) && asMembership(rows.get(channel.channelId)) === undefined,
    );
    const joined = lacking.slice(0, MOST_CHANNELS).map(({ channelId }) => channelId);
    const result: Joined = { intents: told(org, person, joined), isMore: lacking.length > joined.length };
    if (joined.length === 0) return { writes: [], result };
    const lastSeqs = await lastSeqsOf(table, org, joined);
    const writes = [
      ...joined.flatMap((channelId) => [
        ...joinWrites(
          { organizationId: org, channelId },
          { userId, kind: "member", role: "member", readTo: lastSeqs.get(channelId) },
          Date.now(),
        ),
        headcountWrite(org, channelId, { members: 1 }, { isOpen: true }),
      ]),
      isMemberCheck(person),
      ...result.intents.map(intentWrite),
    ];
    return { writes, result };
  };
  for (let isMore = facts.join.length > 0; isMore; ) {
    goOn(isTimeLeft);
    const joined = await writeAnew(table, next);
    await announceSoon(table, joined.intents);
    isMore = joined.isMore;
  }
}

/** MINV-5: a new member joins the groups they were given, and their channels with them (CH-9). */
export async function joinGroups(
  table: Table,
  { org, facts, isTimeLeft }: Aligned,
  person: Member,
): Promise<void> {
  for (const groupId of facts.groupIds) {
    goOn(isTimeLeft);
    const intents = await writeAnew<Intent[]>(table, async () => {
      const [group, row] = await Promise.all([
        getGroup(table, org, groupId),
        getGroupPerson(table, org, groupId, person.userId),
      ]);
      if (group === undefined || row !== undefined) return { writes: [], result: [] };
      const { writes, channelIds } = await joinGroupWrites(table, org, group, person.userId, Date.now());
      const result = told(org, person, channelIds);
      return { writes: [...writes, isMemberCheck(person), ...result.map(intentWrite)], result };
    });
    await announceSoon(table, intents);
  }
}
