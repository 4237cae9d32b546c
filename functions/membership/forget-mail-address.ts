import { stateAt } from "@vestibule/domain/invitations";
import { closeInvitation } from "../table/close-invitation.ts";
import { deletePartition } from "../table/delete-partition.ts";
import { factsOf } from "../table/invitations.ts";
import { keys } from "../table/keys.ts";
import { freeShareSlotsWrites, invitationsOfSlots, listShareSlots } from "../table/share-invitations.ts";
import type { Table } from "../table/table.ts";
import { transact } from "../table/transaction.ts";
import { goOn, OutOfTime, type TimeLeft } from "./time-left.ts";

/** A mail address whose item is gone already, and who removed it from where (INV-18). */
export type DeletedMailAddress = {
  readonly org: string;
  readonly addressId: string;
  readonly actorId: string;
  readonly sourceIp?: string | undefined;
};

/** Invitations that one round closes: each is a transaction of its own. */
const AT_ONCE = 25;

/**
 * SHR-6: takes away what is left of a deleted mail address: it revokes the pending invitations to it, and removes its
 * holders, people and groups. Nobody comes in meanwhile, since every acceptance rests on the mail address.
 */
export async function forgetMailAddress(
  table: Table,
  { org, addressId, actorId, sourceIp }: DeletedMailAddress,
  isTimeLeft: TimeLeft,
): Promise<void> {
  const address = { organizationId: org, addressId };
  for (;;) {
    goOn(isTimeLeft);
    const { items } = await listShareSlots(table, address, { limit: AT_ONCE, after: undefined });
    if (items.length === 0) break;
    const now = Date.now();
    const pending = await invitationsOfSlots(table, items);
    for (const invitation of pending) {
      const ending = stateAt(factsOf(invitation), now) === "expired" ? "expired" : "revoked";
      await closeInvitation(table, invitation, ending, { actorId, sourceIp, now });
    }
    const isPending = new Set(pending.map(({ invitationId }) => invitationId));
    const rest = items.filter(({ invitationId = "" }) => !isPending.has(invitationId));
    if (rest.length > 0) await transact(table, freeShareSlotsWrites(rest));
  }
  if (!(await deletePartition(table, keys.holders(org, addressId), isTimeLeft))) throw new OutOfTime();
}
