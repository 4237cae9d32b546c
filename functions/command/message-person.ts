import { ASSISTANT } from "@vestibule/domain/assistant-name";
import type { Command } from "@vestibule/domain/commands";
import { deny } from "@vestibule/domain/decision";
import type { Standing } from "@vestibule/domain/people";
import { checkText } from "@vestibule/domain/posting";
import { openConversation } from "../channel/open-conversation.ts";
import { channelShape } from "../contract/channel.ts";
import type { CommandAnswer } from "../contract/command.ts";
import { presentMessage } from "../contract/message.ts";
import { postMessage } from "../message/post-message.ts";
import { problemOf } from "../shell/problem.ts";
import { demand } from "../shell/standing.ts";
import { assistantId } from "../table/keys.ts";
import type { CommandDeps } from "./command-deps.ts";
import { type CommandInput, requestAs } from "./command-request.ts";

type Msg = Extract<Command, { name: "msg" }>;

type Given = { readonly input: CommandInput; readonly command: Msg; readonly viewer: Standing };

/** Word for word as somebody is refused who asks for a person that they may not know of (INV-15, GST-16). */
const unknownTo = (viewer: Standing) => deny("not-found", viewer.kind === "guest" ? "GST-16" : "INV-15");

/**
 * `/msg`: opens the conversation with somebody, be it the assistant (BOT-1), as its route does (CH-3, GST-8, GST-11), and posts in it what was said,
 * once for the nonce (MSG-3). A text that cannot be posted opens nothing.
 */
export async function messagePerson(
  { table, post, peopleByHandle }: CommandDeps,
  { input, command, viewer }: Given,
): Promise<CommandAnswer> {
  const { organizationId, userId, nonce } = input;
  const { name, handle, text } = command;
  const personCalled = async (called: string) =>
    (await peopleByHandle(organizationId, [called])).get(called)?.userId;
  if (text !== undefined) demand(checkText(text));
  const other = handle === ASSISTANT.handle ? assistantId(organizationId) : await personCalled(handle);
  if (other === undefined) throw problemOf(unknownTo(viewer));
  const opened = await openConversation(table, requestAs(input, { userIds: [other] }));
  const channel = channelShape.parse(opened.body);
  if (text === undefined) return { command: name, channel };
  const channelId = channel.id;
  const { message } = await postMessage(post, { organizationId, channelId, userId, text, nonce });
  return { command: name, channel, message: presentMessage(channelId, message, userId) };
}
