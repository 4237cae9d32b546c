import type { StatusCommand } from "@vestibule/domain/commands";
import type { StatusChange } from "@vestibule/domain/status";
import type { CommandAnswer } from "../contract/command.ts";
import { setStatus } from "../organization/set-status.ts";
import type { CommandDeps } from "./command-deps.ts";
import type { CommandInput } from "./command-request.ts";

function changeBy(command: StatusCommand): StatusChange {
  switch (command.name) {
    case "status":
      return { custom: command.custom };
    case "dnd":
      return { presence: "dnd", until: command.until };
    case "away":
    case "online":
      return { presence: command.name };
  }
}

function said(command: StatusCommand, until: string | undefined): string {
  switch (command.name) {
    case "status":
      return command.custom === null ? "Your status is taken away." : "Your status is set.";
    case "dnd":
      return until === undefined ? "You are not disturbed." : `You are not disturbed until ${until}.`;
    case "away":
      return "You are away.";
    case "online":
      return "You are shown as you are.";
  }
}

/** `/away`, `/dnd`, `/online`, `/status`: sets the author's status, as its route does (PRS-1, PRS-2). */
export async function setOwnStatus(
  { table }: CommandDeps,
  { input, command }: { readonly input: CommandInput; readonly command: StatusCommand },
): Promise<CommandAnswer> {
  const { organizationId: org, userId, now } = input;
  const status = await setStatus(table, { org, userId, now }, changeBy(command));
  return { command: command.name, text: said(command, status.until), status };
}
