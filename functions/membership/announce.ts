import { postSystemMessage } from "../message/post-system-message.ts";
import { type Intent, type IntentFacts, type SystemFacts, strikeOff } from "../table/intents.ts";
import type { Table } from "../table/table.ts";

type Announcing = Extract<IntentFacts, { kind: "announce" | "announce-in-all" }>;

/** What is to be told in several channels (MSG-12); in one, as the plain kind. */
export function announcement(
  channelIds: readonly string[],
  told: { actorName: string; system: SystemFacts },
): Announcing {
  const [channelId, ...others] = channelIds;
  return channelId !== undefined && others.length === 0
    ? { kind: "announce", channelId, ...told }
    : { kind: "announce-in-all", channelIds: [...channelIds], ...told };
}

/** MSG-12: tells what was done in the channels it was done to, once for the intent, which is then struck off. */
export async function announce(table: Table, intent: Intent, facts: Announcing): Promise<void> {
  const { organizationId, intentId } = intent;
  const { actorName, system } = facts;
  const channelIds = facts.kind === "announce" ? [facts.channelId] : facts.channelIds;
  for (const channelId of channelIds) {
    await postSystemMessage(table, { organizationId, channelId }, { intentId, actorName, system });
  }
  await strikeOff(table, intent);
}
