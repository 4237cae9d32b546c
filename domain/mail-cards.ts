import { allow, type Decision, deny } from "./decision.ts";
import { addressKey } from "./invitations.ts";
import type { ChannelType } from "./vocabulary.ts";

/** Where somebody wants to answer a mail by chat: `others` are the verified addresses of the other one in it. */
export type MailAnswer = {
  readonly channelType: ChannelType;
  readonly sender: string;
  readonly others: readonly string[];
};

/** MSG-14: in the direct conversation with the mail's sender, and nowhere else. */
export function mayAnswerMail({ channelType, sender, others }: MailAnswer): Decision {
  const isSenders = others.some((address) => addressKey(address) === addressKey(sender.trim()));
  return channelType === "direct" && isSenders ? allow() : deny("mail-card-not-direct", "MSG-14");
}
