import type { Invitation } from "./invitations.ts";
import { keys } from "./keys.ts";
import type { Write } from "./transaction.ts";

/** Moves the address of a pending invitation to the day on which the sweep is to look at it; it must hold it still. */
export function moveExpiryWrite(invitation: Invitation, endsAt: number): Write {
  const { organizationId: org, invitationId: id, kind, addressKey } = invitation;
  const { gsi1pk, gsi1sk } = keys.expiryIndex(org, id, endsAt);
  return {
    label: `address of ${id}`,
    update: keys.address(org, kind, addressKey),
    expression: "SET gsi1pk = :day, gsi1sk = :moment",
    condition: "invitationId = :invitation",
    values: { ":day": gsi1pk, ":moment": gsi1sk, ":invitation": id },
  };
}
