import type { Command } from "@vestibule/client/types";
import { service } from "./service.ts";
import { place } from "./workplace.ts";

const known = new Map<string, Promise<Command[]>>();

/** MSG-13: the commands that one may use in a channel; what one may not is not offered (GST-2). */
export async function commandsOf(channelId: string): Promise<Command[]> {
  const asked =
    known.get(channelId) ?? service.listCommands(place().org, channelId).then(({ items }) => items);
  known.set(channelId, asked);
  try {
    return (await asked).filter(({ allowed }) => allowed);
  } catch {
    known.delete(channelId);
    return [];
  }
}

/** What one may has changed, or may have. */
export function forgetCommands(channelId: string): void {
  known.delete(channelId);
}
