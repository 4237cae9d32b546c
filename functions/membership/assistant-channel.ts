import { lastSeqsOf } from "../table/channel-figures.ts";
import { type Headcount, headcountWrite, newChannelWrites } from "../table/channels.ts";
import { conversationWrite } from "../table/conversations.ts";
import { assistantChannelId, assistantId } from "../table/keys.ts";
import { unchangedCheck } from "../table/members.ts";
import { joinWrites } from "../table/membership-writes.ts";
import { asMembership, getPersonChannel } from "../table/memberships.ts";
import type { PersonRecord } from "../table/person-records.ts";
import { getChannel } from "../table/read-channels.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed, TableBusy, transact, type Write } from "../table/transaction.ts";

function headcountOf({ kind }: PersonRecord): Required<Headcount> {
  return kind === "guest" ? { members: 0, guests: 1 } : { members: 1, guests: 0 };
}

/** The person comes in, and is still who was decided about. */
function personWrites(person: PersonRecord, channelId: string, now: number, readTo?: number): Write[] {
  const { organizationId, userId, kind } = person;
  const joining = { userId, kind, role: "member", isWithBot: true, readTo } as const;
  return [
    ...joinWrites({ organizationId, channelId }, joining, now),
    unchangedCheck(`person ${userId}`, person),
  ];
}

function newChannel(person: PersonRecord, channelId: string, now: number): Write[] {
  const { organizationId, userId } = person;
  const userIds = [userId, assistantId(organizationId)];
  return [
    conversationWrite(organizationId, userIds, channelId),
    ...newChannelWrites({
      organizationId,
      channelId,
      name: "",
      handle: "",
      type: "direct",
      isGeneral: false,
      createdBy: userId,
      createdAt: now,
      userIds,
      ...headcountOf(person),
    }),
    ...personWrites(person, channelId, now),
  ];
}

/**
 * BOT-1, BOT-2: opens somebody's conversation with the assistant, which is of the two alone; who opens it again finds it
 * as it is. The assistant has no record and no row: it is named among the conversation's people, and it is counted in
 * no figure.
 * @returns "again" if something has changed since the person was read
 */
export async function openAssistantChannel(
  table: Table,
  person: PersonRecord,
  now: number,
): Promise<{ readonly channelId: string; readonly isNew: boolean } | "again"> {
  const { organizationId, userId } = person;
  const channelId = assistantChannelId(organizationId, userId);
  const key = { organizationId, channelId };
  const row = asMembership(await getPersonChannel(table, key, userId));
  if (row !== undefined) return { channelId, isNew: false };
  const isNew = (await getChannel(table, organizationId, channelId)) === undefined;
  const writes = isNew
    ? newChannel(person, channelId, now)
    : [
        // Somebody who had left the organization has come back: what was said before is not unread (MSG-11).
        ...personWrites(
          person,
          channelId,
          now,
          (await lastSeqsOf(table, organizationId, [channelId])).get(channelId),
        ),
        headcountWrite(organizationId, channelId, headcountOf(person), { isOpen: true }),
      ];
  try {
    await transact(table, writes);
    return { channelId, isNew };
  } catch (error) {
    if (error instanceof ConditionsFailed || error instanceof TableBusy) return "again";
    throw error;
  }
}
