import { type Member, unchangedCheck } from "./members.ts";
import type { Write } from "./transaction.ts";

/** Whose rights an invitation rests on (INV-14): who sent it and, if it was edited since, who answers for its grant. */
export type Authority = { readonly sender: Member; readonly grantor: Member };

/** The conditions that they are still who they were when it was decided (labels `sender`, `grantor`). */
export function authorityChecks({ sender, grantor }: Authority): Write[] {
  const check = unchangedCheck("sender", sender);
  return grantor.userId === sender.userId ? [check] : [check, unchangedCheck("grantor", grantor)];
}
