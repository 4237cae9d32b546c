import { mayDeactivate, mayReactivate } from "@vestibule/domain/roles";
import type { Answer, Request } from "../shell/route.ts";
import { type CounterChange, seatCounters } from "../table/organizations.ts";
import { revokeSentBy } from "../table/sent-invitations.ts";
import type { Table } from "../table/table.ts";
import { changeMember } from "./change-member.ts";
import type { deactivateMemberRoute, reactivateMemberRoute } from "./contract.ts";

/** What it means for the counters that an active member's seat becomes free (ORG-6, ORG-10). */
export function seatFreed(orgRole: string): CounterChange {
  if (orgRole !== "legal_representative") return { held: -1 };
  return { held: -1, legalRepresentatives: -1, needs: ["another-legal-representative"] };
}

/** ORG-10: takes a member's access, frees their seat, and revokes the invitations they sent. */
export async function deactivateMember(
  table: Table,
  request: Request<typeof deactivateMemberRoute>,
): Promise<Answer> {
  const answer = await changeMember(table, request, ({ standing, isSelf, target, organization }) => ({
    decision: mayDeactivate({
      actor: standing,
      isSelf,
      target,
      legalRepresentatives: organization.legalRepresentatives,
    }),
    after: { ...target, state: "deactivated" },
    counters: seatFreed(target.orgRole),
    audit: { action: "member.deactivated" },
  }));
  const { params, person, sourceIp, now } = request;
  await revokeSentBy(table, params.org, params.user, { actorId: person.userId, sourceIp, now });
  return answer;
}

/** SEAT-9: gives a deactivated member their access back, if a seat is free. */
export async function reactivateMember(
  table: Table,
  request: Request<typeof reactivateMemberRoute>,
): Promise<Answer> {
  return await changeMember(table, request, ({ standing, target, organization }) => ({
    decision: mayReactivate({ actor: standing, target, seats: seatCounters(organization) }),
    after: { ...target, state: "active" },
    counters: {
      held: 1,
      needs: ["free-seat"],
      ...(target.orgRole === "legal_representative" ? { legalRepresentatives: 1 } : {}),
    },
    audit: { action: "member.reactivated" },
  }));
}
