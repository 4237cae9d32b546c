import type { Invitation } from "./shapes.ts";

const STAGES = ["none", "queued", "sent"];

/** How far a mail has come: what the provider reports in the end is later than that it was sent. */
function stageOf({ deliveryState }: Invitation): number {
  const stage = STAGES.indexOf(deliveryState);
  return stage === -1 ? STAGES.length : stage;
}

/** INV-1: what is over stays so, but for an expired one, which can be sent anew (INV-9). */
function isFinal({ state }: Invitation): boolean {
  return state !== "pending" && state !== "expired";
}

/**
 * Live frames repeat and overtake one another: of what is known of an invitation and what is told of it, the later. What
 * is told names no channels, so that the known ones stay.
 */
export function laterOf(known: Invitation | undefined, told: Invitation): Invitation {
  if (known === undefined) return told;
  const isEarlier = told.resentAt < known.resentAt || (isFinal(known) && !isFinal(told));
  if (isEarlier) return known;
  const isMailEarlier = told.resentAt === known.resentAt && stageOf(told) < stageOf(known);
  return {
    ...told,
    channelIds: told.channelIds ?? known.channelIds,
    deliveryState: isMailEarlier ? known.deliveryState : told.deliveryState,
  };
}
