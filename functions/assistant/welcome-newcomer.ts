import { welcome } from "@vestibule/domain/assistant";
import { openAssistantChannel } from "../membership/assistant-channel.ts";
import { untilSettled } from "../shell/settle.ts";
import type { PersonRecord } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";
import { askerOf } from "./asker.ts";
import { say } from "./say.ts";

const WELCOME = "welcome-";

/** Whether the assistant said it to welcome somebody, by its nonce. */
export function isWelcome(nonce: string | undefined): boolean {
  return nonce?.startsWith(WELCOME) === true;
}

/**
 * INV-17, BOT-1, BOT-4: opens a newcomer's conversation with the assistant and welcomes them in their language, once for
 * the record that they came with, however often it is told of. Who has left again meanwhile is not welcomed.
 */
export async function welcomeNewcomer(table: Table, newcomer: PersonRecord): Promise<void> {
  const { organizationId: org, userId, joinedAt } = newcomer;
  const opened = await untilSettled(async () => {
    const now = Date.now();
    const present = await askerOf(table, { org, userId, now });
    if (present === undefined) return undefined;
    const channel = await openAssistantChannel(table, present.person, now);
    return channel === "again" ? "again" : { ...channel, asker: present.asker };
  });
  if (opened === undefined) return;
  const channel = { organizationId: org, channelId: opened.channelId };
  await say(table, channel, { text: welcome(opened.asker), nonce: `${WELCOME}${joinedAt}` });
}
