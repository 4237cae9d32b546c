import type { PostDeps } from "../message/post-message.ts";
import { type Implementation, implement } from "../shell/route.ts";
import type { Table } from "../table/table.ts";
import { commandDeps } from "./command-deps.ts";
import { listCommandsRoute, runCommandRoute } from "./contract.ts";
import { listCommands } from "./list-commands.ts";
import { serveCommand } from "./run-command.ts";

/** Slash commands, route by route. */
export function commandUseCases(table: Table, post: PostDeps): Implementation[] {
  const deps = commandDeps(table, post);
  return [
    implement(listCommandsRoute, (request) => listCommands(table, request)),
    implement(runCommandRoute, (request) => serveCommand(deps, request)),
  ];
}
