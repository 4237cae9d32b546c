import {
  conversationType,
  MAX_PEOPLE,
  mayOpenConversation,
  mayOpenWithAssistant,
} from "@vestibule/domain/conversations";
import { permit } from "@vestibule/domain/permissions";
import { openAssistantChannel } from "../membership/assistant-channel.ts";
import { demandInChannel } from "../membership/channel-relation.ts";
import { newId } from "../shell/ids.ts";
import type { Answer, Request } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import { demand } from "../shell/standing.ts";
import { lastSeqsOf } from "../table/channel-figures.ts";
import { type Headcount, headcountWrite, newChannelWrites } from "../table/channels.ts";
import { conversationOf, conversationWrite } from "../table/conversations.ts";
import { assistantId } from "../table/keys.ts";
import { unchangedCheck } from "../table/members.ts";
import { joinWrites } from "../table/membership-writes.ts";
import { getMembershipsOf } from "../table/memberships.ts";
import { getPeople, type PersonRecord, standingAt } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed, TableBusy, transact, type Write } from "../table/transaction.ts";
import type { openConversationRoute } from "./contract.ts";
import { participantsOf } from "./participants.ts";
import { showChannel } from "./show-channel.ts";

type OpenRequest = Request<typeof openConversationRoute>;

type Opened = { readonly channelId: string; readonly isNew: boolean };

function headcountOf(people: readonly PersonRecord[]): Required<Headcount> {
  const guests = people.filter(({ kind }) => kind === "guest").length;
  return { members: people.length - guests, guests };
}

/** Where people come in; `readTo` is its last `seq` for those who come back (MSG-11). */
type Where = {
  readonly org: string;
  readonly channelId: string;
  readonly now: number;
  readonly readTo?: number | undefined;
};

/** Those who come in, with the checks that everybody is still who the decision was about. */
function peopleWrites(
  { org, channelId, now, readTo }: Where,
  people: readonly PersonRecord[],
  coming: readonly PersonRecord[],
): Write[] {
  const channel = { organizationId: org, channelId };
  return [
    ...coming.flatMap(({ userId, kind }) =>
      joinWrites(channel, { userId, kind, role: "member", readTo }, now),
    ),
    ...people.map((person) => unchangedCheck(`person ${person.userId}`, person)),
  ];
}

function newConversation(request: OpenRequest, channelId: string, people: readonly PersonRecord[]): Write[] {
  const { params, person, now } = request;
  const { org } = params;
  const userIds = people.map(({ userId }) => userId);
  return [
    conversationWrite(org, userIds, channelId),
    ...newChannelWrites({
      organizationId: org,
      channelId,
      name: "",
      handle: "",
      type: conversationType(people.length),
      isGeneral: false,
      createdBy: person.userId,
      createdAt: now,
      userIds,
      ...headcountOf(people),
    }),
    ...peopleWrites({ org, channelId, now }, people, people),
  ];
}

/** Who of these is not in their conversation, having left the organization and come back since. */
async function missingFrom(
  table: Table,
  org: string,
  channelId: string,
  userIds: readonly string[],
): Promise<string[]> {
  const rows = await getMembershipsOf(table, { organizationId: org, channelId }, userIds);
  return userIds.filter((userId) => !rows.has(userId));
}

async function open(
  table: Table,
  request: OpenRequest,
  userIds: readonly string[],
): Promise<Opened | "again"> {
  const { params, person, plannedSuffix, now } = request;
  const { org } = params;
  const records = await getPeople(table, org, userIds);
  const actor = records.get(person.userId);
  const standing = standingAt(actor, now);
  demand(permit("conversation.open", { standing }));
  if (actor === undefined) throw new Error("an outsider was permitted");
  if (userIds.includes(assistantId(org))) {
    demand(mayOpenWithAssistant({ actor: standing, people: userIds.length }));
    return await openAssistantChannel(table, actor, now);
  }
  const existing = userIds.length > MAX_PEOPLE ? undefined : await conversationOf(table, org, userIds);
  const missing = existing === undefined ? userIds : await missingFrom(table, org, existing, userIds);
  if (existing !== undefined && missing.length === 0) return { channelId: existing, isNew: false };
  const others = userIds.filter((userId) => userId !== person.userId).map((userId) => records.get(userId));
  demand(
    mayOpenConversation({
      actor: standing,
      others: await participantsOf(table, actor, others, now),
    }),
  );
  const people = userIds.flatMap((userId) => records.get(userId) ?? []);
  const channelId =
    existing ?? (plannedSuffix === undefined ? newId("channel", now) : `chn_${plannedSuffix}`);
  const coming = people.filter(({ userId }) => missing.includes(userId));
  const writes =
    existing === undefined
      ? newConversation(request, channelId, people)
      : [
          ...peopleWrites(
            { org, channelId, now, readTo: (await lastSeqsOf(table, org, [channelId])).get(channelId) },
            people,
            coming,
          ),
          headcountWrite(org, channelId, headcountOf(coming), { isOpen: true }),
        ];
  try {
    await transact(table, writes);
    return { channelId, isNew: existing === undefined };
  } catch (error) {
    if (error instanceof ConditionsFailed || error instanceof TableBusy) return "again";
    throw error;
  }
}

/**
 * CH-3, GST-8, GST-11: the conversation of the caller with these people; who opens it again finds it as it is. Of two who
 * open it at the same time, both get the same one. With the assistant it is of the two alone (BOT-2).
 */
export async function openConversation(table: Table, request: OpenRequest): Promise<Answer> {
  const { params, person, body, now } = request;
  const userIds = [...new Set([person.userId, ...body.userIds])];
  const { channelId, isNew } = await untilSettled(async () => await open(table, request, userIds));
  const where = { org: params.org, channelId, userId: person.userId, now };
  return await showChannel(
    table,
    where,
    await demandInChannel(table, where, "channel.read"),
    isNew ? 201 : 200,
  );
}
