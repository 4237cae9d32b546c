import type { Denied } from "@vestibule/domain/decision";
import { notFound, Problem, problemOf } from "../shell/problem.ts";
import { findBySecret } from "../table/invitation-secrets.ts";
import type { Invitation } from "../table/invitations.ts";
import { getMember, type Member } from "../table/members.ts";
import { getOrganization, type Organization } from "../table/organizations.ts";
import type { Table } from "../table/table.ts";

/** An invitation as found by its secret, with the organization and the sender's record as it is now (INV-14). */
export type Found = {
  readonly invitation: Invitation;
  readonly organization: Organization;
  readonly sender: Member | undefined;
};

/** What a secret opens. @throws Problem 404 alike for an unknown id and a wrong secret (INV-15) */
export async function loadBySecret(table: Table, secret: string): Promise<Found> {
  const invitation = await findBySecret(table, secret);
  if (invitation === undefined) throw notFound("invitation");
  const [organization, sender] = await Promise.all([
    getOrganization(table, invitation.organizationId),
    getMember(table, invitation.organizationId, invitation.invitedBy.userId),
  ]);
  if (organization === undefined) throw notFound("invitation");
  return { invitation, organization, sender };
}

/** A refusal to a holder of the link, with who invited, so that they can ask again (INV-15). */
export function refusedHolder({ invitation, organization }: Found, denied: Denied): Problem {
  const problem = problemOf(denied);
  if (problem.status !== 410) return problem;
  return new Problem(problem.status, problem.code, problem.detail, {
    rule: problem.rule,
    title: problem.title,
    data: {
      ...problem.data,
      organization: { name: organization.name },
      invitedBy: { name: invitation.invitedBy.name },
    },
  });
}
