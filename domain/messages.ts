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

/** MSG-7: what was deleted is neither pinned nor unpinned: its pin went with it. */
export function allowsPin(message: { readonly isDeleted: boolean }): Decision {
  return message.isDeleted ? deny("message-deleted", "MSG-7") : allow();
}

/** MSG-6, GST-15, CH-7: members delete their own messages, the channel's managers anybody's, guests none. */
export function mayDeleteMessage(facts: MessageActor & { readonly isOwn: boolean }): Decision {
  const asAuthor = permit("message.delete-own", facts);
  const asManager = permit("message.delete", facts);
  const decides = facts.isOwn && !asManager.allowed ? asAuthor : asManager;
  return firstDenial(decides, notArchived(facts));
}

/** MSG-6: how often one message is edited. */
export const MAX_EDITS = 50;

/** MSG-6, GST-9, CH-7: its author alone edits a message, while they are in the channel and it is not archived. */
export function mayEditMessage(facts: MessageActor & { readonly isOwn: boolean }): Decision {
  return firstDenial(
    permit("message.edit-own", facts),
    facts.isOwn ? allow() : deny("not-own-message", "MSG-6"),
    notArchived(facts),
  );
}

/** MSG-6: what was deleted is not changed any more, and nothing is edited without end. */
export function allowsEdit(message: { readonly isDeleted: boolean; readonly edits: number }): Decision {
  if (message.isDeleted) return deny("message-deleted", "MSG-6");
  return message.edits < MAX_EDITS ? allow() : deny("too-many-edits", "MSG-6", { limit: MAX_EDITS });
}

/** CH-7: an archived channel is read only. */
export function notArchived({ isArchived }: MessageActor): Decision {
  return isArchived ? deny("channel-archived", "CH-7") : allow();
}
