import type { SystemMessageKind } from "@vestibule/domain/vocabulary";
import type { ChannelFacts } from "../membership/channel-relation.ts";
import type { IntentFacts } from "../table/intents.ts";
import { fullName } from "../table/members.ts";

/** MSG-12: the system message of what somebody did to a channel; `text` is the new name, header or purpose. */
export function announcement(
  { channel, person }: Pick<ChannelFacts, "channel" | "person">,
  kind: SystemMessageKind,
  text?: string,
): IntentFacts {
  return {
    kind: "announce",
    channelId: channel.channelId,
    actorName: fullName(person) || person.handle,
    system: { kind, actorId: person.userId, ...(text === undefined ? {} : { text }) },
  };
}
