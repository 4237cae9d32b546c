import type { PermissionFacts } from "@vestibule/domain/permissions";
import { visibleSince } from "@vestibule/domain/plans";
import { mayRead } from "@vestibule/domain/posting";
import { notFound } from "../shell/problem.ts";
import type { Message } from "../table/messages.ts";
import { type Actor, admit } from "./channel-relation.ts";
import { isHidden } from "./history-limit.ts";
import type { ReadDeps } from "./read-deps.ts";

/** MSG-4, GST-9. */
export const mayReadIn = (facts: PermissionFacts) => mayRead({ relation: "none", ...facts });

/**
 * A message to a reader of its channel, read strongly, as is their place there. @throws Problem of the denial; 404 if there
 * is no such message, or none that the plan still shows (SEAT-7)
 */
export async function messageInSight(
  deps: Pick<ReadDeps, "person" | "row" | "channel" | "now" | "log" | "historyDays">,
  actor: Actor,
  { seq, now }: { seq: number; now: number },
): Promise<Message> {
  await admit(deps, actor, mayReadIn, { isSure: true });
  const [message, days] = await Promise.all([
    deps.log.get(actor.channel, seq),
    deps.historyDays(actor.channel.organizationId, now),
  ]);
  if (message === undefined || isHidden(message, visibleSince(days, now))) throw notFound("message");
  return message;
}
