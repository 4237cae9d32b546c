import { type Implementation, implement } from "../../shell/route.ts";
import type { Table } from "../../table/table.ts";
import type { PostDeps } from "../post-message.ts";
import { listCommandsRoute, runCommandRoute } from "./command-contract.ts";
import { commandDeps } from "./command-deps.ts";
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
