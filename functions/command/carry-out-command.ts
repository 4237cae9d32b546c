import type { Command, CommandActor } from "@vestibule/domain/commands";
import * as z from "zod";
import { updateChannel } from "../channel/update-channel.ts";
import { updateMyChannel } from "../channel/update-my-channel.ts";
import { channelHeader, channelName } from "../contract/channel.ts";
import type { CommandAnswer } from "../contract/command.ts";
import { presentMessage } from "../contract/message.ts";
import { leaveChannel } from "../membership/leave-channel.ts";
import { postMessage } from "../message/post-message.ts";
import { parseWith } from "../shell/request-body.ts";
import type { CommandDeps } from "./command-deps.ts";
import { type CommandInput, requestAs } from "./command-request.ts";
import { helpText } from "./help-text.ts";
import { invitePeople } from "./invite-people.ts";
import { messagePerson } from "./message-person.ts";
import { removePerson } from "./remove-person.ts";
import { setOwnStatus } from "./set-own-status.ts";

/** A command that its author may use, and how they stand to the channel. */
type Given = { readonly input: CommandInput; readonly command: Command; readonly who: CommandActor };

async function post({ post: deps }: CommandDeps, input: CommandInput, text: string): Promise<CommandAnswer> {
  const { organizationId, channelId, userId, nonce } = input;
  const { message } = await postMessage(deps, { organizationId, channelId, userId, text, nonce });
  return { command: "me", message: presentMessage(channelId, message, userId) };
}

const changeSchema = z.object({ name: channelName.optional(), header: channelHeader.optional() });

async function change(
  { table }: CommandDeps,
  input: CommandInput,
  wanted: z.infer<typeof changeSchema>,
): Promise<void> {
  await updateChannel(table, requestAs(input, parseWith(changeSchema, wanted)));
}

async function leave({ table }: CommandDeps, input: CommandInput): Promise<void> {
  const { organizationId: org, channelId, userId, sourceIp, now } = input;
  await leaveChannel(table, { org, channelId, userId, sourceIp, now });
}

/** Does what a command says, as its own route does. @throws Problem of the use case */
export async function carryOutCommand(deps: CommandDeps, given: Given): Promise<CommandAnswer> {
  const { input, command, who } = given;
  const { name } = command;
  switch (name) {
    case "me":
      return await post(deps, input, `/me ${command.text}`);
    case "topic":
      await change(deps, input, { header: command.header });
      return { command: name, text: "The header is changed." };
    case "rename":
      await change(deps, input, { name: command.to });
      return { command: name, text: `The channel is called ${command.to} now.` };
    case "invite":
      return await invitePeople(deps, { input, command });
    case "kick":
      return await removePerson(deps, { input, command });
    case "leave":
      await leave(deps, input);
      return { command: name, text: "You have left the channel." };
    case "mute":
      await updateMyChannel(deps.table, requestAs(input, { muted: command.isOn }));
      return { command: name, text: command.isOn ? "The channel is muted." : "It is no longer muted." };
    case "fav":
      await updateMyChannel(deps.table, requestAs(input, { favourite: command.isOn }));
      return { command: name, text: command.isOn ? "It is a favourite." : "It is no favourite any more." };
    case "away":
    case "dnd":
    case "online":
    case "status":
      return await setOwnStatus(deps, { input, command });
    case "msg":
      return await messagePerson(deps, { input, command, viewer: who.actor });
    case "help":
      return { command: name, text: helpText(who, command.about) };
  }
}
