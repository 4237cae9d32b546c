import type { Refusal } from "./api.ts";
import type { Invitation } from "./invitation.ts";
import { objectIn, textIn } from "./json.ts";
import { sentences } from "./sentences.ts";

type Closing = { title: string; text: string };

function senderIn(refusal: Refusal): string {
  const { data } = refusal;
  return textIn(objectIn(data, "invitedBy"), "name") || textIn(data, "invitedBy") || sentences.theSender;
}

/** What to say when the invitation is over, unknown or not needed, so that nothing is left to try; else nothing. */
export function closingOf(refusal: Refusal): Closing | undefined {
  const askAgain = sentences.askAgain(senderIn(refusal));
  switch (refusal.code) {
    case "invitation-expired":
      return { title: sentences.expiredTitle, text: askAgain };
    case "invitation-revoked":
      return { title: sentences.revokedTitle, text: askAgain };
    case "invitation-used":
      return { title: sentences.usedTitle, text: sentences.usedText };
    case "already-member":
      return { title: sentences.alreadyInTitle, text: sentences.alreadyInText };
    case "invitation-declined":
      return { title: sentences.wasDeclinedTitle, text: askAgain };
    default:
      return refusal.status === 404
        ? { title: sentences.unknownTitle, text: sentences.unknownText }
        : undefined;
  }
}

/** What to say when trying again, or otherwise, may help. */
export function noticeOf(refusal: Refusal, invitation?: Invitation, email = ""): string {
  switch (refusal.code) {
    case "network":
      return sentences.offline;
    case "recipient-mismatch":
      return sentences.mismatch(invitation?.email ?? "", email);
    case "email-not-verified":
      return sentences.notVerified(email);
    case "member-deactivated":
      return sentences.deactivated(invitation?.organization ?? "");
    case "quota-exceeded":
      return invitation?.isGuest === true
        ? sentences.noPlace(invitation.organization)
        : sentences.full(invitation?.organization ?? "");
    case "channel-unavailable":
      return sentences.noChannel(invitation?.sender ?? sentences.theSender);
    default:
      if (refusal.status === 400) return sentences.checkDetails;
      if (refusal.status === 401) return sentences.signInEnded;
      if (refusal.status === 429 || refusal.status === 503) return sentences.busy;
      return sentences.failed(refusal.requestId);
  }
}
