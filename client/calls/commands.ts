import { type Connection, request } from "../request.ts";
import type * as t from "../types.ts";
import { atChannel } from "./paths.ts";

/** MSG-13: slash commands. A posted text that begins with a slash stays a message; commands go here. */
export function commandCalls(connection: Connection) {
  return {
    /** What completion offers, and what of it the caller may not use here. */
    listCommands: (org: string, channel: string) =>
      request<{ items: t.Command[] }>(connection, "GET", `${atChannel(org, channel)}/commands`),
    /** The answer is for the author alone; a repetition has the nonce of the first, and its answer. */
    runCommand: (org: string, channel: string, command: t.NewCommand) =>
      request<t.CommandAnswer>(connection, "POST", `${atChannel(org, channel)}/commands`, {
        body: { nonce: crypto.randomUUID(), ...command },
        repeatable: true,
      }),
  };
}
