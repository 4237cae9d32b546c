import { callCalls } from "./calls/calls.ts";
import { channelCalls } from "./calls/channels.ts";
import { commandCalls } from "./calls/commands.ts";
import { groupCalls } from "./calls/groups.ts";
import { invitationCalls } from "./calls/invitations.ts";
import { messageCalls } from "./calls/messages.ts";
import { organizationCalls } from "./calls/organizations.ts";
import { peopleCalls } from "./calls/people.ts";
import { reactionCalls } from "./calls/reactions.ts";
import { shareCalls } from "./calls/shares.ts";
import { statusCalls } from "./calls/statuses.ts";
import { threadCalls } from "./calls/threads.ts";
import type { Connection } from "./request.ts";

/**
 * A client of the HTTP API. Creating requests carry an `Idempotency-Key` (messages their nonce), so that a repetition
 * after a network error never does a thing twice.
 */
export function createClient(connection: Connection) {
  return {
    ...organizationCalls(connection),
    ...peopleCalls(connection),
    ...invitationCalls(connection),
    ...shareCalls(connection),
    ...channelCalls(connection),
    ...groupCalls(connection),
    ...messageCalls(connection),
    ...reactionCalls(connection),
    ...threadCalls(connection),
    ...commandCalls(connection),
    ...statusCalls(connection),
    ...callCalls(connection),
  };
}

export type VestibuleClient = ReturnType<typeof createClient>;
