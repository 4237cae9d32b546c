import { overDenial, previewState } from "@vestibule/domain/invitations";
import { Problem } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import { factsOf } from "../table/invitations.ts";
import { standingOf } from "../table/members.ts";
import type { Table } from "../table/table.ts";
import type { previewRoute } from "./contract.ts";
import { type Found, loadBySecret, refusedHolder } from "./load-invitation.ts";

function describe({ invitation, organization }: Found) {
  const { kind, email, firstName, lastName, orgRole, chatRole, message, strict, endsAt } = invitation;
  return {
    kind,
    organization: { name: organization.name },
    invitedBy: { name: invitation.invitedBy.name },
    email,
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
    orgRole,
    chatRole,
    ...(message === undefined ? {} : { message }),
    expiresAt: new Date(endsAt).toISOString(),
    requires: {
      profile: true,
      terms: organization.settings.termsVersion,
      phone: false,
      mfa: false,
      strict,
    },
  };
}

/** INV-4, INV-15: what the holder of a link is invited to, or what became of it. Reads only, so mail scanners change nothing. */
export async function previewInvitation(
  table: Table,
  { body, now }: Request<typeof previewRoute>,
): Promise<Answer> {
  const found = await loadBySecret(table, body.token);
  const state = previewState({
    invitation: factsOf(found.invitation),
    senderStanding: standingOf(found.sender),
    now,
  });
  const over = overDenial(state);
  if (over === null) return { status: 200, body: { state, ...describe(found) } };
  const { status, code, detail, rule, title, data } = refusedHolder(found, over);
  throw new Problem(status, code, detail, {
    rule,
    title,
    data: { ...describe(found), ...data, state },
  });
}
