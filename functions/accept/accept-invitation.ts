import type { Answer } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed } from "../table/transaction.ts";
import { acceptAsGuest } from "./accept-as-guest.ts";
import { acceptAsMember } from "./accept-as-member.ts";
import { acceptShare } from "./accept-share.ts";
import { type AcceptRequest, loadArrival } from "./arrival.ts";
import type { Found } from "./load-invitation.ts";

async function accept(table: Table, request: AcceptRequest, found: Found): Promise<Answer | "again"> {
  const { invitation } = found;
  switch (invitation.kind) {
    case "member":
      return await acceptAsMember(
        table,
        request,
        await loadArrival(table, request, { ...found, invitation }),
      );
    case "guest":
      return await acceptAsGuest(table, request, await loadArrival(table, request, { ...found, invitation }));
    case "share":
      return await acceptShare(table, request, { ...found, invitation });
  }
}

/**
 * INV-5…7: accepts an invitation: once, atomically, by a verified and registered person.
 * @param load finds it anew for each attempt: by its link's secret, or among those to the person's own address
 */
export async function acceptInvitation(
  table: Table,
  request: AcceptRequest,
  load: () => Promise<Found>,
): Promise<Answer> {
  return await untilSettled<Answer>(async () => {
    const found = await load();
    try {
      return await accept(table, request, found);
    } catch (error) {
      if (error instanceof ConditionsFailed) return "again";
      throw error;
    }
  });
}
