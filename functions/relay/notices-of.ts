import { presentInvitation } from "../contract/invitation.ts";
import { presentMember } from "../contract/member.ts";
import { presentMessage } from "../contract/message.ts";
import { presentUsage } from "../contract/organization.ts";
import type { Notice } from "../realtime/fan-out.ts";
import { generalChannelId } from "../table/keys.ts";
import type { ItemChange } from "../table/stream-items.ts";

type Of<Kind extends ItemChange["kind"]> = Extract<ItemChange, { kind: Kind }>;

/** Whether people see a difference; most writes of an item change something that is not shown. */
function isShownAlike(before: unknown, after: unknown): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}

function ofMessage({ organizationId, channelId, before, after }: Of<"message">): Notice[] {
  // CH-1: General is everybody's. What stands in another channel has no readers yet.
  if (after === undefined || before !== undefined || channelId !== generalChannelId(organizationId))
    return [];
  const { seq, authorId } = after;
  const posted = { type: "message.posted", channelId, seq } as const;
  return [
    {
      organizationId,
      event: { ...posted, message: presentMessage(channelId, after) },
      ...(after.nonce === undefined
        ? {}
        : {
            personal: {
              userId: authorId,
              event: { ...posted, message: presentMessage(channelId, after, authorId) },
            },
          }),
    },
  ];
}

function ofMember({ organizationId, before, after }: Of<"member">): Notice[] {
  if (after === undefined) {
    if (before === undefined) return [];
    return [{ organizationId, event: { type: "member.removed", userId: before.userId } }];
  }
  const member = presentMember(after);
  if (before === undefined) return [{ organizationId, event: { type: "member.joined", member } }];
  if (isShownAlike(presentMember(before), member)) return [];
  return [{ organizationId, event: { type: "member.updated", member } }];
}

function ofInvitation({ organizationId, before, after }: Of<"invitation">, now: number): Notice[] {
  if (after === undefined) return [];
  const invitation = presentInvitation(after, now);
  if (before === undefined) return [{ organizationId, event: { type: "invitation.created", invitation } }];
  if (isShownAlike(presentInvitation(before, now), invitation)) return [];
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
    case "member":
      return ofMember(change);
    case "invitation":
      return ofInvitation(change, now);
    case "organization":
      return ofOrganization(change);
    case "live":
      return [];
  }
}
