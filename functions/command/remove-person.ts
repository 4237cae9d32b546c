import type { Command } from "@vestibule/domain/commands";
import type { CommandAnswer } from "../contract/command.ts";
import { leaveChannel } from "../membership/leave-channel.ts";
import { notFound } from "../shell/problem.ts";
import type { CommandDeps } from "./command-deps.ts";
import type { CommandInput } from "./command-request.ts";

type Kick = Extract<Command, { name: "kick" }>;

/** `/kick`: removes somebody from the channel, as its route does (CH-6). */
export async function removePerson(
  { table, peopleByHandle }: CommandDeps,
  { input, command }: { readonly input: CommandInput; readonly command: Kick },
): Promise<CommandAnswer> {
  const { organizationId: org, channelId, userId, sourceIp, now } = input;
  const { name, handle } = command;
  const target = (await peopleByHandle(org, [handle])).get(handle);
  if (target === undefined) throw notFound("person in this channel");
  await leaveChannel(table, { org, channelId, userId, targetId: target.userId, sourceIp, now });
  return { command: name, text: `@${handle} is removed.` };
}
