import { mayLeave, mayRemovePerson } from "@vestibule/domain/channels";
import { permit } from "@vestibule/domain/permissions";
import { notFound } from "../shell/problem.ts";
import { demand } from "../shell/standing.ts";
import { auditWrite, type Origin } from "../table/audit.ts";
import { type Intent, intentWrite, newIntent, type SystemFacts } from "../table/intents.ts";
import { fullName } from "../table/members.ts";
import { asMembership, getPersonChannel, type Membership } from "../table/memberships.ts";
import { getPerson, type PersonRecord } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";
import { actorChecks, typeInSight } from "./actor-checks.ts";
import { carryOutSoon } from "./carry-out.ts";
import {
  type ChannelFacts,
  channelActor,
  type InChannel,
  keyOf,
  loadChannelFacts,
  relationOf,
} from "./channel-relation.ts";
import { guestLeaves } from "./guest-leaves.ts";
import { takeOutWrites } from "./take-out.ts";
import { type Plan, writeAnew } from "./write-anew.ts";

/** Somebody leaves a channel, or `targetId` is removed from it. */
export type Departure = InChannel & { readonly sourceIp: string | undefined; readonly targetId?: string };

type Goer = { readonly person: PersonRecord; readonly membership: Membership };

/**
 * Takes one person out of a channel, themselves or somebody else: at once for reading, posting and delivery. A guest
 * whose last channel it was leaves the organization with it (GINV-9).
 * @throws Problem of the denial, 404 for somebody who is not in the channel
 */
export async function leaveChannel(table: Table, departure: Departure): Promise<void> {
  const intents = await writeAnew(table, async () => await plan(table, departure));
  await carryOutSoon(table, intents);
}

async function plan(table: Table, departure: Departure): Promise<Plan<Intent[]>> {
  const { org, channelId, userId, targetId = userId, sourceIp, now } = departure;
  const facts = await loadChannelFacts(table, departure);
  const isSelf = targetId === userId;
  const { person, membership } = isSelf
    ? demandLeave(facts)
    : await demandRemoval(table, facts, departure, targetId);
  const origin: Origin = { actorId: userId, sourceIp, now };
  const system: SystemFacts = isSelf
    ? { kind: "left", actorId: userId }
    : { kind: "removed", actorId: userId, userIds: [targetId] };
  const told = newIntent(
    org,
    { kind: "announce", channelId, actorName: fullName(facts.person), system },
    now,
  );
  const gone = guestLeaves(person, facts.channel, isSelf ? "guest.left" : "guest.removed", origin);
  const type = isSelf ? undefined : typeInSight(facts);
  const writes = [
    ...takeOutWrites(keyOf(departure), [{ userId: targetId, membership }], Date.now(), type),
    ...gone.writes,
    ...(isSelf ? [] : actorChecks(facts)),
    intentWrite(told),
    auditWrite(org, origin, {
      action: "channel.person-removed",
      subjectId: channelId,
      details: { userId: targetId },
    }),
  ];
  return { writes, result: [told, ...gone.intents] };
}

function demandLeave(facts: ChannelFacts): Goer {
  const { person, membership } = facts;
  demand(mayLeave({ ...channelActor(facts), viaCount: membership?.via?.size ?? 0 }));
  if (membership === undefined) throw new Error("somebody without a row was let go");
  return { person, membership };
}

async function demandRemoval(
  table: Table,
  facts: ChannelFacts,
  where: InChannel,
  targetId: string,
): Promise<Goer> {
  const { standing, relation, channel } = facts;
  // Who may not remove people learns nothing of who is here.
  demand(permit("channel.remove-people", { standing, relation, channelType: channel.type }));
  const [person, row] = await Promise.all([
    getPerson(table, where.org, targetId),
    getPersonChannel(table, keyOf(where), targetId),
  ]);
  if (person === undefined || relationOf(channel, person, row) === "none")
    throw notFound("person in this channel");
  const membership = asMembership(row);
  const target = { kind: person.kind, viaCount: membership?.via?.size ?? 0 };
  demand(mayRemovePerson({ ...channelActor(facts), target }));
  if (membership === undefined) throw notFound("person in this channel");
  return { person, membership };
}
