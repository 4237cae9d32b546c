import { allow, type Decision, deny, firstDenial } from "./decision.ts";
import type { Standing } from "./people.ts";
import { permit } from "./permissions.ts";
import type { ChannelRelation, ChannelType } from "./vocabulary.ts";

/** Somebody who does something to a message that stands in a channel. */
export type MessageActor = {
  readonly standing: Standing;
  readonly relation: ChannelRelation;
  readonly channelType: ChannelType;
  readonly isArchived: boolean;
};

/** MSG-7, GST-1, CH-7: any reader pins and unpins, while the channel is not archived. */
export function mayPin(facts: MessageActor): Decision {
  return firstDenial(permit("message.pin", facts), notArchived(facts));
}

/** MSG-6, GST-15, CH-7: members delete their own messages, the channel's managers anybody's, guests none. */
export function mayDeleteMessage(facts: MessageActor & { readonly isOwn: boolean }): Decision {
  const asAuthor = permit("message.delete-own", facts);
  const asManager = permit("message.delete", facts);
  const decides = facts.isOwn && !asManager.allowed ? asAuthor : asManager;
  return firstDenial(decides, notArchived(facts));
}

/** CH-7: an archived channel is read only. */
function notArchived({ isArchived }: MessageActor): Decision {
  return isArchived ? deny("channel-archived", "CH-7") : allow();
}
