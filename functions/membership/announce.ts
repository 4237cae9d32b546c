import { postSystemMessage } from "../message/post-system-message.ts";
import { logger } from "../shell/logger.ts";
import { type Intent, type IntentFacts, type SystemFacts, strikeOff } from "../table/intents.ts";
import type { Table } from "../table/table.ts";

/** What is to be told in several channels (MSG-12); in one, as the plain kind. */
export function announcement(
  channelIds: readonly string[],
  told: { actorName: string; system: SystemFacts },
): IntentFacts {
  const [channelId, ...others] = channelIds;
  return channelId !== undefined && others.length === 0
    ? { kind: "announce", channelId, ...told }
    : { kind: "announce-in-all", channelIds: [...channelIds], ...told };
}

type Announcing = Extract<IntentFacts, { kind: "announce" | "announce-in-all" }>;

/** MSG-12: tells what was done in the channels it was done to, once for the intent. */
export async function announce(table: Table, intent: Intent, facts: Announcing): Promise<void> {
  const { organizationId, intentId } = intent;
  const { actorName, system } = facts;
  const channelIds = facts.kind === "announce" ? [facts.channelId] : facts.channelIds;
  for (const channelId of channelIds) {
    await postSystemMessage(table, { organizationId, channelId }, { intentId, actorName, system });
  }
}

/** Tells what a step of a longer piece of work did; what cannot be told now, the sweep tells. */
export async function announceSoon(table: Table, intents: readonly Intent[]): Promise<void> {
  for (const intent of intents) {
    const { facts } = intent;
    if (facts.kind !== "announce" && facts.kind !== "announce-in-all") continue;
    try {
      await announce(table, intent, facts);
      await strikeOff(table, intent);
    } catch (error) {
      const name = error instanceof Error ? error.name : typeof error;
      logger.warn("system message left to the sweep", { intentId: intent.intentId, error: name });
    }
  }
}
