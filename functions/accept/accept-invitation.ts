import type { Answer } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed } from "../table/transaction.ts";
import { acceptAsGuest } from "./accept-as-guest.ts";
import { acceptAsMember } from "./accept-as-member.ts";
import { type AcceptRequest, loadArrival } from "./arrival.ts";
import { loadBySecret } from "./load-invitation.ts";

/** INV-5…7: accepts an invitation: once, atomically, by a verified and registered person. */
export async function acceptInvitation(table: Table, request: AcceptRequest): Promise<Answer> {
  return await untilSettled<Answer>(async () => {
    const found = await loadBySecret(table, request.body.token);
    const { invitation } = found;
    try {
      return invitation.kind === "guest"
        ? await acceptAsGuest(table, request, await loadArrival(table, request, { ...found, invitation }))
        : await acceptAsMember(table, request, await loadArrival(table, request, { ...found, invitation }));
    } catch (error) {
      if (error instanceof ConditionsFailed) return "again";
      throw error;
    }
  });
}
