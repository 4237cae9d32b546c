import type { ChannelType } from "@vestibule/domain/vocabulary";
import { keys } from "./keys.ts";
import type { Write } from "./transaction.ts";

/** A condition, and that the channel is of that type besides. */
export function ofType(type: ChannelType, condition: string) {
  return {
    condition: `${condition} AND #type = :type`,
    names: { "#type": "type" },
    values: { ":type": type },
  };
}

/**
 * The condition that a channel is there and not archived (label `channel <id>`, CH-7), and of that type: what somebody may
 * do who only sees it, they may no more once it is private (CH-5).
 */
export function openChannelCheck(org: string, channelId: string, type: ChannelType | undefined): Write {
  const open = "attribute_exists(pk) AND attribute_not_exists(archivedAt)";
  const check = { label: `channel ${channelId}`, check: keys.channel(org, channelId), condition: open };
  return type === undefined ? check : { ...check, ...ofType(type, open) };
}

/** The same for what is done in an archived channel, too; nothing where no type is asked for. */
export function typeChecks(org: string, channelId: string, type: ChannelType | undefined): Write[] {
  if (type === undefined) return [];
  const check = { label: `channel ${channelId}`, check: keys.channel(org, channelId) };
  return [{ ...check, ...ofType(type, "attribute_exists(pk)") }];
}
