import type { NotInChannel } from "../contract/message.ts";
import { newId } from "../shell/ids.ts";
import type { ChannelKey } from "../table/channel-heads.ts";
import { fullName } from "../table/members.ts";
import { type NewWide, newWide } from "../table/wide-mentions.ts";
import { demandAnswersMail } from "./answer-mail.ts";
import type { Admitted } from "./channel-relation.ts";
import { findMentioned, type Mentioned } from "./mentioned.ts";
import type { Along, MessageLog } from "./message-log.ts";
import { toldOf } from "./not-in-channel.ts";
import type { Draft } from "./place-message.ts";
import type { NewMessage, PostDeps } from "./post-message.ts";
import { threadRoot } from "./thread-root.ts";

/** A message as it is to be stored, with what goes along, and of whom its author is told. */
export type Prepared = {
  readonly draft: Draft;
  readonly along: Along | undefined;
  readonly wide: NewWide | undefined;
  readonly notInChannel: NotInChannel[];
};

async function wideOf(
  log: MessageLog,
  channel: ChannelKey,
  { stored }: Mentioned,
): Promise<NewWide | undefined> {
  if (stored === undefined || (!stored.isChannel && stored.groupIds.length === 0)) return undefined;
  return newWide(stored, await log.wide(channel));
}

/** Looks up what a message refers to: nothing for a plain one. @throws Problem where it cannot be posted so */
export async function preparePost(deps: PostDeps, input: NewMessage, admitted: Admitted): Promise<Prepared> {
  const { organizationId, channelId, userId, text, nonce, replyTo, mailCard } = input;
  const { person, row } = admitted;
  const channel = { organizationId, channelId };
  const now = deps.now();
  const [root, mentioned] = await Promise.all([
    replyTo === undefined ? undefined : threadRoot(deps, channel, replyTo),
    findMentioned(deps.mentions, channel, { author: person, text, now }),
    mailCard === undefined ? undefined : demandAnswersMail(deps, channel, userId, mailCard),
  ]);
  const [wide, described] = await Promise.all([
    wideOf(deps.log, channel, mentioned),
    mentioned.outside.length === 0 ? undefined : deps.channel(channel),
  ]);
  const notInChannel =
    described === undefined ? [] : toldOf({ ...admitted, channel: described }, mentioned.outside, now);
  const mentionedIds = mentioned.inChannel.map((one) => one.userId);
  return {
    draft: {
      messageId: newId("message", now),
      authorKind: person.kind,
      authorId: userId,
      authorName: fullName(person) || person.handle,
      text,
      nonce,
      ...(root === undefined ? {} : { replyTo: root.seq }),
      ...(mentioned.stored === undefined ? {} : { mentions: mentioned.stored }),
      ...(mailCard === undefined ? {} : { mailCard }),
      ...(row?.isWithBot === true ? { isForBot: true } : {}),
    },
    along: root === undefined && mentionedIds.length === 0 ? undefined : { mentionedIds, root },
    wide,
    notInChannel,
  };
}
