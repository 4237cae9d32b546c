import { overDenial } from "@vestibule/domain/invitations";
import { Problem } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import type { Table } from "../table/table.ts";
import type { previewRoute } from "./contract.ts";
import { channelsOf, describe, shownState } from "./describe-invitation.ts";
import { loadBySecret, refusedHolder } from "./load-invitation.ts";

/** INV-4, INV-15: what the holder of a link is invited to, or what became of it. Reads only, so mail scanners change nothing. */
export async function previewInvitation(
  table: Table,
  { body, now }: Request<typeof previewRoute>,
): Promise<Answer> {
  const found = await loadBySecret(table, body.token);
  const state = shownState(found, now);
  const over = overDenial(state);
  if (over === null) {
    const channels = await channelsOf(table, found.invitation);
    return { status: 200, body: { state, ...describe(found), ...channels } };
  }
  const { status, code, detail, rule, title, data } = refusedHolder(found, over);
  throw new Problem(status, code, detail, {
    rule,
    title,
    data: { ...describe(found), ...data, state },
  });
}
