import {
  COMMAND_NAMES,
  COMMANDS,
  type CommandActor,
  type CommandName,
  mayUseCommand,
} from "@vestibule/domain/commands";
import { explainDenial } from "@vestibule/domain/decision";

const line = (name: CommandName): string => `\`${COMMANDS[name].usage}\` ${COMMANDS[name].description}`;

/** MSG-13: the commands that somebody may use in a channel; or one, and why they may not use it. */
export function helpText(who: CommandActor, about: CommandName | undefined): string {
  if (about === undefined)
    return COMMAND_NAMES.filter((name) => mayUseCommand(name, who).allowed)
      .map(line)
      .join("\n");
  const decision = mayUseCommand(about, who);
  return decision.allowed ? line(about) : `${line(about)}\n${explainDenial(decision)} (${decision.rule})`;
}
