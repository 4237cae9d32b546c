import { mayChangeChannelRole } from "@vestibule/domain/channels";
import { permit } from "@vestibule/domain/permissions";
import { actorChecks, typeInSight } from "../membership/actor-checks.ts";
import { carryOutSoon } from "../membership/carry-out.ts";
import { channelActor, keyOf, loadChannelFacts, relationOf } from "../membership/channel-relation.ts";
import { writeAnew } from "../membership/write-anew.ts";
import { notFound } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import { demand } from "../shell/standing.ts";
import { auditWrite } from "../table/audit.ts";
import { openChannelCheck } from "../table/channel-conditions.ts";
import { intentWrite, newIntent } from "../table/intents.ts";
import { fullName } from "../table/members.ts";
import { moveWrites } from "../table/membership-writes.ts";
import { asMembership, getPersonChannel } from "../table/memberships.ts";
import { getPerson } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";
import type { changeChannelRoleRoute } from "./people-contract.ts";
import { presentLine } from "./people-lines.ts";

/** CH-6, GST-14: names a channel admin, or dismisses one. The role that somebody has already is no change. */
export async function changeChannelRole(
  table: Table,
  { params, person, body, sourceIp, now }: Request<typeof changeChannelRoleRoute>,
): Promise<Answer> {
  const { org, chn: channelId, user: targetId } = params;
  const { userId: actorId } = person;
  const { role } = body;
  const where = { org, channelId, userId: actorId, now };
  const { line, intents } = await writeAnew(table, async () => {
    const facts = await loadChannelFacts(table, where);
    const { standing, relation, channel } = facts;
    demand(permit("channel.change-role", { standing, relation, channelType: channel.type }));
    const [target, row] = await Promise.all([
      getPerson(table, org, targetId),
      getPersonChannel(table, keyOf(where), targetId),
    ]);
    if (target === undefined || relationOf(channel, target, row) === "none")
      throw notFound("person in this channel");
    demand(mayChangeChannelRole({ ...channelActor(facts), target }));
    const before = asMembership(row);
    if (before === undefined) throw notFound("person in this channel");
    const shown = presentLine(target, { ...before, role }, { isByGuest: false });
    if (before.role === role) return { writes: [], result: { line: shown, intents: [] } };
    const told = newIntent(
      org,
      {
        kind: "announce",
        channelId,
        actorName: fullName(facts.person),
        system: { kind: "role-changed", actorId, userIds: [targetId] },
      },
      now,
    );
    const writes = [
      ...moveWrites(keyOf(where), targetId, before, { role, kind: before.kind }),
      ...actorChecks(facts, { row: targetId === actorId }),
      openChannelCheck(org, channelId, typeInSight(facts)),
      intentWrite(told),
      auditWrite(
        org,
        { actorId, sourceIp, now },
        { action: "channel.role-changed", subjectId: channelId, details: { userId: targetId, role } },
      ),
    ];
    return { writes, result: { line: shown, intents: [told] } };
  });
  await carryOutSoon(table, intents);
  return { status: 200, body: line };
}
