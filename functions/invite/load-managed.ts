import type { InvitationActor } from "@vestibule/domain/invitations";
import { type Action, permit } from "@vestibule/domain/permissions";
import { maySeeShareInvitation } from "@vestibule/domain/shares";
import { notFound } from "../shell/problem.ts";
import { type Actor, demand } from "../shell/standing.ts";
import { factsOf, getInvitation, type Invitation } from "../table/invitations.ts";
import { getPerson, standingAt } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";

type Where = {
  readonly params: { readonly org: string; readonly inv: string };
  readonly person: { readonly userId: string };
  readonly now: number;
};

/** An invitation, and whoever wants to do something with it. */
export type Managed = {
  readonly who: Actor;
  readonly invitation: Invitation;
  readonly isSender: boolean;
  /** The same, as the rules ask about it. */
  readonly facts: InvitationActor;
};

/**
 * An invitation for whoever may know of it, read strongly. Whoever may not even read one of their own is refused before
 * anything is said of it, a guest by the rule of what they want to do (GST-12, GST-13); to others than those who manage mail addresses (SHR-2), and its sender, a share's is not there.
 * @throws Problem 403, 404
 */
export async function loadManaged(
  table: Table,
  { params, person: { userId }, now }: Where,
  action: Action = "invitation.read",
): Promise<Managed> {
  const { org, inv } = params;
  const person = await getPerson(table, org, userId);
  const standing = standingAt(person, now);
  demand(permit(standing.kind === "guest" ? action : "invitation.read", { standing, isOwn: true }));
  if (person === undefined) throw new Error("an outsider was permitted");
  const who = { person, standing };
  const invitation = await getInvitation(table, org, inv);
  if (invitation === undefined) throw notFound("invitation");
  const isSender = invitation.invitedBy.userId === userId;
  const { kind } = invitation;
  if (kind === "share" && !maySeeShareInvitation({ viewer: who.standing, isSender }).allowed)
    throw notFound("invitation");
  const facts = { actor: who.standing, isSender, invitation: { ...factsOf(invitation), kind }, now };
  return { who, invitation, isSender, facts };
}
