import { presentMessage } from "../contract/message.ts";
import type { Notice } from "../realtime/notice.ts";
import type { Message } from "../table/messages.ts";
import type { Of } from "./shown-change.ts";

type Place = Pick<Notice, "organizationId"> & { readonly channelId: string };

function posted({ organizationId, channelId }: Place, message: Message): Notice {
  const { seq, authorId, authorKind, nonce } = message;
  const type = "message.posted";
  const event = { type, channelId, seq, message: presentMessage(channelId, message) } as const;
  const notice = { organizationId, event, channel: { channelId } };
  if (nonce === undefined || authorKind === "system") return notice;
  const own = { ...event, message: presentMessage(channelId, message, authorId) };
  return { ...notice, personal: { userId: authorId, event: own } };
}

/** MSG-4, MSG-6, MSG-7: told to those in the channel. */
export function ofMessage({ organizationId, channelId, before, after }: Of<"message">): Notice[] {
  if (after === undefined) return [];
  if (before === undefined) return [posted({ organizationId, channelId }, after)];
  const place = { channelId, seq: after.seq };
  const told = { organizationId, channel: { channelId } };
  if (after.isDeleted === true) {
    return before.isDeleted === true ? [] : [{ ...told, event: { type: "message.deleted", ...place } }];
  }
  if (before.pinnedBy === after.pinnedBy && before.pinnedAt === after.pinnedAt) return [];
  if (after.pinnedBy === undefined) return [{ ...told, event: { type: "message.unpinned", ...place } }];
  return [{ ...told, event: { type: "message.pinned", ...place, pinnedBy: after.pinnedBy } }];
}
