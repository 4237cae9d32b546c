import { type Denied, deny } from "@vestibule/domain/decision";
import { sameAddress } from "@vestibule/domain/invitations";
import { notFound, Problem, problemOf } from "../shell/problem.ts";
import type { Person } from "../shell/route.ts";
import { findBySecret } from "../table/invitation-secrets.ts";
import { getInvitation, type Invitation } from "../table/invitations.ts";
import { getMember, type Member } from "../table/members.ts";
import { getOrganization, type Organization } from "../table/organizations.ts";
import type { Table } from "../table/table.ts";
import { hostOf, nameShown } from "./host.ts";
import { inviteeOf } from "./invitee.ts";

/** An invitation as its invitee found it, with the organization and whose rights it rests on as they are now (INV-14). */
export type Found = {
  readonly invitation: Invitation;
  readonly organization: Organization;
  readonly sender: Member | undefined;
  /** Who answers for what it grants: the sender, unless somebody else has edited it (MINV-8). */
  readonly grantor: Member | undefined;
};

async function withFacts(table: Table, invitation: Invitation): Promise<Found | undefined> {
  const { organizationId: org, invitedBy, grantedBy } = invitation;
  const isOfSender = grantedBy === undefined || grantedBy === invitedBy.userId;
  const [organization, sender, grantor] = await Promise.all([
    getOrganization(table, org),
    getMember(table, org, invitedBy.userId),
    isOfSender ? undefined : getMember(table, org, grantedBy),
  ]);
  if (organization === undefined) return undefined;
  return { invitation, organization, sender, grantor: isOfSender ? sender : grantor };
}

/** What a secret opens. @throws Problem 404 alike for an unknown id and a wrong secret (INV-15) */
export async function loadBySecret(table: Table, secret: string): Promise<Found> {
  const invitation = await findBySecret(table, secret);
  const found = invitation && (await withFacts(table, invitation));
  if (found === undefined) throw notFound("invitation");
  return found;
}

/**
 * An invitation to the address that somebody signed in with, and verified: that proves what the mail's link does.
 * @throws Problem 404 alike for what is unknown and what is somebody else's (INV-15)
 */
export async function loadMine(
  table: Table,
  { organizationId, invitationId }: { organizationId: string; invitationId: string },
  person: Person,
): Promise<Found> {
  demandVerified(person);
  const invitation = await getInvitation(table, organizationId, invitationId);
  const isTheirs = invitation !== undefined && isAddressedTo(invitation, person);
  const found = isTheirs ? await withFacts(table, invitation) : undefined;
  if (found === undefined) throw notFound("invitation");
  return found;
}

/** INV-6. @throws Problem 403 */
export function demandVerified(person: Person): void {
  if (!inviteeOf(person).emailVerified) throw problemOf(deny("email-not-verified", "INV-6"));
}

/** Whether an invitation names the address that somebody signed in with; a link for whoever holds it names none. */
export function isAddressedTo({ email }: Invitation, person: Pick<Person, "email">): boolean {
  return email !== "" && sameAddress(email, person.email);
}

/** Several invitations with their facts; those whose organization is gone drop out. */
export async function withAllFacts(table: Table, invitations: readonly Invitation[]): Promise<Found[]> {
  const found = await Promise.all(invitations.map((invitation) => withFacts(table, invitation)));
  return found.filter((one) => one !== undefined);
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
      organization: hostOf(organization),
      invitedBy: { name: nameShown(invitation.invitedBy.name) },
    },
  });
}
