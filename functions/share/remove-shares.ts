import { notFound, stale } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import type { Actor } from "../shell/standing.ts";
import { auditWrite, type Origin } from "../table/audit.ts";
import { getGroupShare, removeGroupShareWrite } from "../table/group-shares.ts";
import { getMailAddress, type MailAddressKey } from "../table/mail-addresses.ts";
import { unchangedCheck } from "../table/members.ts";
import { getPerson } from "../table/person-records.ts";
import { getHolder, type Holder, isInForce, removeHolderWrites } from "../table/shares.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed, transact, type Write } from "../table/transaction.ts";
import type { giveUpMailAddressRoute, removeGroupShareRoute, removeShareRoute } from "./contract.ts";
import { loadMailAddress } from "./load-mail-address.ts";

async function write(table: Table, writes: readonly Write[]): Promise<"done" | "again"> {
  try {
    await transact(table, writes);
    return "done";
  } catch (error) {
    if (error instanceof ConditionsFailed) return "again";
    throw error;
  }
}

/** Somebody's own access that is in force. @throws Problem 404 */
async function loadHolder(table: Table, address: MailAddressKey, userId: string): Promise<Holder> {
  const [mailAddress, holder, record] = await Promise.all([
    getMailAddress(table, address.organizationId, address.addressId),
    getHolder(table, address, userId),
    getPerson(table, address.organizationId, userId),
  ]);
  if (mailAddress === undefined || holder === undefined || !isInForce(holder, record))
    throw notFound("share");
  return holder;
}

/** Ends somebody's own access. `actor`: who takes it away; whoever gives up their own needs no right here. */
function endWrites(holder: Holder, origin: Origin, actor: Actor | undefined): Write[] {
  const { organizationId: org, addressId, userId } = holder;
  return [
    ...removeHolderWrites(holder),
    ...(actor === undefined ? [] : [unchangedCheck("actor", actor.person)]),
    auditWrite(org, origin, { action: "share.removed", subjectId: addressId, details: { userId } }),
  ];
}

/** SHR-5: gives up one's own access, whether one belongs to the organization or not. */
async function giveUp(
  table: Table,
  address: MailAddressKey,
  origin: Origin,
  ifMatch: number | undefined,
): Promise<Answer> {
  await untilSettled(async () => {
    const holder = await loadHolder(table, address, origin.actorId);
    if (ifMatch !== undefined && ifMatch !== holder.version) throw stale();
    return await write(table, endWrites(holder, origin, undefined));
  });
  return { status: 204 };
}

/** SHR-5: gives up my own access to a mail address that I find among mine. */
export async function giveUpMailAddress(
  table: Table,
  { params, query, person, sourceIp, now }: Request<typeof giveUpMailAddressRoute>,
): Promise<Answer> {
  const address = { organizationId: query.organizationId, addressId: params.adr };
  return await giveUp(table, address, { actorId: person.userId, sourceIp, now }, undefined);
}

/** SHR-5: takes somebody's own access away, or gives up one's own; what they have through groups stays. */
export async function removeShare(table: Table, request: Request<typeof removeShareRoute>): Promise<Answer> {
  const { params, person, ifMatch, sourceIp, now } = request;
  const key = { organizationId: params.org, addressId: params.adr };
  const origin = { actorId: person.userId, sourceIp, now };
  if (params.user === person.userId) return await giveUp(table, key, origin, ifMatch);
  await untilSettled(async () => {
    const { actor } = await loadMailAddress(table, request, "share.remove");
    const holder = await loadHolder(table, key, params.user);
    if (ifMatch !== undefined && ifMatch !== holder.version) throw stale();
    return await write(table, endWrites(holder, origin, actor));
  });
  return { status: 204 };
}

/** SHR-5, SHR-8: takes a group's access away. */
export async function removeGroupShare(
  table: Table,
  request: Request<typeof removeGroupShareRoute>,
): Promise<Answer> {
  const { params, person, ifMatch, sourceIp, now } = request;
  const { org, adr: addressId, grp: groupId } = params;
  const origin = { actorId: person.userId, sourceIp, now };
  await untilSettled(async () => {
    const { actor, address } = await loadMailAddress(table, request, "share.remove");
    const share = await getGroupShare(table, address, groupId);
    if (share === undefined) throw notFound("share");
    if (ifMatch !== undefined && ifMatch !== share.version) throw stale();
    return await write(table, [
      removeGroupShareWrite(share),
      unchangedCheck("actor", actor.person),
      auditWrite(org, origin, { action: "share.removed", subjectId: addressId, details: { groupId } }),
    ]);
  });
  return { status: 204 };
}
