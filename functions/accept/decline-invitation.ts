import { mayDecline } from "@vestibule/domain/invitations";
import type { Answer, Request } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import { closeInvitation } from "../table/close-invitation.ts";
import { factsOf } from "../table/invitations.ts";
import type { Table } from "../table/table.ts";
import type { declineRoute } from "./contract.ts";
import { inviteeOf } from "./invitee.ts";
import { type Found, refusedHolder } from "./load-invitation.ts";

type DeclineRequest = Pick<Request<typeof declineRoute>, "person" | "sourceIp" | "now">;

/**
 * INV-8: the invitee declines; what it held is free at once (SEAT-4), on all its channels (GINV-8).
 * @param load finds it anew for each attempt
 */
export async function declineInvitation(
  table: Table,
  { person, sourceIp, now }: DeclineRequest,
  load: () => Promise<Found>,
): Promise<Answer> {
  return await untilSettled(async () => {
    const found = await load();
    const decision = mayDecline({
      invitation: factsOf(found.invitation),
      person: inviteeOf(person),
      now,
    });
    if (!decision.allowed) throw refusedHolder(found, decision);
    const origin = { actorId: person.userId, sourceIp, now };
    const isClosed = await closeInvitation(table, found.invitation, "declined", origin);
    return isClosed ? { status: 200, body: { state: "declined" } } : "again";
  });
}
