import { announcement } from "../membership/announce.ts";
import { carryOutSoon } from "../membership/carry-out.ts";
import { auditWrite, type Origin } from "../table/audit.ts";
import { lastSeqsOf } from "../table/channel-figures.ts";
import { extendGuestWrite, guestJoinsWrites } from "../table/guest-channels.ts";
import type { Guest } from "../table/guests.ts";
import { intentWrite, newIntent } from "../table/intents.ts";
import { fullName, unchangedCheck } from "../table/members.ts";
import type { PersonRecord } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";
import { transact } from "../table/transaction.ts";
import type { InviteOutcome } from "./outcome.ts";

type Adding = {
  readonly actor: PersonRecord;
  readonly guest: Guest;
  /** Those that the guest is not in; at least one. */
  readonly channelIds: readonly string[];
};

/**
 * GINV-6: adds a guest to channels at once, in one transaction, and tells so in each (MSG-12). Their end stays as it is.
 * @throws ConditionsFailed if something has changed since it was read
 */
export async function addChannels(
  table: Table,
  { actor, guest, channelIds }: Adding,
  origin: Origin,
): Promise<InviteOutcome> {
  const { organizationId: org, userId } = guest;
  const told = announcement(channelIds, {
    actorName: fullName(actor),
    system: { kind: "added", actorId: actor.userId, userIds: [userId] },
  });
  const intent = newIntent(org, told, origin.now);
  const joins = await lastSeqsOf(table, org, channelIds);
  await transact(table, [
    extendGuestWrite(guest, { channels: channelIds.length }),
    ...guestJoinsWrites(org, userId, joins, origin.now),
    unchangedCheck("actor", actor),
    auditWrite(org, origin, {
      action: "guest.channels-added",
      subjectId: userId,
      details: { channels: channelIds.length },
    }),
    intentWrite(intent),
  ]);
  await carryOutSoon(table, [intent]);
  return { kind: "added", channelIds };
}
