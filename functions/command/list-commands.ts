import {
  COMMAND_NAMES,
  COMMANDS,
  type CommandActor,
  type CommandName,
  mayUseCommand,
} from "@vestibule/domain/commands";
import { demandInChannel } from "../membership/channel-relation.ts";
import type { Answer, Request } from "../shell/route.ts";
import type { Table } from "../table/table.ts";
import type { listCommandsRoute } from "./contract.ts";
import { commandActor } from "./run-command.ts";

function shown(name: CommandName, who: CommandActor) {
  const decision = mayUseCommand(name, who);
  const answer = decision.allowed ? { code: "allowed", rule: null } : decision;
  return { name, ...COMMANDS[name], allowed: decision.allowed, code: answer.code, rule: answer.rule };
}

/** MSG-13, GST-2: the commands as they are offered to somebody who begins to type one. */
export async function listCommands(
  table: Table,
  { params, person, now }: Request<typeof listCommandsRoute>,
): Promise<Answer> {
  const where = { org: params.org, channelId: params.chn, userId: person.userId, now };
  const who = commandActor(await demandInChannel(table, where, "command.use"));
  return { status: 200, body: { items: COMMAND_NAMES.map((name) => shown(name, who)), nextCursor: null } };
}
