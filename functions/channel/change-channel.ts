import type { ChannelActor } from "@vestibule/domain/channels";
import { type Decision, deny } from "@vestibule/domain/decision";
import { permit } from "@vestibule/domain/permissions";
import { actorChecks } from "../membership/actor-checks.ts";
import { carryOutSoon } from "../membership/carry-out.ts";
import {
  type ChannelFacts,
  channelActor,
  type InChannel,
  loadChannelFacts,
} from "../membership/channel-relation.ts";
import { notFound, stale } from "../shell/problem.ts";
import type { Person } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import { demand } from "../shell/standing.ts";
import { type AuditEntry, auditWrite } from "../table/audit.ts";
import { type IntentFacts, intentWrite, newIntent } from "../table/intents.ts";
import { type CounterChange, getOrganization, type Organization } from "../table/organizations.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed, TableBusy, transact, type Write } from "../table/transaction.ts";
import { organizationWrites } from "./organization-writes.ts";

/** The request of an act on a channel as a whole. */
export type ActOnChannel = {
  readonly params: { readonly org: string; readonly chn: string };
  readonly person: Person;
  readonly ifMatch: number | undefined;
  readonly sourceIp: string;
  readonly now: number;
};

/** What an act on a channel is decided on; `who` is what the domain asks of actor and channel. */
export type ActFacts = ChannelFacts & { readonly organization: Organization; readonly who: ChannelActor };

/** What an act makes of a channel; without `writes` all is as it should be already. */
export type Act = {
  readonly decision: Decision;
  readonly writes: readonly Write[];
  readonly counters?: CounterChange | undefined;
  /** The default channels afterwards (CH-2). */
  readonly defaults?: readonly string[] | undefined;
  /** What follows: announcements (MSG-12), or taking away what is left. */
  readonly follows: readonly IntentFacts[];
  readonly audit: { readonly action: AuditEntry["action"]; readonly details?: AuditEntry["details"] };
};

/** Whose channel it is, and who asks. */
export function placeOf({ params, person, now }: ActOnChannel): InChannel {
  return { org: params.org, channelId: params.chn, userId: person.userId, now };
}

async function loadActFacts(table: Table, request: ActOnChannel): Promise<ActFacts> {
  const [facts, organization] = await Promise.all([
    loadChannelFacts(table, placeOf(request)),
    getOrganization(table, request.params.org),
  ]);
  if (organization === undefined) throw notFound("organization");
  const { standing, relation, channel } = facts;
  demand(permit("channel.read", { standing, relation, channelType: channel.type }));
  if (request.ifMatch !== undefined && request.ifMatch !== channel.version) throw stale();
  return { ...facts, organization, who: channelActor(facts) };
}

/**
 * Carries out an act on a channel: load, decide, write in one transaction, which holds that the actor's rights are still
 * those that were decided on, then what follows. If a fact has changed meanwhile the act is decided anew.
 * @throws Problem 404, 412, and the denial's
 */
export async function changeChannel(
  table: Table,
  request: ActOnChannel,
  plan: (facts: ActFacts) => Act,
): Promise<void> {
  const { params, person, sourceIp, now } = request;
  const { org, chn } = params;
  const origin = { actorId: person.userId, sourceIp, now };
  const intents = await untilSettled(async () => {
    const facts = await loadActFacts(table, request);
    const act = plan(facts);
    demand(act.decision);
    if (act.writes.length === 0) return [];
    const follow = act.follows.map((following) => newIntent(org, following, now));
    try {
      await transact(table, [
        ...act.writes,
        ...organizationWrites(facts.organization, act),
        ...actorChecks(facts),
        auditWrite(org, origin, { ...act.audit, subjectId: chn }),
        ...follow.map(intentWrite),
      ]);
      return follow;
    } catch (error) {
      if (error instanceof TableBusy) return "again";
      if (!(error instanceof ConditionsFailed)) throw error;
      // Where the channel has changed, too, it may be its own: the same request was made at the same time.
      if (error.failures.has("handle") && !error.failures.has("channel"))
        demand(deny("handle-taken", "CH-4"));
      return "again";
    }
  });
  await carryOutSoon(table, intents);
}
