import type { CommandAnswer } from "@vestibule/client/types";
import { type Child, element } from "../render.ts";
import { commandsOf } from "./channel-commands.ts";
import { locale, say } from "./language.ts";
import { readChannels } from "./people-names.ts";
import { attempt, note } from "./told.ts";
import { go } from "./ways.ts";
import { place } from "./workplace.ts";

/** MSG-13: `/help` in the reader's language: what one may use here. */
async function help(channelId: string): Promise<Child[]> {
  const commands = await commandsOf(channelId);
  const lines = commands.flatMap(({ usage, name }) => [
    element("dt", {}, element("code", {}, usage)),
    element("dd", {}, wordsOf(name)),
  ]);
  return [element("dl", {}, ...lines)];
}

export function wordsOf(command: string): string {
  return new Map(Object.entries(say().commands)).get(command) ?? "";
}

async function words(channelId: string, { command, text, results = [] }: CommandAnswer): Promise<Child[]> {
  if (command === "help") return await help(channelId);
  const statuses = new Map(Object.entries(say().additions));
  const lines = results.map(({ handle, status }) => `@${handle}: ${statuses.get(status) ?? status}`);
  if (lines.length > 0) return [element("p", {}, lines.join(", "))];
  if (text === undefined) return [];
  return [element("p", {}, locale() === "en" ? text : say().commandDone(command))];
}

/** Runs a slash command and tells its author what came of it (MSG-13). @returns whether it was carried out */
export function runCommand(channelId: string, text: string): Promise<boolean> {
  return attempt(async () => {
    const answer = await place().session.command(channelId, text);
    const said = await words(channelId, answer);
    if (said.length > 0) note(...said);
    await readChannels();
    go().redraw();
    if (answer.channel !== undefined) await go().openChannel(answer.channel.id);
  });
}
