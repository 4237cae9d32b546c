import type { Backers } from "@vestibule/domain/invitations";
import type { Standing } from "@vestibule/domain/people";
import { mayManageShares } from "@vestibule/domain/shares";
import type { Authority } from "../table/accept-authority.ts";
import { standingOf } from "../table/members.ts";
import type { Found } from "./load-invitation.ts";

/** INV-14, MINV-8: who answers for an invitation, as they stand now; who has left stands outside. */
export function backersOf({ sender, grantor }: Found): Required<Backers> {
  return { senderStanding: standingOf(sender), grantorStanding: standingOf(grantor) };
}

/** INV-14: whose rights a share rests on: those of whoever set it; once its sender manages no mail any more, nobody's. */
export function sharerStanding(found: Found): Standing {
  const isStillSharer = mayManageShares(standingOf(found.sender)).allowed;
  return isStillSharer ? standingOf(found.grantor) : { kind: "outsider" };
}

/** Their records as they were read, of an invitation that was found acceptable. */
export function authorityOf({ sender, grantor }: Found): Authority {
  if (sender === undefined || grantor === undefined) {
    throw new Error("an invitation without its sender was acceptable");
  }
  return { sender, grantor };
}
