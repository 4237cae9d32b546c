import { type ChannelActor, mayAddPeople, mayChangeChannel, mayLeave } from "./channels.ts";
import { allow, type Decision, type Denied, deny, firstDenial } from "./decision.ts";
import { type Action, permit } from "./permissions.ts";
import { checkText, mayPost } from "./posting.ts";
import { emojiOf } from "./reactions.ts";
import type { CustomStatus } from "./status.ts";
import { type Clock, parseUntil } from "./until.ts";

/** MSG-13, in the order in which `/help` lists them: how each is written, and what it does. */
export const COMMANDS = {
  me: { usage: "/me <text>", description: "Say what you are doing" },
  topic: { usage: "/topic <text>", description: "Change the channel's header" },
  rename: { usage: "/rename <name>", description: "Rename the channel" },
  invite: { usage: "/invite @person …", description: "Add people to the channel" },
  kick: { usage: "/kick @person", description: "Remove somebody from the channel" },
  leave: { usage: "/leave", description: "Leave the channel" },
  mute: { usage: "/mute [off]", description: "Mute the channel, or no longer" },
  fav: { usage: "/fav [off]", description: "Make the channel a favourite, or no longer" },
  away: { usage: "/away", description: "Be shown as away" },
  dnd: { usage: "/dnd [30m | 2h | 18:30 | 2026-12-24 18:30]", description: "Do not be disturbed" },
  online: { usage: "/online", description: "Be shown as you are again" },
  status: { usage: "/status [emoji] [text]", description: "Set your status; with nothing, take it away" },
  msg: { usage: "/msg @person [text]", description: "Write to somebody directly" },
  help: { usage: "/help [command]", description: "See the commands" },
} as const satisfies Record<string, { readonly usage: string; readonly description: string }>;

export type CommandName = keyof typeof COMMANDS;

/** The commands in their order. */
export const COMMAND_NAMES: readonly CommandName[] = namesOf(COMMANDS);

/** GST-2: those that invite, remove, rename or change headers. */
const RESTRICTED: ReadonlySet<CommandName> = new Set(["topic", "rename", "invite", "kick"]);

/** How many people one command adds. */
export const MAX_INVITED = 20;

/** Those that say how their author is (PRS-1, PRS-2). */
export type StatusCommand =
  | { readonly name: "away" }
  | { readonly name: "online" }
  | { readonly name: "dnd"; readonly until: number | undefined }
  | { readonly name: "status"; readonly custom: CustomStatus | null };

/** A command as it was understood; handles are without their `@`, in lower case. */
export type Command =
  | { readonly name: "me"; readonly text: string }
  | { readonly name: "topic"; readonly header: string }
  | { readonly name: "rename"; readonly to: string }
  | { readonly name: "invite"; readonly handles: readonly string[] }
  | { readonly name: "kick"; readonly handle: string }
  | { readonly name: "mute" | "fav"; readonly isOn: boolean }
  | { readonly name: "leave" }
  | StatusCommand
  | { readonly name: "msg"; readonly handle: string; readonly text: string | undefined }
  | { readonly name: "help"; readonly about: CommandName | undefined };

type Read = { readonly allowed: true; readonly command: Command } | Denied;

const understood = (command: Command): Read => ({ allowed: true, command });

const HANDLE = /^@?([a-z0-9._-]{1,64})$/u;

/** What may follow a handle in a sentence; looked for once, where a run of it begins. */
const AFTER_HANDLE = /(?<![.,;:])[.,;:]+$/u;

/** A handle as people write it; a full stop or comma at its end is none of it. */
function handleIn(word: string | undefined): string | undefined {
  return HANDLE.exec(word?.toLowerCase().replace(AFTER_HANDLE, "") ?? "")?.[1];
}

const wordsOf = (text: string): string[] => text.split(/\s+/u).filter((word) => word !== "");

function handlesIn(text: string): string[] | undefined {
  const handles = [...new Set(wordsOf(text).map(handleIn))].filter((handle) => handle !== undefined);
  return wordsOf(text).every((word) => handleIn(word) !== undefined) && handles.length <= MAX_INVITED
    ? handles
    : undefined;
}

/** The first word, and the rest as it was written. */
function split(text: string): [string, string] {
  const [, first = "", rest = ""] = /^(\S*)\s*([\s\S]*)$/u.exec(text) ?? [];
  return [first, rest];
}

function customIn(text: string): CustomStatus | null {
  if (text === "" || text.toLowerCase() === "clear") return null;
  const [first, rest] = split(text);
  const emoji = emojiOf(first);
  if (emoji === undefined) return { text };
  return rest === "" ? { emoji } : { emoji, text: rest };
}

const isName = (name: string): name is CommandName => Object.hasOwn(COMMANDS, name);

/** `/header` is what other chats call `/topic`. */
function nameIn(word: string): CommandName | undefined {
  const name = word.toLowerCase();
  if (name === "header") return "topic";
  return isName(name) ? name : undefined;
}

const SWITCH: ReadonlyMap<string, boolean> = new Map([
  ["", true],
  ["on", true],
  ["off", false],
]);

/** What a command's argument says; `undefined` if it cannot be understood. */
function commandOf(name: CommandName, given: string, clock: Clock): Command | undefined {
  switch (name) {
    case "me":
      return given === "" ? undefined : { name, text: given };
    case "topic":
      return given === "" ? undefined : { name, header: given };
    case "rename":
      return given === "" ? undefined : { name, to: given };
    case "invite": {
      const handles = handlesIn(given) ?? [];
      return handles.length === 0 ? undefined : { name, handles };
    }
    case "kick": {
      const handle = handleIn(given);
      return handle === undefined ? undefined : { name, handle };
    }
    case "mute":
    case "fav": {
      const isOn = SWITCH.get(given.toLowerCase());
      return isOn === undefined ? undefined : { name, isOn };
    }
    case "leave":
    case "away":
    case "online":
      return given === "" ? { name } : undefined;
    case "dnd": {
      const until = given === "" ? undefined : parseUntil(given.replace(/^until\s+/iu, ""), clock);
      return given !== "" && until === undefined ? undefined : { name, until };
    }
    case "status":
      return { name, custom: customIn(given) };
    case "msg": {
      const [first, text] = split(given);
      const handle = handleIn(first);
      return handle === undefined ? undefined : { name, handle, text: text === "" ? undefined : text };
    }
    case "help": {
      const about = nameIn(given.replace(/^\//u, ""));
      return given !== "" && about === undefined ? undefined : { name, about };
    }
  }
}

/** MSG-13: what somebody asks for by a text that begins with `/`; what cannot be understood says how it is written. */
export function readCommand(text: string, clock: Clock): Read {
  const fits = checkText(text);
  // An empty text is no command; one that is too long is not looked into.
  if (!fits.allowed && fits.code === "message-too-long") return fits;
  const [first, rest] = split(text.trim());
  const name = first.startsWith("/") ? nameIn(first.slice(1)) : undefined;
  if (name === undefined) return deny("unknown-command", "MSG-13");
  const command = commandOf(name, rest, clock);
  if (command !== undefined) return understood(command);
  return deny("command-arguments", "MSG-13", { command: name, usage: COMMANDS[name].usage });
}

/** Who would use a command, where; `viaCount` counts the groups through which they are in the channel. */
export type CommandActor = ChannelActor & { readonly viaCount: number };

const asks = (action: Action) => (who: CommandActor) => permit(action, placeOf(who));

/** What each command does is decided by the same rule as by any other way. */
const DECIDES: Record<CommandName, (who: CommandActor) => Decision> = {
  me: (who) => mayPost({ ...placeOf(who), channel: who.channel }),
  topic: (who) => mayChangeChannel({ ...who, change: "describe" }),
  rename: (who) => mayChangeChannel({ ...who, change: "rename" }),
  invite: mayAddPeople,
  kick: asks("channel.remove-people"),
  leave: mayLeave,
  mute: asks("channel.mute"),
  fav: asks("channel.set-favourite"),
  away: asks("status.set"),
  dnd: asks("status.set"),
  online: asks("status.set"),
  status: asks("status.set"),
  msg: asks("conversation.open"),
  help: allow,
};

/** MSG-13, GST-2: whether somebody may use a command in a channel, and what it does there. */
export function mayUseCommand(name: CommandName, who: CommandActor): Decision {
  const action = RESTRICTED.has(name) ? "command.use-restricted" : "command.use";
  return firstDenial(permit(action, placeOf(who)), DECIDES[name](who));
}

function placeOf({ actor, relation, channel }: ChannelActor) {
  return { standing: actor, relation, channelType: channel.type };
}

function namesOf(commands: Readonly<Record<CommandName, unknown>>): CommandName[] {
  const names: CommandName[] = [];
  let name: CommandName;
  for (name in commands) names.push(name);
  return names;
}
