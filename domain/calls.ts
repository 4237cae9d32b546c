import type { CallAnswer } from "./call-course.ts";
import { allow, type Decision, deny, firstDenial } from "./decision.ts";
import type { MessageActor } from "./messages.ts";
import { isChatAdmin } from "./people.ts";
import { permit } from "./permissions.ts";
import type { CallState } from "./vocabulary.ts";

/** CALL-4: more people than this in a channel are warned of. */
export const MANY_PEOPLE = 7;

/**
 * CALL-1, CH-7: those in a channel start a call in it, while it is not archived; not in a conversation with the assistant, in
 * which there is nobody to be called (BOT-2).
 */
export function mayStartCall(facts: MessageActor & { readonly isWithBot: boolean }): Decision {
  return firstDenial(
    permit("call.start", facts),
    facts.isWithBot ? deny("bot-one-to-one", "BOT-2") : allow(),
    notArchived(facts),
  );
}

/** CALL-1, CH-7: those in the channel answer and leave its call; nobody comes into one that is over, or whose channel is archived. */
export function mayAnswerCall(
  facts: MessageActor & { readonly answer: CallAnswer; readonly callState: CallState },
): Decision {
  const isComing = facts.answer === "accept";
  return firstDenial(
    permit("call.join", facts),
    isComing ? notArchived(facts) : allow(),
    isComing && facts.callState === "ended" ? deny("call-over", "CALL-1") : allow(),
  );
}

/** CALL-1: who started a call ends it for everybody, and so do the channel's admins and chat admins who are in it. */
export function mayEndCall(facts: MessageActor & { readonly isStarter: boolean }): Decision {
  const isManager = facts.relation === "admin" || isChatAdmin(facts.standing);
  return firstDenial(
    permit("call.end", facts),
    facts.isStarter || isManager ? allow() : deny("not-call-manager", "CALL-1"),
  );
}

/** CALL-4: one call per channel; the second start is told of the running one. */
export function callRunning(callId: string): Decision {
  return deny("call-running", "CALL-4", { callId });
}

/** CH-7: an archived channel is read only. */
function notArchived({ isArchived }: MessageActor): Decision {
  return isArchived ? deny("channel-archived", "CH-7") : allow();
}
