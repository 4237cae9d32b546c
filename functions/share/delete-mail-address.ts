import { carryOutSoon } from "../membership/carry-out.ts";
import type { Answer, Request } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import { auditWrite } from "../table/audit.ts";
import { intentWrite, newIntent } from "../table/intents.ts";
import { removeMailAddressWrites } from "../table/mail-addresses.ts";
import { unchangedCheck } from "../table/members.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed, transact } from "../table/transaction.ts";
import type { deleteMailAddressRoute } from "./contract.ts";
import { loadMailAddress } from "./load-mail-address.ts";

/**
 * SHR-5, SHR-6: removes a mail address. From then on nobody has access to it, nor can accept an invitation to it: both
 * rest on its item. What is left of holders and invitations goes by an intent.
 */
export async function deleteMailAddress(
  table: Table,
  request: Request<typeof deleteMailAddressRoute>,
): Promise<Answer> {
  const { params, person, sourceIp, now } = request;
  const { org, adr: addressId } = params;
  const actorId = person.userId;
  const intent = newIntent(org, { kind: "delete-mail-address", addressId, actorId, sourceIp }, now);
  await untilSettled(async () => {
    const { actor, address } = await loadMailAddress(table, request, "mail-address.delete");
    try {
      await transact(table, [
        ...removeMailAddressWrites(address),
        unchangedCheck("actor", actor.person),
        intentWrite(intent),
        auditWrite(org, { actorId, sourceIp, now }, { action: "mail-address.removed", subjectId: addressId }),
      ]);
      return "done";
    } catch (error) {
      if (error instanceof ConditionsFailed) return "again";
      throw error;
    }
  });
  await carryOutSoon(table, [intent]);
  return { status: 204 };
}
