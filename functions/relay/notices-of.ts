import { presentInvitation } from "../contract/invitation.ts";
import { presentUsage } from "../contract/organization.ts";
import type { Notice } from "../realtime/notice.ts";
import type { Invitation } from "../table/invitations.ts";
import type { ItemChange } from "../table/stream-items.ts";
import { ofChannel, ofRoster } from "./channel-notices.ts";
import { ofMessage } from "./message-notices.ts";
import { ofPerson } from "./person-notices.ts";
import { isShownAlike, type Of } from "./shown-change.ts";

/** Without its channels: not every manager may know of each of them (CH-5), and by HTTP they are shown as they may. */
function told(given: Invitation, now: number) {
  const { channelIds: _channels, ...invitation } = presentInvitation(given, now);
  return invitation;
}

function ofInvitation({ organizationId, before, after }: Of<"invitation">, now: number): Notice[] {
  // SHR-6: who may know of a share's invitation is not who is told of invitations.
  if (after === undefined || after.kind === "share") return [];
  const invitation = told(after, now);
  if (before === undefined) return [{ organizationId, event: { type: "invitation.created", invitation } }];
  if (isShownAlike(told(before, now), invitation)) return [];
  return [{ organizationId, event: { type: "invitation.updated", invitation } }];
}

function ofOrganization({ organizationId, before, after }: Of<"organization">): Notice[] {
  if (before === undefined || after === undefined) return [];
  const usage = presentUsage(after);
  if (isShownAlike(presentUsage(before), usage)) return [];
  return [{ organizationId, event: { type: "usage.changed", usage } }];
}

/** What people are to be told of a change (`api.md`, WebSocket): presented as by HTTP, so that nothing more leaks. */
export function noticesOf(change: ItemChange, now: number): Notice[] {
  switch (change.kind) {
    case "message":
      return ofMessage(change);
    case "person":
      return ofPerson(change);
    case "channel":
      return ofChannel(change);
    case "roster":
      return ofRoster(change);
    case "invitation":
      return ofInvitation(change, now);
    case "organization":
      return ofOrganization(change);
    case "reactor":
    case "mine":
    case "status":
    case "live":
      // What is told of these takes further reading: `laterNotices`, `tellStatuses`.
      return [];
  }
}
