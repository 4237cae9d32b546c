import { mayDetachGroup } from "@vestibule/domain/channels";
import { notFound } from "../shell/problem.ts";
import { demand } from "../shell/standing.ts";
import { auditWrite } from "../table/audit.ts";
import { typeChecks } from "../table/channel-conditions.ts";
import { changeAttachmentsWrite, unlistAttachmentWrite } from "../table/group-attachments.ts";
import { getGroup } from "../table/groups.ts";
import { type Intent, intentWrite, newIntent } from "../table/intents.ts";
import { fullName } from "../table/members.ts";
import type { Table } from "../table/table.ts";
import { actorChecks, typeInSight } from "./actor-checks.ts";
import type { Addition } from "./add-people.ts";
import { carryOutSoon } from "./carry-out.ts";
import { channelActor, loadChannelFacts } from "./channel-relation.ts";
import type { TimeLeft } from "./time-left.ts";
import { type Plan, writeAnew } from "./write-anew.ts";

/**
 * CH-9: detaches a group from a channel: nobody follows it there from now on, and who is there through it alone leaves.
 * @throws Problem of the denial, 404 for a group that is not attached
 */
export async function detachFromChannel(
  table: Table,
  act: Addition,
  groupId: string,
  isTimeLeft: TimeLeft,
): Promise<void> {
  const intents = await writeAnew(table, async () => await plan(table, act, groupId));
  await carryOutSoon(table, intents, isTimeLeft);
}

async function plan(table: Table, act: Addition, groupId: string): Promise<Plan<Intent[]>> {
  const { org, channelId, userId: actorId, sourceIp, now } = act;
  const facts = await loadChannelFacts(table, act);
  demand(mayDetachGroup(channelActor(facts)));
  const group = await getGroup(table, org, groupId);
  const following = { kind: "detach-group" as const, groupId, channelId };
  // Cut short before, it is finished by whoever asks again.
  if (group?.detaching.includes(channelId) === true)
    return { writes: [], result: [newIntent(org, following, now)] };
  if (group?.channelIds.includes(channelId) !== true) throw notFound("group on this channel");
  const detach = newIntent(org, following, now);
  // Without the name: guests of the channel read it, too, and know of no groups (GST-13, DIR-3).
  const system = { kind: "removed" as const, actorId };
  const told = newIntent(
    org,
    { kind: "announce", channelId, actorName: fullName(facts.person), system },
    now,
  );
  const channelIds = group.channelIds.filter((id) => id !== channelId);
  const writes = [
    changeAttachmentsWrite(org, group, { channelIds, detaching: [...group.detaching, channelId] }),
    unlistAttachmentWrite(org, groupId, channelId),
    ...actorChecks(facts),
    ...typeChecks(org, channelId, typeInSight(facts)),
    intentWrite(detach),
    intentWrite(told),
    auditWrite(
      org,
      { actorId, sourceIp, now },
      { action: "channel.group-detached", subjectId: channelId, details: { groupId } },
    ),
  ];
  return { writes, result: [detach, told] };
}
