import { deny } from "@vestibule/domain/decision";
import { addressKey } from "@vestibule/domain/invitations";
import { normalAddress } from "@vestibule/domain/mail-address";
import { presentMailAddress } from "../contract/share.ts";
import { newId } from "../shell/ids.ts";
import { problemOf } from "../shell/problem.ts";
import { invalid } from "../shell/request-body.ts";
import type { Answer, Request } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import { actorWho } from "../shell/standing.ts";
import { auditWrite } from "../table/audit.ts";
import { getMailAddress, type MailAddress, newMailAddressWrites } from "../table/mail-addresses.ts";
import { unchangedCheck } from "../table/members.ts";
import { isoTime, type Table } from "../table/table.ts";
import { ConditionsFailed, transact } from "../table/transaction.ts";
import type { createMailAddressRoute } from "./contract.ts";

type CreateRequest = Request<typeof createMailAddressRoute>;

function addressOf({ params, person, body, plannedSuffix, now }: CreateRequest): MailAddress {
  const { address, name } = body;
  if (normalAddress(address) === undefined) throw invalid([{ path: "address", message: "Not an address" }]);
  return {
    organizationId: params.org,
    addressId: plannedSuffix === undefined ? newId("mailAddress", now) : `adr_${plannedSuffix}`,
    address,
    addressKey: addressKey(address),
    ...(name === undefined ? {} : { name }),
    createdAt: isoTime(now),
    createdBy: person.userId,
  };
}

/** SHR-1: adds a mail address; an organization has each one once, however it is spelt (INV-6). */
export async function createMailAddress(table: Table, request: CreateRequest): Promise<Answer> {
  const { params, person, plannedSuffix, sourceIp, now } = request;
  const { org } = params;
  const origin = { actorId: person.userId, sourceIp, now };
  return await untilSettled<Answer>(async () => {
    const actor = await actorWho(table, { org, userId: person.userId, now }, "mail-address.create");
    const address = addressOf(request);
    const known =
      plannedSuffix === undefined ? undefined : await getMailAddress(table, org, address.addressId);
    if (known !== undefined) return { status: 201, body: presentMailAddress(known) };
    try {
      await transact(table, [
        ...newMailAddressWrites(address),
        unchangedCheck("actor", actor.person),
        auditWrite(org, origin, { action: "mail-address.created", subjectId: address.addressId }),
      ]);
    } catch (error) {
      if (!(error instanceof ConditionsFailed)) throw error;
      // Where the item is there, too, it is its own: the same request was made at the same time.
      if (error.failures.has("address name") && !error.failures.has("mail address"))
        throw problemOf(deny("mail-address-taken", "SHR-1"));
      return "again";
    }
    return { status: 201, body: presentMailAddress(address) };
  });
}
