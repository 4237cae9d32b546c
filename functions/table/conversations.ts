import * as z from "zod";
import { sha256 } from "../shell/ids.ts";
import { keys } from "./keys.ts";
import { getItem } from "./read.ts";
import type { Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/** Which conversation a set of people has: `O#<org>#CONVERSATIONS` / a hash of their ids. */
const slotItem = z.object({ channelId: z.string() });

/** The same for the same people, in whatever order they are named. */
export function conversationHash(userIds: readonly string[]): string {
  return sha256([...new Set(userIds)].sort().join("\n"));
}

/** The conversation of exactly these people, if they have one (CH-3); read strongly (1 read unit). */
export async function conversationOf(
  table: Table,
  org: string,
  userIds: readonly string[],
): Promise<string | undefined> {
  return (await getItem(table, keys.conversation(org, conversationHash(userIds)), slotItem))?.channelId;
}

/** Makes a conversation the one of these people (label `conversation`): of two at the same time one is made (CH-3). */
export function conversationWrite(org: string, userIds: readonly string[], channelId: string): Write {
  return {
    label: "conversation",
    put: { ...keys.conversation(org, conversationHash(userIds)), channelId },
    condition: "attribute_not_exists(pk)",
  };
}
