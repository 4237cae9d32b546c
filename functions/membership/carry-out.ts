import { logger } from "../shell/logger.ts";
import { type Intent, strikeOff } from "../table/intents.ts";
import type { Table } from "../table/table.ts";
import { align } from "./align.ts";
import { announce } from "./announce.ts";
import { attachPeople } from "./attach-group.ts";
import { forgetChannel } from "./delete-channel.ts";
import { forgetGroup } from "./delete-group.ts";
import { finishDetaching } from "./detach-group.ts";
import { forgetMailAddress } from "./forget-mail-address.ts";
import { finishInviteBatch } from "./invite-batch.ts";
import { type TimeLeft, timeOf } from "./time-left.ts";

/** How long a request works on its intents, in milliseconds; what is left then, the sweep carries out. */
const SOON_MS = 5_000;

/**
 * Brings about what a change still has to, and strikes it off. Done again from the start, it finds what is done already
 * and does the rest.
 */
export async function carryOut(
  table: Table,
  intent: Intent,
  isTimeLeft: TimeLeft = () => true,
): Promise<void> {
  await bringAbout(table, intent, isTimeLeft);
  await strikeOff(table, intent);
}

async function bringAbout(table: Table, intent: Intent, isTimeLeft: TimeLeft): Promise<void> {
  const { organizationId: org, facts } = intent;
  switch (facts.kind) {
    case "announce":
    case "announce-in-all":
      return await announce(table, intent, facts);
    case "align":
      return await align(table, { org, facts, isTimeLeft });
    case "attach-group":
      return await attachPeople(table, { org, ...facts }, isTimeLeft);
    case "detach-group":
      return await finishDetaching(table, { org, ...facts }, isTimeLeft);
    case "delete-group":
      return await forgetGroup(table, { org, ...facts }, isTimeLeft);
    case "delete-channel":
      return await forgetChannel(table, { org, ...facts, isTimeLeft });
    case "invite-batch":
      return await finishInviteBatch(table, intent, facts, isTimeLeft);
    case "delete-mail-address":
      return await forgetMailAddress(table, { org, ...facts }, isTimeLeft);
  }
}

/**
 * Carries out what a request has just written. It never fails: the change itself is done and acknowledged, and the sweep
 * finishes what is cut short here.
 */
export async function carryOutSoon(
  table: Table,
  intents: readonly Intent[],
  isTimeLeft: TimeLeft = timeOf(SOON_MS),
): Promise<void> {
  for (const intent of intents) {
    try {
      await carryOut(table, intent, isTimeLeft);
    } catch (error) {
      const { intentId, facts } = intent;
      const name = error instanceof Error ? error.name : typeof error;
      logger.warn("intent left to the sweep", { intentId, kind: facts.kind, error: name });
    }
  }
}
