import { isConversation } from "@vestibule/domain/permissions";
import { auditWrite, type Origin } from "../table/audit.ts";
import type { Channel } from "../table/channels.ts";
import { endGuestWrites } from "../table/guest-removal.ts";
import { countGuestChannelsWrite } from "../table/guests.ts";
import { type Intent, intentWrite, newIntent } from "../table/intents.ts";
import type { PersonRecord } from "../table/person-records.ts";
import type { Write } from "../table/transaction.ts";

/** What a guest's leaving a channel brings with it: in the same transaction, and after it. */
export type Leaving = { readonly writes: Write[]; readonly intents: Intent[] };

/**
 * GINV-9: a guest who leaves the last of the channels they were given, or is removed from it, leaves the organization's
 * guests in the same transaction, and their conversations after it. Of members nothing follows.
 */
export function guestLeaves(
  person: PersonRecord,
  channel: Pick<Channel, "type">,
  action: "guest.left" | "guest.removed",
  origin: Origin,
): Leaving {
  if (person.kind === "member" || isConversation(channel.type)) return { writes: [], intents: [] };
  if (person.channelCount > 1) return { writes: [countGuestChannelsWrite(person, -1)], intents: [] };
  const { organizationId: org, userId } = person;
  const intent = newIntent(org, { kind: "align", userId, join: [], groupIds: [] }, origin.now);
  return {
    writes: [
      ...endGuestWrites(person),
      intentWrite(intent),
      auditWrite(org, origin, { action, subjectId: userId }),
    ],
    intents: [intent],
  };
}
