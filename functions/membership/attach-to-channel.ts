import { mayAttachGroup } from "@vestibule/domain/channels";
import type { AddStatus } from "@vestibule/domain/vocabulary";
import { notFound, Problem } from "../shell/problem.ts";
import { demand } from "../shell/standing.ts";
import { auditWrite } from "../table/audit.ts";
import { openChannelCheck } from "../table/channel-conditions.ts";
import {
  changeAttachmentsWrite,
  listAttachmentWrite,
  MAX_ATTACHED_CHANNELS,
} from "../table/group-attachments.ts";
import { listGroupPeople } from "../table/group-people.ts";
import { type Group, getGroup } from "../table/groups.ts";
import { type Intent, intentWrite, newIntent, strikeOff } from "../table/intents.ts";
import { fullName } from "../table/members.ts";
import type { Table } from "../table/table.ts";
import { TableBusy, type Write } from "../table/transaction.ts";
import { actorChecks, typeInSight } from "./actor-checks.ts";
import type { Addition } from "./add-people.ts";
import { announceSoon } from "./announce.ts";
import { attachPeople } from "./attach-group.ts";
import { type ChannelFacts, channelActor, loadChannelFacts } from "./channel-relation.ts";
import { finishDetaching } from "./detach-group.ts";
import { OutOfTime, type TimeLeft } from "./time-left.ts";
import { type Plan, writeAnew } from "./write-anew.ts";

/** What attaching leaves to do: `attach` brings the people in, `told` is the message in the channel. */
type Begun = { readonly isDetaching: boolean; readonly attach?: Intent; readonly told?: Intent };

/**
 * CH-8, CH-9: attaches a group to a channel, and answers for each of its people. A group that is attached already is
 * gone through again, which completes what was cut short; whom a busy table left out is `busy`, and comes in with the
 * sweep.
 * @throws Problem of the denial, 404 for an unknown group
 */
export async function attachToChannel(
  table: Table,
  addition: Addition,
  groupId: string,
  isTimeLeft: TimeLeft,
): Promise<Map<string, AddStatus>> {
  const { org, channelId } = addition;
  const attachment = { org, groupId, channelId };
  let begun = await writeAnew(table, async () => await plan(table, addition, groupId));
  if (begun.isDetaching) {
    await finishDetaching(table, attachment, isTimeLeft);
    begun = await writeAnew(table, async () => await plan(table, addition, groupId));
  }
  if (begun.told !== undefined) await announceSoon(table, [begun.told]);
  const statuses = new Map<string, AddStatus>();
  try {
    await attachPeople(table, attachment, isTimeLeft, (userId, status) => statuses.set(userId, status));
    if (begun.attach !== undefined) await strikeOff(table, begun.attach);
  } catch (error) {
    if (!(error instanceof TableBusy) && !(error instanceof OutOfTime)) throw error;
    for (const userId of await peopleOf(table, org, groupId)) {
      if (!statuses.has(userId)) statuses.set(userId, "busy");
    }
  }
  return statuses;
}

async function peopleOf(table: Table, org: string, groupId: string): Promise<string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = await listGroupPeople(table, org, groupId, { limit: 1_000, after });
    ids.push(...page.items.map(({ userId }) => userId));
    after = page.after;
  } while (after !== undefined);
  return ids;
}

async function plan(table: Table, addition: Addition, groupId: string): Promise<Plan<Begun>> {
  const { org, channelId, userId: actorId, sourceIp, now } = addition;
  const facts = await loadChannelFacts(table, addition);
  demand(mayAttachGroup(channelActor(facts)));
  const group = await getGroup(table, org, groupId);
  if (group === undefined) throw notFound("group", { groupId });
  const { channelIds, detaching } = group;
  if (detaching.includes(channelId)) return { writes: [], result: { isDetaching: true } };
  if (channelIds.includes(channelId)) return { writes: [], result: { isDetaching: false } };
  if (channelIds.length + detaching.length >= MAX_ATTACHED_CHANNELS) throw tooMany(groupId);
  const attach = newIntent(org, { kind: "attach-group", groupId, channelId }, now);
  // Without the name: guests of the channel read it, too, and know of no groups (GST-13, DIR-3).
  const system = { kind: "added" as const, actorId };
  const told = newIntent(
    org,
    { kind: "announce", channelId, actorName: fullName(facts.person), system },
    now,
  );
  const writes = [
    ...attachmentWrites(org, group, facts, now),
    ...actorChecks(facts),
    intentWrite(attach),
    intentWrite(told),
    auditWrite(
      org,
      { actorId, sourceIp, now },
      { action: "channel.group-attached", subjectId: channelId, details: { groupId } },
    ),
  ];
  return { writes, result: { isDetaching: false, attach, told } };
}

function attachmentWrites(org: string, group: Group, facts: ChannelFacts, now: number): Write[] {
  const { channelIds, detaching, groupId } = group;
  const { channelId } = facts.channel;
  return [
    changeAttachmentsWrite(org, group, { channelIds: [...channelIds, channelId], detaching }),
    listAttachmentWrite(org, groupId, channelId, now),
    openChannelCheck(org, channelId, typeInSight(facts)),
  ];
}

function tooMany(groupId: string): Problem {
  const detail = `A group is attached to ${MAX_ATTACHED_CHANNELS} channels at most.`;
  return new Problem(409, "too-many-attachments", detail, { rule: "CH-9", data: { groupId } });
}
