import { mayAnswerMail } from "@vestibule/domain/mail-cards";
import { notFound } from "../shell/problem.ts";
import { demand } from "../shell/standing.ts";
import type { ChannelKey } from "../table/channel-heads.ts";
import type { Message } from "../table/messages.ts";
import type { PlaceDeps } from "./channel-relation.ts";

/**
 * Demands that a message with a card of a mail goes to the mail's sender alone (MSG-14): by an address that they have
 * verified, and not by one that they merely named, or that has become somebody else's.
 * @throws Problem 409 anywhere but in the direct conversation with them
 */
export async function demandAnswersMail(
  deps: PlaceDeps,
  channel: ChannelKey,
  userId: string,
  { from }: NonNullable<Message["mailCard"]>,
): Promise<void> {
  const described = await deps.channel(channel);
  if (described === undefined) throw notFound("channel");
  const { type, userIds = [] } = described;
  const otherId = type === "direct" ? userIds.find((id) => id !== userId) : undefined;
  const other = otherId === undefined ? undefined : await deps.person(channel.organizationId, otherId);
  demand(mayAnswerMail({ channelType: type, sender: from.email, others: other?.addressKeys ?? [] }));
}
