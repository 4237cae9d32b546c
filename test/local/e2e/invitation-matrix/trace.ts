import type { Change, Outcome } from "./cells.ts";
import type { Fixture, World } from "./world.ts";

/** What an event leaves behind beside the invitation: mails to its address, and an entry of the audit log (INV-18). */
export type Trace = {
  readonly world: World;
  readonly id: string;
  readonly email: string | null;
  readonly mails: number;
  readonly action: string | undefined;
};

function actionOf({ state, link }: Change): string {
  if (state !== "pending") return `invitation.${state}`;
  return link === "renewed" ? "invitation.resent" : "invitation.updated";
}

/** What this outcome leaves behind. */
export function traceOf({ world, id, email }: Fixture, { change, audit }: Outcome): Trace {
  const action = change === undefined ? undefined : (audit ?? actionOf(change));
  return { world, id, email, mails: change?.mails ?? 0, action };
}
