import { checkHandle, mayCreateChannel } from "@vestibule/domain/channels";
import { deny } from "@vestibule/domain/decision";
import { newId } from "../shell/ids.ts";
import { notFound } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import { actorWho, demand } from "../shell/standing.ts";
import { auditWrite } from "../table/audit.ts";
import { newChannelWrites } from "../table/channels.ts";
import { unchangedCheck } from "../table/members.ts";
import { joinWrites } from "../table/membership-writes.ts";
import { countersWrite, getOrganization } from "../table/organizations.ts";
import { getChannel } from "../table/read-channels.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed, TableBusy, transact, type Write } from "../table/transaction.ts";
import { channelQuota, takesPlace } from "./channel-quotas.ts";
import type { createChannelRoute } from "./contract.ts";
import { handleCandidate } from "./handle-candidates.ts";
import { showAnew } from "./show-channel.ts";

type CreateRequest = Request<typeof createChannelRoute>;

/** Everything that makes a new channel: description, handle, head, its creator as its admin, and its place in the quota. */
function creation(request: CreateRequest, channelId: string, handle: string): Write[] {
  const { params, person, body, sourceIp, now } = request;
  const { org } = params;
  const { userId } = person;
  const { name, type, purpose = "", header = "" } = body;
  return [
    ...newChannelWrites({
      organizationId: org,
      channelId,
      name,
      handle,
      type,
      purpose,
      header,
      isGeneral: false,
      members: 1,
      createdBy: userId,
      createdAt: now,
    }),
    ...joinWrites({ organizationId: org, channelId }, { userId, kind: "member", role: "admin" }, now),
    countersWrite(org, takesPlace(type)),
    auditWrite(
      org,
      { actorId: userId, sourceIp, now },
      { action: "channel.created", subjectId: channelId, details: { type } },
    ),
  ];
}

/** CH-4, SEAT-8, GST-14: creates a channel, if its quota has a place when it is written. */
export async function createChannel(table: Table, request: CreateRequest): Promise<Answer> {
  const { params, person, body, plannedSuffix, now } = request;
  const { org } = params;
  const channelId = plannedSuffix === undefined ? newId("channel", now) : `chn_${plannedSuffix}`;
  let taken = 0;
  await untilSettled(async () => {
    const actor = await actorWho(table, { org, userId: person.userId, now }, "channel.create");
    // The same request was carried out before its function died (Idempotency-Key).
    if (plannedSuffix !== undefined && (await getChannel(table, org, channelId)) !== undefined) return "done";
    if (body.handle !== undefined) demand(checkHandle(body.handle));
    const organization = await getOrganization(table, org);
    if (organization === undefined) throw notFound("organization");
    const quota = channelQuota(organization, body.type);
    demand(mayCreateChannel({ actor: actor.standing, type: body.type, quota }));
    const handle = body.handle ?? handleCandidate(body.name, taken);
    try {
      await transact(table, [...creation(request, channelId, handle), unchangedCheck("actor", actor.person)]);
      return "done";
    } catch (error) {
      if (error instanceof TableBusy) return "again";
      if (!(error instanceof ConditionsFailed)) throw error;
      if (error.failures.has("handle")) {
        if (body.handle !== undefined) demand(deny("handle-taken", "CH-4"));
        taken += 1;
      }
      return "again";
    }
  });
  return await showAnew(table, { org, channelId, userId: person.userId, now }, 201);
}
